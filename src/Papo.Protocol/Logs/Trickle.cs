// Owns: when a beacon is due: the Trickle algorithm of RFC 6206, with redundancy constant 1, and moments that suit the size of the room.
// Must never: read a clock; the caller passes monotonic milliseconds and asks when to come back.
namespace Papo.Protocol;

/// <summary>
/// Trickle (RFC 6206 §4.2): intervals double from <see cref="MinMilliseconds"/> to <see cref="MaxMilliseconds"/>; a beacon goes out at a
/// random moment of the second half of an interval unless one that says the same was heard in it. Times are monotonic milliseconds.
/// <para>The moments are not uniform: after a change all devices of a room begin together, and as many beacons would cross on their way as fit
/// into the time one takes to arrive. Their density rises exponentially towards the end of the interval, the steeper the more devices there are
/// (Nonnenmacher and Biersack, 1998): whoever comes early is nearly alone, however large the room is.</para>
/// </summary>
public sealed class Trickle
{
    /// <summary>The shortest interval (I_min), in milliseconds.</summary>
    public const long MinMilliseconds = 2_000;

    /// <summary>The longest interval (I_max), in milliseconds.</summary>
    public const long MaxMilliseconds = 600_000;

    private readonly Func<double> _random;
    private readonly Func<int> _others;
    private long _interval = MinMilliseconds;
    private long _began;
    private long _sendAt;
    private UInt128? _heard;
    private bool _sent;
    private bool _again;

    /// <summary>Starts with the shortest interval. <paramref name="random"/> gives [0, 1), <paramref name="others"/> how many others are in the room.</summary>
    public Trickle(Func<double> random, Func<int> others, long now)
    {
        _random = random;
        _others = others;
        Begin(now);
    }

    /// <summary>The present interval in milliseconds.</summary>
    public long Interval => _interval;

    /// <summary>When <see cref="Advance"/> wants to be called next.</summary>
    public long NextAt => _sent ? _began + _interval : _sendAt;

    /// <summary>
    /// Somebody said a digest of what this device holds (RFC 6206 §4.2 step 3). It keeps this device silent if it is what this one would say when its
    /// moment comes, or if another shortest interval follows in which to say what is newer.
    /// </summary>
    public void Heard(UInt128 digest) => _heard = digest;

    /// <summary>
    /// Something changed or differed: begin again with the shortest interval, unless that is running (step 6); and let another shortest one follow,
    /// for what came late in this one and for who does not hear it.
    /// </summary>
    public void Reset(long now)
    {
        if (_interval > MinMilliseconds)
        {
            _interval = MinMilliseconds;
            Begin(now);
        }

        _again = true;
    }

    /// <summary>Moves on to <paramref name="now"/>; true when a beacon is to be sent now. <paramref name="mine"/> gives the digest it would say.</summary>
    public bool Advance(long now, Func<UInt128> mine)
    {
        ArgumentNullException.ThrowIfNull(mine);
        var send = false;
        if (!_sent && now >= _sendAt)
        {
            _sent = true;
            send = _heard is not { } heard || (!_again && heard != mine());
        }

        if (now >= _began + _interval)
        {
            _interval = _again ? MinMilliseconds : Math.Min(_interval * 2, MaxMilliseconds);
            Begin(now);
        }

        return send;
    }

    private void Begin(long now)
    {
        _began = now;
        _sendAt = now + (_interval / 2) + (long)(Moment() * (_interval / 2));
        _heard = null;
        _sent = false;
        _again = false;
    }

    // From [0, 1): of density ~ e^(steepness · moment).
    private double Moment()
    {
        var steepness = 1 + Math.Log(1 + Math.Max(0, _others()));
        return Math.Log(1 + (_random() * (Math.Exp(steepness) - 1))) / steepness;
    }
}
