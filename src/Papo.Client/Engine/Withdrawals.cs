// Owns: telling of what was shown before its author's or its device's removal came, and counts no longer; and of the same once it counts again.
// Must never: change what is stored: whether an entry counts follows from the commits alone.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>What a change of members or copies makes of messages that are here already (docs/PROTOCOL.md 22.4): all members show the same.</summary>
internal sealed class Withdrawals(EngineContext context)
{
    /// <summary>The room is as it was when it was last shown.</summary>
    public void Begin(PrivateRoom room)
    {
        foreach (var entry in room.State.Book.Logs.Where(log => !room.State.Book.Counts(log)).SelectMany(log => AboveEnd(room, log)))
        {
            room.Withdrawn[entry.Id] = entry.Header;
        }
    }

    /// <summary>A commit came: who is in the room, or by which copies, may be others now.</summary>
    public void Tell(PrivateRoom room)
    {
        foreach (var (id, header) in room.Withdrawn.Where(item => context.Epochs.Counts(room.State, item.Value)).ToList())
        {
            room.Withdrawn.Remove(id);
            Tell(room, id, header);
        }

        foreach (var entry in room.State.Book.Logs.Where(log => !room.State.Book.Counts(log)).SelectMany(log => AboveEnd(room, log)).ToList())
        {
            if (room.Withdrawn.TryAdd(entry.Id, entry.Header))
            {
                Tell(room, entry.Id, entry.Header);
            }
        }
    }

    // From the newest down: few come between a removal and the word of it.
    private List<Entry> AboveEnd(PrivateRoom room, Log log)
    {
        var first = log.Newest + 1;
        while (first > log.Base && !room.Graph.Allows(log.Account, log.Device, first - 1, context.Roster.CopyOf(log.Device)))
        {
            first--;
        }

        return first > log.Newest
            ? []
            : [.. context.Store.Entries.Range(context.Self!.Space, room.State.No, room.State.Room, new EntryRange(log.Device, first, log.Newest), int.MaxValue).Where(static entry => entry.Header.Kind is EntryKind.Text or EntryKind.Edit or EntryKind.Delete or EntryKind.Reaction)];
    }

    private void Tell(PrivateRoom room, EntryId id, EntryHeader header)
    {
        if (context.Store.Entries.Find(id) is { IsLocked: false } line && !room.State.HeldBack.Exists(held => held.Id == id))
        {
            context.EmitDurable(context.Views.Reconsidered(room.State, line, header));
        }
    }
}
