// Owns: what happens in each room after a connection came up: the heads of a member, for a newcomer the latest page, and then healing.
// Must never: keep a room waiting for somebody who does not answer.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Catching up, a room at a time, all rooms side by side.</summary>
internal sealed class CatchingUp(EngineContext context)
{
    /// <summary>How long messages are held back to be told in order, in milliseconds.</summary>
    public const long HoldMilliseconds = 5_000;

    /// <summary>Messages a newcomer begins with.</summary>
    public const int FirstPage = 50;

    /// <summary>When messages held back have to be told.</summary>
    public long NextAt => context.Rooms.Joined.Where(static room => room.Stage is CatchUpStage.Asking or CatchUpStage.Healing).Select(static room => room.TellAt).DefaultIfEmpty(long.MaxValue).Min();

    /// <summary>Begins in one room: after joining it, or after a connection came up.</summary>
    public void Begin(RoomState room)
    {
        room.Stage = CatchUpStage.Asking;
        room.TellAt = context.Now + HoldMilliseconds;
        if (!context.Syncing.TryTake(room))
        {
            AskHeads(room);
        }
    }

    /// <summary>Asks members for the heads of a room.</summary>
    public void AskHeads(RoomState room) => AskNext(room, []);

    /// <summary>The connection ended.</summary>
    public void Reset()
    {
        foreach (var room in context.Rooms.Joined)
        {
            context.Views.TellHeldBack(room);
            room.Stage = CatchUpStage.Waiting;
        }
    }

    /// <summary>Completes with the number of entries still missing, once all rooms (or one) are caught up.</summary>
    public void Wait(Room? room, TaskCompletionSource<int> done)
    {
        context.Waits.CaughtUp.Add((room, done));
        CompleteWaiters();
    }

    /// <summary>The first answer has come, or nobody gave one: what is missing is asked for from now on.</summary>
    public void Settle(RoomState room)
    {
        if (room.Stage != CatchUpStage.Asking)
        {
            return;
        }

        room.OwnHeadIsSure = true;
        if (room.Baseline == default)
        {
            room.Baseline = Hlc.At(context.Wall);
            context.Store.Rooms.SetBaseline(room.No, room.Baseline);
        }

        room.Stage = CatchUpStage.Healing;
        context.Healing.WantBirths(room);
        context.Healing.Changed(room);
        context.Outbox.Pump();
        context.Epochs.Wake(); // a copy that was taken off meanwhile can be taken out of the room now
        context.Outbox.HeldCheck.Entered(room);
        Check(room);
    }

    /// <summary>Whether a room has become caught up.</summary>
    public void Check(RoomState room)
    {
        if (room.Stage != CatchUpStage.Healing || !context.Healing.IsQuiet(room))
        {
            return;
        }

        room.Stage = CatchUpStage.Done;
        context.Views.TellHeldBack(room);
        context.Emit(new CaughtUp(room.Room));
        context.Syncing.CaughtUp();
        CompleteWaiters();
    }

    /// <summary>Tells what was held back for too long.</summary>
    public void Tick(long now)
    {
        foreach (var room in context.Rooms.Joined.Where(room => room.Stage is CatchUpStage.Asking or CatchUpStage.Healing && room.TellAt <= now))
        {
            context.Views.TellHeldBack(room);
            room.TellAt = now + HoldMilliseconds;
            Check(room);
        }
    }

    private void AskNext(RoomState room, HashSet<DeviceId> asked)
    {
        if (context.Elders.Next(room.Room, asked) is { } peer)
        {
            asked.Add(peer.Device);
            AskHeads(room, peer, asked, default);
            return;
        }

        Settle(room);
    }

    private void AskHeads(RoomState room, DeviceCard peer, HashSet<DeviceId> asked, DeviceId after) =>
        context.Asking.Ask(peer, new HaveRequest([room.Room], [], after), (outcome, heads) =>
        {
            if (room.Stage != CatchUpStage.Asking)
            {
                return;
            }

            if (outcome.Status != ReplyStatus.Ok)
            {
                AskNext(room, asked);
                return;
            }

            var last = heads.SelectMany(static entries => entries.Entries).Select(static entry => entry.Header.Device).DefaultIfEmpty().Max();
            if (outcome.More && last > after)
            {
                AskHeads(room, peer, asked, last);
                return;
            }

            room.OwnHeadIsSure = true;
            context.Outbox.Pump();
            context.Epochs.Wake();
            if (room.Baseline == default)
            {
                FirstLook(room, peer, asked, null, FirstPage);
            }
            else
            {
                Settle(room);
            }
        });

    // A newcomer takes the latest page as its beginning; whoever was here before heals what lies between.
    private void FirstLook(RoomState room, DeviceCard peer, HashSet<DeviceId> asked, Hlc? before, int count)
    {
        var question = before is { } lowest ? new PageRequest(room.Room, PageAnchor.Before, lowest, count) : new PageRequest(room.Room, PageAnchor.Latest, default, count);
        context.Asking.Ask(peer, question, (outcome, _) =>
        {
            if (room.Stage != CatchUpStage.Asking)
            {
                return;
            }

            if (!context.Elders.IsWhole(peer, outcome, count) && context.Elders.Next(room.Room, asked) is { } other)
            {
                asked.Add(other.Device);
                FirstLook(room, other, asked, outcome.Lines?.Lowest ?? before, count - outcome.Count);
                return;
            }

            Settle(room);
        });
    }

    private void CompleteWaiters()
    {
        foreach (var waiter in context.Waits.CaughtUp.ToList())
        {
            var rooms = context.Rooms.Joined.Where(room => waiter.Room is null || room.Room == waiter.Room).ToList();
            if (context.IsUp && rooms.TrueForAll(static room => room.Stage == CatchUpStage.Done))
            {
                context.Waits.CaughtUp.Remove(waiter);
                waiter.Done.TrySetResult((int)rooms.Sum(context.Healing.Missing));
            }
        }
    }
}
