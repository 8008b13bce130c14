// Owns: when a beacon is due: the Trickle algorithm of RFC 6206, with redundancy constant 1.
// Must never: read a clock; the caller passes monotonic milliseconds and asks when to come back.
namespace Papo.Protocol;

/// <summary>
/// Trickle (RFC 6206 §4.2): intervals double from <see cref="MinMilliseconds"/> to <see cref="MaxMilliseconds"/>; a beacon goes out at a
/// random moment of the second half of an interval unless an equal one was heard in it. Times are monotonic milliseconds.
/// </summary>
public sealed class Trickle
{
    /// <summary>The shortest interval (I_min), in milliseconds.</summary>
    public const long MinMilliseconds = 2_000;

    /// <summary>The longest interval (I_max), in milliseconds.</summary>
    public const long MaxMilliseconds = 600_000;

    private readonly Func<double> _random;
    private long _interval = MinMilliseconds;
    private long _began;
    private long _sendAt;
    private bool _heard;
    private bool _sent;

    /// <summary>Starts with the shortest interval. <paramref name="random"/> gives [0, 1).</summary>
    public Trickle(Func<double> random, long now)
    {
        _random = random;
        Begin(now);
    }

    /// <summary>The present interval in milliseconds.</summary>
    public long Interval => _interval;

    /// <summary>When <see cref="Advance"/> wants to be called next.</summary>
    public long NextAt => _sent ? _began + _interval : _sendAt;

    /// <summary>An equal beacon was heard (RFC 6206 §4.2 step 3).</summary>
    public void HeardEqual() => _heard = true;

    /// <summary>Something changed or differed: begin again with the shortest interval, unless that is running (step 6).</summary>
    public void Reset(long now)
    {
        if (_interval > MinMilliseconds)
        {
            _interval = MinMilliseconds;
            Begin(now);
        }
    }

    /// <summary>Moves on to <paramref name="now"/>; true when a beacon is to be sent now.</summary>
    public bool Advance(long now)
    {
        var send = false;
        if (!_sent && now >= _sendAt)
        {
            _sent = true;
            send = !_heard;
        }

        if (now >= _began + _interval)
        {
            _interval = Math.Min(_interval * 2, MaxMilliseconds);
            Begin(now);
        }

        return send;
    }

    private void Begin(long now)
    {
        _began = now;
        _sendAt = now + (_interval / 2) + (long)(_random() * (_interval / 2));
        _heard = false;
        _sent = false;
    }
}
