// Owns: entries that came before the card of their author, and how long they wait for it.
// Must never: let forged entries take up memory without bound, or tell one that nobody proved as somebody's.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The queue for entries of devices whose card is not known yet, a room at a time.</summary>
internal sealed class CardQueue(EngineContext context)
{
    private const long Patience = 10_000;
    private const int MostTold = 1_024;
    private readonly Dictionary<Room, List<Waiting>> _waiting = [];
    private readonly RecentSet<EntryId> _told = new(MostTold);

    private sealed record Waiting(Entry Entry, long Until, bool Live);

    /// <summary>When a waiting entry has waited long enough.</summary>
    public long NextAt { get; private set; } = long.MaxValue;

    /// <summary>An entry has to wait: its author's birth, which brings the card, is wanted.</summary>
    public void Add(RoomState room, Entry entry, bool live)
    {
        if (!_waiting.TryGetValue(room.Room, out var waiting))
        {
            _waiting.Add(room.Room, waiting = []);
        }

        // The broker may deliver it twice. A copy with another signature waits too: one of the two is forged, and nobody knows which.
        if (waiting.FindIndex(item => item.Entry.Id == entry.Id && item.Entry.Signature.Span.SequenceEqual(entry.Signature.Span)) is >= 0 and var at)
        {
            waiting[at] = waiting[at] with { Live = waiting[at].Live || live };
            return;
        }

        if (waiting.Count >= Limits.WaitingEntries)
        {
            context.Intake.Refusals.Count(NoticeKind.FloodRefused, room.Room);
            var pushedOut = waiting[0].Entry.Header.Device;
            waiting.RemoveAt(0);
            if (!waiting.Exists(item => item.Entry.Header.Device == pushedOut))
            {
                context.Healing.ForgetBirth(room.Room, pushedOut);
            }
        }

        var until = context.Now + Patience;
        waiting.Add(new Waiting(entry, until, live));
        NextAt = Math.Min(NextAt, until);
        context.Healing.WantBirth(room, entry.Header.Device);
    }

    /// <summary>Hands on what waited for the card of a device, a room after the other; it leaves the queue as the caller comes to its room.</summary>
    public IEnumerable<(RoomState Room, Entry Entry, bool Live)> TakeOut(DeviceId device)
    {
        foreach (var (room, waiting) in _waiting)
        {
            var ready = waiting.FindAll(item => item.Entry.Header.Device == device);
            if (ready.Count == 0 || !context.Rooms.TryGet(room, out var state))
            {
                continue;
            }

            waiting.RemoveAll(item => item.Entry.Header.Device == device);
            foreach (var item in ready)
            {
                yield return (state, item.Entry, item.Live);
            }
        }
    }

    /// <summary>Entries whose card nobody showed in time are told as unknown; they are not stored, so healing brings them later if it can.</summary>
    public void Tick(long now)
    {
        if (now < NextAt)
        {
            return;
        }

        NextAt = long.MaxValue;
        foreach (var (room, waiting) in _waiting)
        {
            foreach (var item in waiting.FindAll(item => item.Until <= now))
            {
                waiting.Remove(item);
                context.Healing.ForgetBirth(room, item.Entry.Header.Device);
                if (item.Live && item.Entry.Header.Kind == EntryKind.Text && context.Rooms.TryGet(room, out var state))
                {
                    Tell(state, item.Entry);
                }
            }

            NextAt = waiting.Count == 0 ? NextAt : Math.Min(NextAt, waiting.Min(static item => item.Until));
        }
    }

    private void Tell(RoomState room, Entry entry)
    {
        if (_told.Add(entry.Id))
        {
            context.Emit(new MessageArrived(Views.Unproven(room, entry)));
        }
    }
}
