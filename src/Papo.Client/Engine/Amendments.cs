// Owns: what deletions, edits and reactions do to the store, and entries without a body that no deletion explains yet.
// Must never: take a body away, or do without one, for another account than the author's.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Amendments as they come in, in whatever order.</summary>
internal sealed class Amendments(EngineContext context)
{
    private const int MaxBodyless = 1_000;
    private readonly Dictionary<EntryId, Entry> _bodyless = [];

    /// <summary>Whether an entry without its body can be taken: a deletion explains that, or its time is over.</summary>
    public bool MayLackBody(Entry entry) => context.Hubs.HasExpired(entry) || WasDeleted(entry);

    /// <summary>Whether a deletion that is here explains why an entry came without its body.</summary>
    public bool WasDeleted(Entry entry) =>
        IsDeleted(entry.Id, entry.Header.Account)
        || (entry.Header.Kind == EntryKind.Edit && entry.Extension.Target is { } target && IsDeleted(target, entry.Header.Account));

    /// <summary>Puts an entry without a body aside until the deletion comes that explains it.</summary>
    public void PutAside(Entry entry)
    {
        if (_bodyless.Count < MaxBodyless)
        {
            _bodyless[entry.Id] = entry;
        }
    }

    /// <summary>What an amendment does to the store: a deletion takes bodies away. Edits and reactions are folded when shown.</summary>
    /// <returns>Entries of the room that were put aside and that this deletion explains: they can be taken now.</returns>
    public IReadOnlyList<Entry> Apply(RoomState room, Entry entry)
    {
        if (!entry.IsSupported)
        {
            return [];
        }

        if (room.Orphans.Remove(entry.Id) && IsDeleted(entry.Id, entry.Header.Account) && context.Store.Entries.Find(entry.Id) is { } late)
        {
            context.Store.Entries.DropBody(late);
        }

        if (entry.Extension.Target is not { } target || entry.Header.Kind is not (EntryKind.Edit or EntryKind.Delete or EntryKind.Reaction))
        {
            return [];
        }

        var line = context.Store.Entries.Find(target);
        if (line is null)
        {
            room.Orphans.Add(target);
        }

        if (entry.Header.Kind == EntryKind.Edit && IsDeleted(target, entry.Header.Account) && context.Store.Entries.Find(entry.Id) is { } edit)
        {
            context.Store.Entries.DropBody(edit);
        }

        if (entry.Header.Kind != EntryKind.Delete)
        {
            return [];
        }

        Deletions.Apply(context, line, target, entry.Header.Account);
        return Release(room, target, entry.Header.Account);
    }

    private bool IsDeleted(EntryId target, AccountId account) => context.Store.Entries.About(target)
        .Any(line => line.Kind == EntryKind.Delete && line.TryHeader(out var header) && header.Account == account);

    private List<Entry> Release(RoomState room, EntryId target, AccountId account)
    {
        var explained = _bodyless.Values.Where(entry => entry.Header.Account == account && (entry.Id == target || entry.Extension.Target == target)).ToList();
        explained.ForEach(entry => _bodyless.Remove(entry.Id));
        return explained.FindAll(entry => entry.Room == room.Room);
    }
}
