// Owns: telling of what was shown before its author's removal came, and counts no longer; and of the same once he is in again.
// Must never: change what is stored: whether an entry counts follows from the commits alone.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>What a change of members makes of messages that are here already (docs/PROTOCOL.md 22.4): all members show the same.</summary>
internal sealed class Withdrawals(EngineContext context)
{
    /// <summary>Members were others before.</summary>
    public void Tell(PrivateRoom room, IReadOnlySet<AccountId> before, IReadOnlySet<AccountId> now)
    {
        foreach (var (id, account) in room.Withdrawn.Where(item => now.Contains(item.Value)).ToList())
        {
            room.Withdrawn.Remove(id);
            Tell(room, id, MessageKind.Edit);
        }

        foreach (var log in room.State.Book.Logs.Where(log => before.Contains(log.Account) && !now.Contains(log.Account)))
        {
            foreach (var entry in AboveEnd(room, log))
            {
                room.Withdrawn[entry.Id] = log.Account;
                Tell(room, entry.Id, MessageKind.Delete);
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

        return first > log.Newest ? [] : [.. context.Store.Entries.Range(context.Self!.Space, room.State.No, room.State.Room, new EntryRange(log.Device, first, log.Newest), int.MaxValue).Where(static entry => entry.Header.Kind == EntryKind.Text)];
    }

    private void Tell(PrivateRoom room, EntryId id, MessageKind how)
    {
        if (context.Store.Entries.Find(id) is { } line)
        {
            var message = context.Views.Fold(room.State.Room, line);
            context.EmitDurable(new MessageAmended(message with { Kind = how }, message));
        }
    }
}
