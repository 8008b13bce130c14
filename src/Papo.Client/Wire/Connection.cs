// Owns one live MQTT 5 connection from CONNACK to its end: reads, dispatches, keeps alive, and says once why it ended.
// Must never reconnect, and never acknowledge what its owner has not committed.
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Papo.Client.Wire;

/// <summary>Any thread may publish, subscribe and acknowledge; one loop receives.</summary>
internal sealed class Connection : IAsyncDisposable
{
    /// <summary>The broker closed the connection in order and without a word.</summary>
    public static readonly ConnectFailure HungUp = new(ConnectFailureKind.Lost, "the broker closed the connection");

    private readonly Line _line;
    private readonly PacketReader _reader;
    private readonly PacketWriter _writer;
    private readonly PublishWindow _window;
    private readonly Requests _requests;
    private readonly Liveness _liveness;
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private ConnectFailure? _end;
    private long _subscribed; // ticks that the last subscription took

    /// <summary>Takes over a line after its CONNACK.</summary>
    public Connection(Handshake handshake, BrokerFacts broker, SessionOptions options)
    {
        Broker = broker;
        _time = options.Time;
        _line = handshake.Line;
        _reader = handshake.Reader;
        _writer = new PacketWriter(_line.Stream, options.Time, failure => End(Lost(failure)));
        _window = new PublishWindow(_writer, broker, options.Window, options.Time);
        _requests = new Requests(_writer);
        _liveness = new Liveness(_writer, broker.KeepAlive, options.Time, End);
    }

    /// <summary>What the broker said of itself.</summary>
    public BrokerFacts Broker { get; }

    /// <summary>Whether what arrives is acknowledged at once, so that publishing here is not held up by it.</summary>
    public bool IsPrompt => _line.IsPrompt;

    /// <summary>How long the broker took to answer last; null before its first answer.</summary>
    public TimeSpan? RoundTrip => _window.RoundTrip ?? (Interlocked.Read(ref _subscribed) is > 0 and var ticks ? new TimeSpan(ticks) : null);

    /// <summary>Receives until the connection ends.</summary>
    /// <param name="arrived">Takes a message; while it makes us wait nothing more is read. What it throws ends the connection and comes out here.</param>
    /// <param name="drained">Called when everything of one read has been handed over.</param>
    /// <param name="stop">Gives up waiting for <paramref name="arrived"/> and hands over nothing more; the line stays up until it is closed.</param>
    /// <returns>Why it ended.</returns>
    public async Task<ConnectFailure> ReceiveAsync(Func<InboundMessage, ValueTask> arrived, Action drained, CancellationToken stop)
    {
        try
        {
            do
            {
                // First what came in one read with the CONNACK.
                await DispatchAsync(arrived, stop).ConfigureAwait(false);
                Drained(drained);
                _writer.Flush(); // What the answers of this read let go leaves in one write.
            }
            while (Volatile.Read(ref _end) is null && await TryFillAsync().ConfigureAwait(false));
        }
        catch (ConnectFailedException violation)
        {
            // 4.13.1: say why, then close.
            _writer.Append(new MqttDisconnectPacket { ReasonCode = (MqttDisconnectReasonCode)violation.Failure.ReasonCode });
            _writer.Flush();
            End(violation.Failure);
        }
        finally
        {
            End(new ConnectFailure(ConnectFailureKind.Lost, "the connection was closed"));
            _received.TrySetResult();
        }

        return _end!;
    }

    /// <summary>Publishes; see <see cref="Session.PublishAsync"/>.</summary>
    public Task<PublishOutcome> PublishAsync(PublishMessage message, CancellationToken cancellationToken)
    {
        if (message.Retain && !Broker.RetainAvailable)
        {
            return Task.FromResult(new PublishOutcome(PublishStatus.Refused, 0x9A, "the broker keeps no retained messages"));
        }

        return Math.Min(message.Qos, Broker.MaximumQos) > 0 ? _window.SendAsync(message, cancellationToken) : SendUnansweredAsync(message, cancellationToken);
    }

    /// <summary>One SUBSCRIBE; null when the connection ended before the SUBACK.</summary>
    public async Task<IReadOnlyList<byte>?> SubscribeAsync(IEnumerable<Subscription> filters, CancellationToken cancellationToken)
    {
        var packet = new MqttSubscribePacket
        {
            TopicFilters = [.. filters.Select(f => new MqttTopicFilter
            {
                Topic = f.Filter,
                QualityOfServiceLevel = (MqttQualityOfServiceLevel)f.Qos,
                NoLocal = f.NoLocal,
                RetainHandling = (MqttRetainHandling)f.Retained,
            })],
        };
        var asked = _time.GetTimestamp();
        var answer = await _requests.AskAsync(packet, cancellationToken).ConfigureAwait(false);
        Interlocked.Exchange(ref _subscribed, _time.GetElapsedTime(asked).Ticks);
        return answer is MqttSubAckPacket ack ? [.. ack.ReasonCodes.Select(code => (byte)code)] : null;
    }

