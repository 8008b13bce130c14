// Owns how long to wait before the next try.
// Must never read a clock or wait by itself.
namespace Papo.Client.Wire;

/// <summary>Doubles from try to try, spread at random so that a thousand clients do not come back in one second.</summary>
internal sealed class BackOff(SessionOptions options)
{
    // A connection that lived this long was a good one; a shorter one counts as one more failure, so that flapping slows down.
    private static readonly TimeSpan Good = TimeSpan.FromSeconds(10);
    private TimeSpan _next = options.FirstRetry;

    /// <summary>The wait before the next try.</summary>
    /// <param name="permanent">The failure does not go away by trying again.</param>
    /// <param name="lived">How long the connection was up; null when it never was.</param>
    public TimeSpan Next(bool permanent, TimeSpan? lived)
    {
        if (lived >= Good)
        {
            _next = options.FirstRetry;
        }

        var wait = permanent ? options.LongestRetry : _next;
        _next = _next * 2 < options.LongestRetry ? _next * 2 : options.LongestRetry;
        return wait * (1 + (options.RetryJitter * ((options.Randomness() * 2) - 1)));
    }
}
