// Owns: the one clock of a simulated community: what happens when, in milliseconds; two things at one moment in the order they were planned.
// Must never: look at a real clock, or let time pass by itself.
namespace Papo.Simulation;

/// <summary>Time that moves from one planned event to the next.</summary>
internal sealed class VirtualTime
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly PriorityQueue<Action, (long At, long No)> _planned = new();
    private long _no;

    /// <summary>Milliseconds since the community began.</summary>
    public long Now { get; private set; }

    /// <summary>How many events have happened.</summary>
    public long Happened { get; private set; }

    /// <summary>The wall clock of everybody in this community.</summary>
    public DateTimeOffset Wall => Begin.AddMilliseconds(Now);

    /// <summary>Plans something; what is planned for the past happens now.</summary>
    public void At(long at, Action action) => _planned.Enqueue(action, (Math.Max(at, Now), _no++));

    /// <summary>Lets everything happen up to a moment, or until <paramref name="enough"/> says so after an event.</summary>
    /// <returns>Whether it said so.</returns>
    public bool RunTo(long until, Func<bool>? enough = null)
    {
        while (_planned.TryPeek(out var action, out var due) && due.At <= until)
        {
            _planned.Dequeue();
            Now = due.At;
            Happened++;
            action();
            if (enough?.Invoke() == true)
            {
                return true;
            }
        }

        Now = Math.Max(Now, until);
        return false;
    }
}
