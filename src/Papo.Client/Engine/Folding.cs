// Owns: what edits, deletions and reactions make of a message.
// Must never: apply an edit or a deletion of anybody but the author.
using System.Text;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Amendments folded into a message, in their order.</summary>
internal static class Folding
{
    public static ChatMessage Apply(ChatMessage message, AccountId author, EngineContext context)
    {
        var reactions = new List<(AccountId Who, string Text)>();
        foreach (var line in context.Store.Entries.About(message.Id!.Value))
        {
            if (!line.TryHeader(out var header) || !context.Epochs.Counts(message.Room, header))
            {
                continue;
            }

            message = line.Kind switch
            {
                EntryKind.Edit when header.Account == author && line.Said is { } body && !message.Deleted => message with { Text = Encoding.UTF8.GetString(body.Span), Edited = true },
                EntryKind.Delete when header.Account == author => message with { Text = null, Deleted = true, Edited = false },
                _ => message,
            };
            if (line.Kind == EntryKind.Reaction)
            {
                React(reactions, line, header);
            }
        }

        return reactions.Count == 0 || message.Deleted ? message : message with { Reactions = Group(reactions, context) };
    }

    private static void React(List<(AccountId Who, string Text)> reactions, StoredLine line, EntryHeader header)
    {
        var text = Encoding.UTF8.GetString((line.Said ?? default).Span);
        if (header.Extension.Off)
        {
            reactions.RemoveAll(given => given.Who == header.Account && (text.Length == 0 || given.Text == text));
        }
        else if (text.Length > 0 && !reactions.Contains((header.Account, text)))
        {
            reactions.Add((header.Account, text));
        }
    }

    private static List<Reaction> Group(List<(AccountId Who, string Text)> reactions, EngineContext context) =>
        [.. reactions.GroupBy(static given => given.Text).Select(group => new Reaction(
            group.Key,
            [.. group.Select(given => context.Roster.NameOf(given.Who))],
            group.Any(given => given.Who == context.Options.Profile.Account)))];
}
