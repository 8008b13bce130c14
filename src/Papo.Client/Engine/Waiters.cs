// Owns: who waits for a message to be safe or for rooms to be caught up; they outlive an engine, as their promise does.
// Must never: call a message held that nobody was seen to hold.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Callers that wait.</summary>
internal sealed class Waiters
{
    private const int Most = 20_000;
    private readonly Dictionary<long, EntryId?> _held = [];
    private readonly Queue<long> _order = [];

    /// <summary>For one's own messages, by outbox number.</summary>
    public List<(long No, TaskCompletionSource<SafeResult> Done)> Safe { get; } = [];

    /// <summary>For one room, or all.</summary>
    public List<(Room? Room, TaskCompletionSource<int> Done)> CaughtUp { get; } = [];

    /// <summary>Remembers that somebody holds a message: its outbox row is gone.</summary>
    public void Held(long no, EntryId? entry)
    {
        if (_held.TryAdd(no, entry))
        {
            _order.Enqueue(no);
        }

        if (_order.Count > Most)
        {
            _held.Remove(_order.Dequeue());
        }
    }

    /// <summary>Whether somebody holds it, and its id.</summary>
    public bool IsHeld(long no, out EntryId? entry) => _held.TryGetValue(no, out entry);
}
