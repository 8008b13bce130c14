// Owns: numbers that look random and are the same in every run (xorshift64*).
// Must never: be used for anything secret.
namespace Papo.Bench;

/// <summary>A seeded generator.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Uniform in [0, 1).</summary>
    public double Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return (_state * 2_685_821_657_736_338_717UL >> 11) / (double)(1UL << 53);
    }

    /// <summary>From 0 to <paramref name="bound"/> - 1.</summary>
    public int Next(int bound) => (int)(Next() * bound);
}
