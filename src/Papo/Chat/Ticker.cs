// Owns: when a chat hears that time has passed: every second while something happens, rarely while nothing does.
// Must never: be used outside the loop that it ticks for.
using System.Threading.Channels;

namespace Papo.Chat;

/// <summary>
/// Ticks of a chat. What fades does so within seconds of what caused it; after that a tick could only find that nothing is different, and would
/// wake a computer that rests once a second, all day.
/// </summary>
internal sealed class Ticker : IDisposable
{
    /// <summary>Between two ticks while something happens.</summary>
    public static readonly TimeSpan Awake = TimeSpan.FromSeconds(1);

    /// <summary>Between two ticks at rest, for what no event tells of (another round trip, a hub that went).</summary>
    public static readonly TimeSpan AtRest = TimeSpan.FromSeconds(15);

    /// <summary>How long after the last event rest begins: longer than anything on the screen takes to fade.</summary>
    public static readonly TimeSpan Restless = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _last;
    private bool _rests;

    /// <summary>Begins to tick.</summary>
    /// <param name="time">Clock.</param>
    /// <param name="events">Where ticks are written; one that finds them full is left out, as the next one comes by itself.</param>
    public Ticker(TimeProvider time, ChannelWriter<ChatEvent> events)
    {
        (_time, _last) = (time, time.GetTimestamp());
        _timer = time.CreateTimer(static events => ((ChannelWriter<ChatEvent>)events!).TryWrite(new TickEvent()), events, Awake, Awake);
    }

    /// <summary>Takes note of every event that reaches the loop: whatever is no tick may need some.</summary>
    public void Note(ChatEvent next)
    {
        if (next is not TickEvent)
        {
            _last = _time.GetTimestamp();
        }

        var rests = _time.GetElapsedTime(_last) >= Restless;
        if (rests != _rests)
        {
            _rests = rests;
            var period = rests ? AtRest : Awake;
            _timer.Change(period, period);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
