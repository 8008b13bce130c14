// Owns: taking the words of a deleted message, and of its edits, off the disk.
// Must never: act for another account than the author's.
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>What a deletion does to the store.</summary>
internal static class Deletions
{
    public static void Apply(EngineContext context, StoredLine? line, EntryId target, AccountId account)
    {
        if (line is not null && IsBy(line, account))
        {
            context.Store.Entries.DropBody(line);
        }

        foreach (var edit in context.Store.Entries.About(target).Where(edit => edit.Kind == EntryKind.Edit && IsBy(edit, account)))
        {
            context.Store.Entries.DropBody(edit);
        }
    }

    private static bool IsBy(StoredLine line, AccountId account) =>
        line.Guest is null && EntryHeader.TryRead(line.Header, out var header) && header.Account == account;
}
