// Owns: a wall clock that can be set, as people do and time servers.
// Must never: touch the monotonic clock or a timer; these do not jump when somebody sets the time.
namespace Papo.Torture.Actors;

/// <summary>The system's time, shifted.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _shift;

    public void Jump(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _shift));
}
