// Owns: catching up with a hub by its cursor: one question for all rooms, continued until everything has come.
// Must never: keep a cursor that says more than what has been stored here with it.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>
/// A cursor stands for everything that a replica had stored at a moment. Whoever was away asks for what came after it, all rooms at once, instead of
/// comparing heads room by room. It is a short cut only: beacons show what it left out.
/// </summary>
internal sealed class Syncing(EngineContext context)
{
    private const long RefreshMilliseconds = 10 * 60_000;
    private readonly List<RoomState> _waiting = [];
    private DeviceCard? _replica;
    private ReadOnlyMemory<byte> _later;
    private long _askAt = long.MaxValue;
    private long _refreshAt = long.MaxValue;

    /// <summary>When something is to be asked.</summary>
    public long NextAt => Math.Min(_askAt, _refreshAt);

    /// <summary>The connection ended.</summary>
    public void Reset()
    {
        _waiting.Clear();
        _later = default;
        _askAt = _refreshAt = long.MaxValue;
    }

    /// <summary>A replica came: its cursor is wanted.</summary>
    public void HubCame() => _refreshAt = context.Options.Hub is null ? context.Now : long.MaxValue;

    /// <summary>Takes a room that was here before, to be asked for with the others; false when no hub has given a cursor.</summary>
    public bool TryTake(RoomState room)
    {
        if (context.Options.Hub is not null || context.Hubs.Serving is not [var replica, ..])
        {
            return false;
        }

        _replica = replica;
        _refreshAt = Math.Min(_refreshAt, context.Now);
        if (room.Baseline == default || Cursor(replica).Length == 0)
        {
            return false;
        }

        _waiting.Add(room);
        _askAt = context.Now;
        return true;
    }

    /// <summary>Every room has caught up: what was asked for at the beginning of that has come.</summary>
    public void CaughtUp()
    {
        if (!_later.IsEmpty && _replica is { } replica && context.Rooms.Joined.All(room => room.Stage == CatchUpStage.Done && context.Healing.Missing(room) == 0))
        {
            context.Store.Meta.SetBytes(Key(replica), _later);
            _later = default;
        }
    }

    /// <summary>Asks when it is time.</summary>
    public void Tick(long now)
    {
        if (now >= _askAt)
        {
            _askAt = long.MaxValue;
            Ask(_replica!, [.. _waiting]);
            _waiting.Clear();
        }

        if (now >= _refreshAt)
        {
            _refreshAt = now + RefreshMilliseconds;
            Refresh();
        }
    }

    private static string Key(DeviceCard replica) => $"cursor {replica.Device}";

    private byte[] Cursor(DeviceCard replica) => context.Store.Meta.Bytes(Key(replica));

    private void Ask(DeviceCard replica, List<RoomState> rooms)
    {
        rooms.Skip(Request.MaxRooms).ToList().ForEach(context.CatchingUp.AskHeads);
        Ask(replica, rooms.Take(Request.MaxRooms).ToArray(), Cursor(replica));
    }

    // A cursor in the middle belongs to this very list of rooms: only the last one is kept.
    private void Ask(DeviceCard replica, RoomState[] rooms, ReadOnlyMemory<byte> cursor) =>
        context.Asking.Ask(replica, new SyncRequest(cursor, [.. rooms.Select(static room => room.Room)]), (outcome, _) =>
        {
            if (outcome.Status != ReplyStatus.Ok || outcome.Cursor.IsEmpty)
            {
                Array.ForEach(rooms, context.CatchingUp.AskHeads);
                return;
            }

            if (outcome.More)
            {
                Ask(replica, rooms, outcome.Cursor);
                return;
            }

            context.Store.Meta.SetBytes(Key(replica), outcome.Cursor);
            Array.ForEach(rooms, context.CatchingUp.Settle);
        });

    // From now on: kept once everything up to this moment is here.
    private void Refresh()
    {
        if (context.Hubs.Serving is not [var replica, ..])
        {
            return;
        }

        _replica = replica;
        context.Asking.Ask(replica, new SyncRequest(default, []), (outcome, _) =>
        {
            if (outcome.Status == ReplyStatus.Ok && _waiting.Count == 0)
            {
                _later = outcome.Cursor;
                CaughtUp();
            }
        });
    }
}
