// Owns the question whether the other end is still there: pings in silence and ends a dead connection within 1.5 keep-alive times.
// Must never judge the broker while we ourselves have stopped reading.
using MQTTnet.Packets;

namespace Papo.Client.Wire;

/// <summary>A client must send something each keep-alive time (3.1.2.10) and may close when no PINGRESP comes; we count what is received, so that a
/// half-open connection is noticed also while we keep sending.</summary>
internal sealed class Liveness : IAsyncDisposable
{
    private const double Quiet = 0.75; // of the keep-alive time

    private readonly PacketWriter _writer;
    private readonly TimeSpan _keepAlive;
    private readonly TimeProvider _time;
    private readonly Action<ConnectFailure> _end;
    private readonly ITimer? _timer;
    private long _lastRead;
    private long _lastPing;
    private volatile bool _paused;

    /// <summary>Starts to watch; a keep-alive of zero watches nothing.</summary>
    public Liveness(PacketWriter writer, TimeSpan keepAlive, TimeProvider time, Action<ConnectFailure> end)
    {
        (_writer, _keepAlive, _time, _end) = (writer, keepAlive, time, end);
        _lastRead = time.GetTimestamp();
        _timer = keepAlive > TimeSpan.Zero ? time.CreateTimer(static state => ((Liveness)state!).Look(), this, keepAlive * Quiet, Timeout.InfiniteTimeSpan) : null;
    }

    /// <summary>Bytes came in.</summary>
    public void Received() => Volatile.Write(ref _lastRead, _time.GetTimestamp());

    /// <summary>Says whether bytes are being read at all.</summary>
    public void Reading(bool yes)
    {
        Received();
        _paused = !yes;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _timer?.DisposeAsync() ?? default;

    // One that finds nothing to do comes again when there may be; while silence lasts, looks come every 1/8: silence of 1.25 is seen at 1.375 at the
    // latest, after a ping at 0.75. A line on which all is well is looked at two times a minute.
    private void Look()
    {
        var silence = _time.GetElapsedTime(Volatile.Read(ref _lastRead));
        if (!_paused && silence >= _keepAlive * 1.25)
        {
            _end(new ConnectFailure(ConnectFailureKind.Lost, $"nothing received for {silence.TotalSeconds:F1} s"));
            return;
        }

        var quiet = _keepAlive * Quiet;
        if ((silence >= quiet || _time.GetElapsedTime(_writer.LastWrite) >= quiet) && (_lastPing == 0 || _time.GetElapsedTime(_lastPing) >= _keepAlive / 2))
        {
            _lastPing = _time.GetTimestamp();
            _writer.Append(MqttPingReqPacket.Instance);
            _writer.Flush();
        }

        var unsaid = _time.GetElapsedTime(_writer.LastWrite);
        var wait = quiet - (silence > unsaid ? silence : unsaid);
        _timer!.Change(wait > _keepAlive / 8 ? wait : _keepAlive / 8, Timeout.InfiniteTimeSpan);
    }
}
