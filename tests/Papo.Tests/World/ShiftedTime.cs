// Owns: a clock that runs as the real one does and can be put forward.
// Must never: fire a timer early; whoever looks at the clock sees the new time at the next event.
namespace Papo.Tests.World;

/// <summary>For clients on real brokers: a clock that stands still would stop their connections.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private long _shift;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Volatile.Read(ref _shift));

    public override long GetTimestamp() => System.GetTimestamp() + (long)((Int128)Volatile.Read(ref _shift) * TimestampFrequency / TimeSpan.TicksPerSecond);
}
