// Owns: finding out that somebody else holds own messages, and telling those who wait for it.
// Must never: ask more than one member at a time about a room.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>From "the broker has it" to "a member holds it".</summary>
internal sealed class HeldCheck(EngineContext context)
{
    /// <summary>How long after a connection came up an empty room counts as empty, in milliseconds.</summary>
    public const long NobodyMilliseconds = 1_000;

    private const long FirstAsk = 100;
    private const long NextAsk = 1_000;
    private const long LongestPause = 600_000;
    private readonly Dictionary<Room, Check> _checks = [];
    private long _upAt = long.MaxValue;

    private sealed class Check
    {
        public long At { get; set; } = long.MaxValue;

        public long Pause { get; set; } = NextAsk;

        public bool Asking { get; set; }

        public DeviceId Last { get; set; }
    }

    /// <summary>When to ask, or to decide that nobody is there.</summary>
    public long NextAt
    {
        get
        {
            var ask = _checks.Values.Where(static check => !check.Asking).Select(static check => check.At).DefaultIfEmpty(long.MaxValue).Min();
            return context.Waits.Safe.Count > 0 && _upAt != long.MaxValue && context.Now < _upAt + NobodyMilliseconds ? Math.Min(ask, _upAt + NobodyMilliseconds) : ask;
        }
    }

    /// <summary>The connection came up.</summary>
    public void Up()
    {
        _upAt = context.Now;
        foreach (var room in context.Rooms.Joined)
        {
            Entered(room);
        }
    }

    /// <summary>The connection ended.</summary>
    public void Reset()
    {
        _upAt = long.MaxValue;
        _checks.Clear();
    }

    /// <summary>The broker acknowledged a message of this room: ask about it soon.</summary>
    public void Sent(RoomState room)
    {
        if (!_checks.TryGetValue(room.Room, out var check))
        {
            _checks.Add(room.Room, check = new Check());
        }

        check.Pause = NextAsk;
        check.At = Math.Min(check.At, context.Now + FirstAsk);
    }

    /// <summary>A room was entered, perhaps again: what was said there before it was left may be held by now.</summary>
    public void Entered(RoomState room)
    {
        if (Unheld(room).Any())
        {
            Sent(room);
        }
    }

    /// <summary>Somebody came who may hold it.</summary>
    public void PeerCame()
    {
        if (context.IsUp)
        {
            foreach (var room in context.Rooms.Joined)
            {
                Entered(room);
            }
        }
    }

    /// <summary>Completes when a message is safe in the sense of <c>papo send</c>.</summary>
    public void Wait(long no, TaskCompletionSource<SafeResult> done)
    {
        context.Waits.Safe.Add((no, done));
        CompleteWaiters();
    }

    public void Forget(TaskCompletionSource<SafeResult> done) => context.Waits.Safe.RemoveAll(waiter => waiter.Done == done);

    public void Tick(long now)
    {
        foreach (var room in context.Rooms.Joined)
        {
            if (_checks.TryGetValue(room.Room, out var check) && !check.Asking && check.At <= now)
            {
                Ask(room, check);
            }
        }

        CompleteWaiters();
    }

    public void CompleteWaiters()
    {
        var waiters = context.Waits.Safe;
        for (var i = waiters.Count - 1; i >= 0; i--)
        {
            if (Safety(waiters[i].No) is { } result)
            {
                waiters[i].Done.TrySetResult(result);
                waiters.RemoveAt(i);
            }
        }
    }

    private SafeResult? Safety(long no)
    {
        if (context.Outbox.Find(no) is not { } row)
        {
            // A row that is gone without having been seen held is with another space's store: nobody can say.
            return context.Waits.IsHeld(no, out var entry) && !WaitsForKey(entry) ? new SafeResult(SafeOutcome.Held, entry, null) : null;
        }

        var nobody = context.IsUp && context.Now >= _upAt + NobodyMilliseconds && context.Rooms.ByNo(row.Room) is { } room && context.Roster.Reachable(room.Room).All(card => card.Account == context.Self!.Account);
        return row.State switch
        {
            MessageState.Failed => new SafeResult(SafeOutcome.Failed, row.Entry, row.Problem),
            MessageState.Sent when nobody => new SafeResult(SafeOutcome.WithBrokerOnly, row.Entry, null),
            _ => null,
        };
    }

    // What was said in a private room can be read by whoever holds it once he holds the commit too.
    private bool WaitsForKey(EntryId? entry) =>
        entry is { } id && context.Store.Entries.Find(id) is { } line && context.Outbox.Rows.Any(row => row.Room == line.Room && row is { Kind: EntryKind.Commit, State: MessageState.Queued or MessageState.Sent });

    private IEnumerable<DeviceId> Unheld(RoomState room) =>
        context.Outbox.Rows.Where(row => row.Room == room.No && row.State == MessageState.Sent).Select(static row => row.Device).OfType<DeviceId>().Distinct();

    private void Ask(RoomState room, Check check)
    {
        check.At = long.MaxValue;
        var logs = Unheld(room).Take(Limits.Ranges).ToList();
        var members = context.Roster.Reachable(room.Room).Where(card => card.Account != context.Self!.Account).ToList();
        if (logs.Count == 0 || members.Count == 0)
        {
            return;
        }

        // The one after the one asked last, so that one member who lacks it does not hide another who has it.
        var member = members[(members.FindIndex(card => card.Device == check.Last) + 1) % members.Count];
        check.Last = member.Device;
        check.Asking = true;
        context.Asking.Ask(member, new HaveRequest([room.Room], logs), (outcome, _) =>
        {
            check.Asking = false;
            if (Unheld(room).Any())
            {
                // A hub cannot read the beacons of a private room: that it lacks something it learns only by being given it.
                if (room.Room.IsPrivate && outcome.Status is ReplyStatus.Ok or ReplyStatus.Gone && context.Hubs.Replica(member.Device) is not null)
                {
                    context.Outbox.Offer(room);
                }

                check.At = Math.Min(check.At, context.Now + check.Pause);
                check.Pause = Math.Min(check.Pause * 2, LongestPause);
            }
        });
    }
}