    /// <summary>One UNSUBSCRIBE; false when the connection ended before the UNSUBACK.</summary>
    public async Task<bool> UnsubscribeAsync(IEnumerable<string> filters, CancellationToken cancellationToken) =>
        await _requests.AskAsync(new MqttUnsubscribePacket { TopicFilters = [.. filters] }, cancellationToken).ConfigureAwait(false) is MqttUnsubAckPacket;

    /// <summary>PUBACK of one message.</summary>
    public void Acknowledge(ushort packetId)
    {
        QueueAcknowledgement(packetId);
        _writer.Flush();
    }

    /// <summary>PUBACK that leaves with the next flush.</summary>
    public void QueueAcknowledgement(ushort packetId) => _writer.AppendAcknowledgement(packetId);

    /// <summary>Writes queued PUBACKs.</summary>
    public void FlushAcknowledgements() => _writer.Flush();

    /// <summary>Ends the connection at once, without DISCONNECT: the broker publishes the will. The first reason given counts.</summary>
    public void End(ConnectFailure reason)
    {
        if (Interlocked.CompareExchange(ref _end, reason, null) is not null)
        {
            return;
        }

        _line.Cut();
        _writer.Break();
        _window.Close();
        _requests.Close();
    }

    /// <summary>Says goodbye (3.14), so that no will is published, and waits for the broker to hang up.</summary>
    /// <param name="cancellationToken">Ends the patience; the line is then cut.</param>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        _writer.Append(new MqttDisconnectPacket { ReasonCode = MqttDisconnectReasonCode.NormalDisconnection });
        try
        {
            // Closing a socket with unread bytes resets it and could overtake the DISCONNECT, so reading goes on to the end.
            await _writer.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            await _received.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Patience is over: the cut below does the rest.
        }

        End(new ConnectFailure(ConnectFailureKind.Lost, "closed by us"));
    }

    /// <summary>Cuts the line if it still is up and frees everything.</summary>
    public async ValueTask DisposeAsync()
    {
        End(new ConnectFailure(ConnectFailureKind.Lost, "closed by us"));
        await _liveness.DisposeAsync().ConfigureAwait(false);
        await _line.CloseAsync().ConfigureAwait(false);
    }

    private static ConnectFailure Lost(Exception failure) => new(ConnectFailureKind.Lost, failure.GetBaseException().Message);

    private async ValueTask<bool> TryFillAsync()
    {
        try
        {
            if (await _reader.FillAsync(CancellationToken.None).ConfigureAwait(false))
            {
                _liveness.Received();
                return true;
            }

            End(HungUp);
        }
        catch (Exception failure) when (PacketWriter.IsLineFailure(failure))
        {
            End(Lost(failure));
        }

        return false;
    }

    private async ValueTask DispatchAsync(Func<InboundMessage, ValueTask> arrived, CancellationToken stop)
    {
        while (_reader.Next() is { } packet)
        {
            if (packet.Message is not { } message)
            {
                Dispatch(packet.Other!);
            }
            else if (!stop.IsCancellationRequested)
            {
                await DeliverAsync(message, arrived, stop).ConfigureAwait(false);
            }
        }
    }

    private ValueTask DeliverAsync(InboundMessage message, Func<InboundMessage, ValueTask> arrived, CancellationToken stop)
    {
        message.CameBy(this, _time.GetTimestamp());
        var accepted = arrived(message);
        return accepted.IsCompletedSuccessfully ? default : WaitForOwnerAsync(accepted.AsTask(), stop);
    }

    private async ValueTask WaitForOwnerAsync(Task accepted, CancellationToken stop)
    {
        _writer.Flush();
        _liveness.Reading(false);
        try
        {
            await accepted.WaitAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The session ends, and whoever ends it closes the line. The owner may still refuse the message later, which then concerns nobody.
            _ = accepted.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        finally
        {
            _liveness.Reading(true);
        }
    }

    private void Drained(Action drained)
    {
        _liveness.Reading(false);
        drained();
        _liveness.Reading(true);
    }

    private void Dispatch(MqttPacket packet)
    {
        switch (packet)
        {
            case MqttPubAckPacket ack:
                _window.Answer(ack);
                break;
            case MqttSubAckPacket or MqttUnsubAckPacket:
                _requests.Answer((MqttPacketWithIdentifier)packet);
                break;
            case MqttPingRespPacket:
                break; // That it came is all it says, and the read has been noted.
            case MqttDisconnectPacket farewell:
                End(FailureReading.OfDisconnect(farewell));
                break;
            default:
                throw new ConnectFailedException(
                    new ConnectFailure(ConnectFailureKind.ProtocolError, $"unexpected {packet.GetType().Name}", false, 0x82));
        }
    }

    private async Task<PublishOutcome> SendUnansweredAsync(PublishMessage message, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _end) is not null || _writer.Backlog > PacketWriter.Congested)
        {
            return new PublishOutcome(PublishStatus.NotSent);
        }

        if (_writer.Append(Packets.Publish(message, 0, 0), Broker.MaximumPacketSize) == 0)
        {
            return new PublishOutcome(PublishStatus.Refused, 0x95, "larger than the broker takes");
        }

        var written = await _writer.FlushAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return new PublishOutcome(written ? PublishStatus.Sent : PublishStatus.Lost);
    }
}
