// Owns: when to try again what was not answered, ever more rarely.
// Must never: keep anybody awake who waits for nothing.
namespace Papo.Client.Engine;

/// <summary>Turns that come after <paramref name="first"/> milliseconds, and then after twice as long each time, up to <paramref name="longest"/>.</summary>
internal sealed class Patience(long first, long longest)
{
    private long _pause;

    /// <summary>When the next turn is; <see cref="long.MaxValue"/> while nothing is waited for.</summary>
    public long NextAt { get; private set; } = long.MaxValue;

    /// <summary>Something is waited for: from now on, unless something already was.</summary>
    public void Begin(long now)
    {
        if (NextAt == long.MaxValue)
        {
            (_pause, NextAt) = (first, now + first);
        }
    }

    /// <summary>Whether it is time for a turn, which then is taken.</summary>
    public bool TakeTurn(long now)
    {
        if (now < NextAt)
        {
            return false;
        }

        _pause = Math.Min(_pause * 2, longest);
        NextAt = now + _pause;
        return true;
    }

    /// <summary>Nothing is waited for any more.</summary>
    public void End() => NextAt = long.MaxValue;
}
