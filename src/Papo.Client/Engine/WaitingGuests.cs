// Owns: what guests said to a hub that does not know yet what the other replicas have written down.
// Must never: let a line be written down twice, or hold one longer than catching up takes.
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>
/// After a replica was away its broker delivers what guests said meanwhile before the replica has heard of the others, who may have got the same and
/// written it down. Held in memory: a guest's line has no number, and may be lost with the broker or a hub that ends in this moment.
/// </summary>
internal sealed class WaitingGuests(EngineContext context)
{
    private const int Most = 10_000;
    private const long KnownAfter = 1_000; // milliseconds after coming up the cards of other replicas that came up at the same time have arrived
    private readonly Dictionary<Room, List<(GuestLine Line, Sighting Sighting)>> _waiting = [];
    private long _upAt = long.MaxValue;
    private int _count;

    /// <summary>When something may be written down.</summary>
    public long NextAt => _waiting.Keys.Any(IsReady) ? _upAt + KnownAfter : long.MaxValue;

    /// <summary>The connection is up.</summary>
    public void Up() => _upAt = context.Now;

    /// <summary>Holds a line; false when it need not wait (or there is no room).</summary>
    public bool TryHold(RoomState room, GuestLine line, Sighting sighting)
    {
        if (_count >= Most || (!_waiting.ContainsKey(room.Room) && IsReady(room.Room) && context.Now >= _upAt + KnownAfter))
        {
            return false;
        }

        if (!_waiting.TryGetValue(room.Room, out var lines))
        {
            _waiting.Add(room.Room, lines = []);
        }

        if (sighting.Again is null || !lines.Contains((line, sighting)))
        {
            lines.Add((line, sighting));
            _count++;
        }

        return true;
    }

    /// <summary>Writes down what nobody else has.</summary>
    public void Tick(long now)
    {
        if (_count == 0 || _upAt == long.MaxValue || now < _upAt + KnownAfter)
        {
            return;
        }

        foreach (var name in _waiting.Keys.Where(IsReady).ToList())
        {
            _waiting.Remove(name, out var lines);
            _count -= lines!.Count;
            if (context.Rooms.TryGet(name, out var room))
            {
                Release(room, lines);
            }
        }
    }

    // First all are looked for, then the rest is written down: else of two equal lines the second would be taken for the first.
    private void Release(RoomState room, List<(GuestLine Line, Sighting Sighting)> lines)
    {
        foreach (var (line, _) in lines.Where(held => !context.Store.Guests.PairArchived(room.No, held.Line, context.Wall, held.Sighting)).ToList())
        {
            if (context.Hubs.IsKeeperOfGuests)
            {
                context.Outbox.Keep(room, line);
            }
        }
    }

    private bool IsReady(Room name) => context.IsUp && (!context.Rooms.TryGet(name, out var room) || room.Stage == CatchUpStage.Done);
}
