// Owns: the hybrid logical clock: its 64-bit stamp and the rule that advances it (docs/PROTOCOL.md, Clock).
// Must never: read a clock; the wall time comes in as a parameter.
namespace Papo.Protocol;

/// <summary>A hybrid logical clock stamp: 48 bits of Unix milliseconds, then a 16-bit counter.</summary>
public readonly record struct Hlc(ulong Value) : IComparable<Hlc>
{
    /// <summary>How far ahead of the receiver's wall clock a stamp may be before it is not believed, in milliseconds.</summary>
    public const long MaxAheadMilliseconds = 120_000;

    /// <summary>2025-01-01T00:00:00Z in Unix milliseconds: Papo did not exist before.</summary>
    public const long EarliestMilliseconds = 1_735_689_600_000;

    /// <summary>The greatest stamp that also fits a signed 64-bit integer, which stores use.</summary>
    public static Hlc Max { get; } = new(long.MaxValue);

    /// <summary>The wall-clock part in Unix milliseconds.</summary>
    public long Milliseconds => (long)(Value >> 16);

    /// <summary>The wall-clock part as a time in UTC.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(Milliseconds, 253_402_300_799_999));

    /// <summary>The first stamp of a millisecond.</summary>
    public static Hlc At(long unixMilliseconds) => new((ulong)Math.Clamp(unixMilliseconds, 0, (1L << 47) - 1) << 16);

    /// <summary>Whether a receiver whose wall clock shows <paramref name="nowMilliseconds"/> believes this stamp.</summary>
    public bool IsPlausibleAt(long nowMilliseconds) =>
        Milliseconds >= EarliestMilliseconds && Milliseconds <= nowMilliseconds + MaxAheadMilliseconds;

    /// <inheritdoc/>
    public int CompareTo(Hlc other) => Value.CompareTo(other.Value);

    /// <summary>Orders by time.</summary>
    public static bool operator <(Hlc left, Hlc right) => left.Value < right.Value;

    /// <summary>Orders by time.</summary>
    public static bool operator >(Hlc left, Hlc right) => left.Value > right.Value;

    /// <summary>Orders by time.</summary>
    public static bool operator <=(Hlc left, Hlc right) => left.Value <= right.Value;

    /// <summary>Orders by time.</summary>
    public static bool operator >=(Hlc left, Hlc right) => left.Value >= right.Value;
}

/// <summary>One device's hybrid clock: never goes back, follows what it has seen unless that is too far ahead.</summary>
public sealed class HybridClock
{
    private ulong _last;

    /// <summary>The stamp last given or followed.</summary>
    public Hlc Last => new(_last);

    /// <summary>The next stamp of one's own: the wall clock, or the last stamp plus one, whichever is later.</summary>
    public Hlc Next(long nowMilliseconds)
    {
        _last = Math.Max(Hlc.At(nowMilliseconds).Value, _last + 1);
        return new(_last);
    }

    /// <summary>Follows a stamp seen from somebody else; one more than two minutes ahead is ignored.</summary>
    public void Observe(Hlc seen, long nowMilliseconds)
    {
        if (seen.IsPlausibleAt(nowMilliseconds) && seen.Value > _last)
        {
            _last = seen.Value;
        }
    }

    /// <summary>Never gives a stamp at or below <paramref name="own"/> again, however far ahead it is: used with one's own stored log.</summary>
    public void Resume(Hlc own) => _last = Math.Max(_last, own.Value);
}
