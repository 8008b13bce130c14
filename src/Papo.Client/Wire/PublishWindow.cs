// Owns the unacknowledged QoS 1 publishes of one connection: at most so many at once, the rest in order behind them.
// Must never send a message a second time: what the connection loses goes back to the caller as lost.
using MQTTnet.Packets;

namespace Papo.Client.Wire;

/// <summary>First in, first out. Brokers drop in silence what comes beyond their window, so it is kept here.</summary>
internal sealed class PublishWindow(PacketWriter writer, BrokerFacts broker, int limit, TimeProvider time)
{
    /// <summary>How many publishes may wait for the window; more are answered <see cref="PublishStatus.NotSent"/>.</summary>
    public const int MaximumWaiting = 16_384;

    /// <summary>Publishes use the identifiers 1 to this; requests use those above.</summary>
    public const ushort LastId = 0x7FFF;

    private readonly Lock _gate = new();
    private readonly int _limit = Math.Clamp(Math.Min(limit, broker.ReceiveMaximum), 1, LastId);
    private readonly Dictionary<ushort, Pending> _inFlight = [];
    private readonly Queue<Pending> _waiting = new();
    private ushort _lastId;
    private bool _closed;
    private long _roundTrip; // ticks; 0 while none was measured

    /// <summary>How long the last message that left alone waited for its answer; null before the first. One in a row would tell how long the row is.</summary>
    public TimeSpan? RoundTrip => Interlocked.Read(ref _roundTrip) is > 0 and var ticks ? new TimeSpan(ticks) : null;

    /// <summary>Sends or queues a message and flushes.</summary>
    public Task<PublishOutcome> SendAsync(PublishMessage message, CancellationToken cancellationToken)
    {
        var pending = new Pending(message);
        lock (_gate)
        {
            if (_closed || _waiting.Count >= MaximumWaiting)
            {
                return Task.FromResult(new PublishOutcome(PublishStatus.NotSent));
            }

            if (_inFlight.Count < _limit && _waiting.Count == 0)
            {
                Admit(pending);
            }
            else
            {
                _waiting.Enqueue(pending);
            }
        }

        writer.Flush();
        pending.CancelWith(cancellationToken);
        return pending.Task;
    }

    /// <summary>Takes an answer and appends what it lets go, without flushing.</summary>
    public void Answer(MqttPubAckPacket packet)
    {
        Pending? pending;
        lock (_gate)
        {
            if (!_inFlight.Remove(packet.PacketIdentifier, out pending))
            {
                return; // An answer to nothing of ours changes nothing.
            }

            while (_inFlight.Count < _limit && _waiting.TryDequeue(out var next))
            {
                if (!next.Task.IsCompleted)
                {
                    Admit(next);
                }
            }
        }

        if (pending.LeftAloneAt is { } at)
        {
            Interlocked.Exchange(ref _roundTrip, Math.Max(1, time.GetElapsedTime(at).Ticks));
        }

        pending.Complete(Packets.Outcome(packet));
    }

    /// <summary>Answers everything: lost what was written, not sent what was waiting.</summary>
    public void Close()
    {
        Pending[] lost;
        Pending[] unsent;
        lock (_gate)
        {
            _closed = true;
            (lost, unsent) = ([.. _inFlight.Values], [.. _waiting]);
            _inFlight.Clear();
            _waiting.Clear();
        }

        Array.ForEach(lost, pending => pending.Complete(new PublishOutcome(PublishStatus.Lost)));
        Array.ForEach(unsent, pending => pending.Complete(new PublishOutcome(PublishStatus.NotSent)));
    }

    private void Admit(Pending pending)
    {
        do
        {
            _lastId = _lastId == LastId ? (ushort)1 : (ushort)(_lastId + 1);
        }
        while (_inFlight.ContainsKey(_lastId));

        if (writer.Append(Packets.Publish(pending.Message, 1, _lastId), broker.MaximumPacketSize) > 0)
        {
            pending.LeftAloneAt = _inFlight.Count == 0 ? time.GetTimestamp() : null;
            _inFlight.Add(_lastId, pending);
            return;
        }

        pending.Complete(new PublishOutcome(PublishStatus.Refused, 0x95, "larger than the broker takes"));
    }

    private sealed class Pending(PublishMessage message)
        : TaskCompletionSource<PublishOutcome>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        private CancellationTokenRegistration _cancellation;

        public PublishMessage Message => message;

        public long? LeftAloneAt { get; set; }

        // Cancelling frees the caller. A waiting message is then not sent; a written one keeps its place until its answer.
        public void CancelWith(CancellationToken token)
        {
            if (!token.CanBeCanceled || Task.IsCompleted)
            {
                return;
            }

            _cancellation = token.UnsafeRegister(static (state, token) => ((Pending)state!).TrySetCanceled(token), this);
            if (Task.IsCompleted)
            {
                _cancellation.Unregister();
            }
        }

        public void Complete(PublishOutcome outcome)
        {
            _cancellation.Unregister();
            TrySetResult(outcome);
        }
    }
}
