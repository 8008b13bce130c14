// Owns: the logs that this device writes: whether it may go on with them, and the number, stamp and signature of each entry.
// Must never: number an entry before its own head is sure, or sign with the key of a device that was continued elsewhere.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>This device as an author; only the outbox writes through it.</summary>
internal sealed class OwnLogs(EngineContext context, Action retire)
{
    /// <summary>An entry came back that this device never wrote: it writes and publishes nothing any more.</summary>
    public bool IsRetired { get; private set; }

    /// <summary>Never stamps at or below an own entry of an earlier run, whatever the wall clock says.</summary>
    public void ResumeClock()
    {
        foreach (var room in context.Rooms.Joined)
        {
            if (room.Book.TryGet(context.Self!.Device, out var log) && context.Store.Entries.Find(log.NewestId) is { } line && EntryHeader.TryRead(line.Header, out var header))
            {
                context.Clock.Resume(header.Hlc);
            }
        }
    }

    /// <summary>Whether the next entry of a room can get its number now.</summary>
    public bool MayNumber(RoomState room) => context.IsUp && room.OwnHeadIsSure && !IsRetired;

    /// <summary>The same for an entry of a kind: what is said in a private room needs a key to be sealed with, and gets a new one made where it has to.</summary>
    public bool MayNumber(RoomState room, EntryKind kind) => MayNumber(room) && (!IsSealed(room, kind) || context.Epochs.MaySeal(room));

    /// <summary>Begins the log of a room; its entry 0 is still to be signed.</summary>
    public Log Begin(RoomState room)
    {
        // One's own log needs no admission: a room full of others' logs must not keep its members from writing.
        var log = new Log(context.Self!.Device, context.Self.Account, 0);
        room.Book.Resume(log);
        context.Store.Logs.Keep(room.No, log);
        return log;
    }

    /// <summary>Numbers, stamps, signs and stores the next entry of a log.</summary>
    public Entry Sign(RoomState room, Log log, EntryKind kind, EntryExtension extension, ReadOnlyMemory<byte> body)
    {
        var self = context.Self!;
        var header = new EntryHeader
        {
            Kind = kind,
            Account = self.Account,
            Device = self.Device,
            Seq = log.Newest + 1,
            Back = log.NewestId,
            Hlc = context.Clock.Next(context.Wall),
            Extension = extension,
        };
        var entry = IsSealed(room, kind) ? Seal(room, header, body) : Entry.Sign(self.Space, room.Room, header, body, self.DeviceKey);
        room.Book.Admit(log, entry, context.Now);
        context.Store.Entries.AddLater(room.No, entry, header.Hlc, context.Wall, context.Store.GoesAhead(kind));
        room.Trickle.Reset(context.Now);
        context.Epochs.Take(room, entry);
        return entry;
    }

    private static bool IsSealed(RoomState room, EntryKind kind) => room.Room.IsPrivate && kind is (EntryKind.Text or EntryKind.Edit or EntryKind.Reaction);

    private Entry Seal(RoomState room, EntryHeader header, ReadOnlyMemory<byte> body)
    {
        var self = context.Self!;
        var content = new SealedContent(header.Extension, body);
        var (epoch, seal) = context.Epochs.Sealing(room, content) ?? throw new InvalidOperationException("nothing is numbered here before it can be sealed");
        header = header with { Epoch = epoch, Extension = EntryExtension.None };
        return Entry.Sign(self.Space, room.Room, header, seal(header), self.DeviceKey).Open(self.Space, content);
    }

    /// <summary>An entry of this device's own log came back that it never wrote: this profile is a copy of one in use.</summary>
    public void Surprised()
    {
        IsRetired = true; // at once: what is asked of it in the same batch must not be signed with that key
        retire();
    }
}
