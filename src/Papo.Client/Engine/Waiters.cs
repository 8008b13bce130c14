// Owns: callers who wait for a message to be safe or for rooms to be caught up; they outlive an engine, as their promise does.
// Must never: be touched outside the loop of the engine that runs.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Promises given to callers.</summary>
internal sealed class Waiters
{
    /// <summary>Waiting for an outbox row to be safe.</summary>
    public List<(long No, TaskCompletionSource<SafeResult> Done)> Safe { get; } = [];

    /// <summary>Waiting for a room, or all rooms, to be caught up.</summary>
    public List<(Room? Room, TaskCompletionSource<int> Done)> CaughtUp { get; } = [];

    /// <summary>Rows have moved to another store and have other numbers there.</summary>
    public void Renumber(IReadOnlyDictionary<long, long> numbers)
    {
        for (var i = 0; i < Safe.Count; i++)
        {
            Safe[i] = (numbers.GetValueOrDefault(Safe[i].No, Safe[i].No), Safe[i].Done);
        }
    }
}
