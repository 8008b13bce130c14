// Owns how long to wait before the next try.
// Must never read a clock or wait by itself.
namespace Papo.Client.Wire;

/// <summary>Doubles from try to try, spread at random so that a thousand clients do not come back in one second.</summary>
internal sealed class BackOff(SessionOptions options)
{
    // A connection that lived ten times the wait before it was a good one. A shorter one counts as one more failure, so that flapping slows down.
    private const int Good = 10;
    private TimeSpan _next = options.FirstRetry;
    private TimeSpan _last;

    /// <summary>The wait before the next try.</summary>
    /// <param name="permanent">The failure does not go away by trying again.</param>
    /// <param name="lived">How long the connection was up; null when it never was.</param>
    public TimeSpan Next(bool permanent, TimeSpan? lived)
    {
        if (lived >= _last * Good)
        {
            _next = options.FirstRetry;
        }

        var wait = permanent ? options.LongestRetry : _next;
        _last = wait;
        _next = _next * 2 < options.LongestRetry ? _next * 2 : options.LongestRetry;
        return wait * (1 + (options.RetryJitter * ((options.Randomness() * 2) - 1)));
    }
}
