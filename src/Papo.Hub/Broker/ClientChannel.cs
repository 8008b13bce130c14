// Owns: one client's packets on their way between the wire and MQTTnet: what CONNECT may ask for, what CONNACK must say, how many
// answers may be owed, and a close that tells the reason.
// Must never: decide about a message.
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet.Adapter;
using MQTTnet.AspNetCore;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Papo.Hub;

internal sealed class ClientChannel : IMqttChannelAdapter
{
    // MQTTnet announces 65,535 and keeps each for the life of the connection.
    private const ushort MaxTopicAlias = 16;

    // A client that sends and never reads would have its acknowledgements pile up without a bound.
    private const int MaxUnanswered = 1_000;
    private const string IdLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private readonly SemaphoreSlim _answers = new(MaxUnanswered);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MqttConnectionContext _inner;
    private readonly ConnectionGate.Admission _admission;
    private readonly EmbeddedBrokerOptions _options;
    private readonly Backlog _backlog;
    private readonly Roster _roster;
    private readonly LastPacket _last;
    private readonly CancellationTokenSource _retire = new();
    private CancellationTokenSource? _reading;
    private IDisposable? _resuming;
    private bool _idAssigned;
    private uint _toldExpiry;
    private uint _askedExpiry;

    public ClientChannel(
        MqttConnectionContext inner, ConnectionGate.Admission admission, EmbeddedBrokerOptions options, Backlog backlog, Roster roster)
    {
        (_inner, _admission, _options, _backlog, _roster) = (inner, admission, options, backlog, roster);
        _last = new LastPacket(options);
    }

    /// <summary>Empty until CONNECT.</summary>
    public string ClientId { get; private set; } = "";

    /// <summary>How long the session is kept after this connection; zero: not at all.</summary>
    public TimeSpan KeepSession { get; private set; }

    /// <summary>Set when a newer connection takes the session: this one's will is not published (MQTT 5.0, 3.1.2.5 with a delay).</summary>
    public bool TakenOver { get; private set; }

    /// <summary>Complete when nothing of this connection runs any more.</summary>
    public Task Ended => _ended.Task;

    public long BytesReceived => _inner.BytesReceived;

    public long BytesSent => _inner.BytesSent;

    public X509Certificate2? ClientCertificate => _inner.ClientCertificate;

    public EndPoint? RemoteEndPoint => _inner.RemoteEndPoint;

    public EndPoint? LocalEndPoint => _inner.LocalEndPoint;

    public bool IsSecureConnection => _inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => _inner.PacketFormatterAdapter;

    private bool SpeaksV5 => PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500;

    public Task ConnectAsync(CancellationToken cancellationToken) => _inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => _inner.DisconnectAsync(cancellationToken);

    public void ResetStatistics() => _inner.ResetStatistics();

    /// <summary>The session is being resumed; <paramref name="hold"/> ends with the answer, or with the connection.</summary>
    public void Resuming(IDisposable hold) => _resuming = hold;

    public void End()
    {
        _resuming?.Dispose();
        _ended.TrySetResult();
    }

    public void Abort(string why) => _admission.Abort(why);

    // The semaphore and the other source hold no handle, and a last packet of the sender or a takeover may still come to them.
    public void Dispose()
    {
        _reading?.Dispose();
        _inner.Dispose();
    }

    /// <summary>A newer connection takes the session: nothing is read any more. Complete when nothing is sent any more either.</summary>
    public async Task RetireAsync()
    {
        TakenOver = true;
        if (KeepSession > TimeSpan.Zero)
        {
            await _retire.CancelAsync();
            await Task.WhenAny(_last.SenderStands, Ended);
        }
    }

    public async Task<MqttPacket?> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        if (_last.Awaited)
        {
            return await _last.TakeAsync(TakenOver, cancellationToken);
        }

        if (KeepSession == TimeSpan.Zero)
        {
            return await ReceiveAndMindAsync(cancellationToken);
        }

        try
        {
            _reading ??= CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _retire.Token);
            var packet = await ReceiveAndMindAsync(_reading.Token);
            return packet is null or MqttDisconnectPacket ? _last.Await(packet) : packet;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return _last.Await(e);
        }
    }

    private async Task<MqttPacket?> ReceiveAndMindAsync(CancellationToken cancellationToken)
    {
        var packet = await _inner.ReceivePacketAsync(cancellationToken);
        switch (packet)
        {
            case MqttConnectPacket connect when ClientId.Length == 0:
                Begin(connect);
                break;
            case MqttDisconnectPacket disconnect:
                Finish(disconnect);
                break;
            case MqttPublishPacket { TopicAlias: > MaxTopicAlias }:
                await RefuseAsync(MqttDisconnectReasonCode.TopicAliasInvalid);
                throw new MqttProtocolViolationException("topic alias above the maximum");
            case MqttSubscribePacket { TopicFilters.Count: 0 } or MqttUnsubscribePacket { TopicFilters.Count: 0 }:
                // MQTT 5.0, 3.8.3-2 and 3.10.3-2. MQTTnet would fail over its own answer, in a task that nobody looks at.
                await RefuseAsync(MqttDisconnectReasonCode.ProtocolError);
                throw new MqttProtocolViolationException("no topic filter");
        }

        if (NeedsAnswer(packet))
        {
            await _answers.WaitAsync(cancellationToken);
        }

        return packet;
    }

    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        Complete(packet);
        var ofSender = packet is not (MqttConnAckPacket or MqttDisconnectPacket);
        if (ofSender && _last.Awaited)
        {
            await _last.StandAsync(cancellationToken);
        }

        try
        {
            await _inner.SendPacketAsync(packet, cancellationToken);
            if (packet is MqttPublishPacket)
            {
                _backlog.Deliver();
            }
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            if (ofSender && _last.Awaited)
            {
                await _last.StandAsync(cancellationToken);
            }

            // MQTTnet would store this in a task nobody looks at, once for each packet still queued. The session keeps what matters.
            throw new OperationCanceledException("the connection is gone", e);
        }
        finally
        {
            Account(packet);
        }
    }

    /// <summary>Tells an MQTT 5 client why its connection ends, for as long as a close may take. What it does not read is lost.</summary>
    public async Task RefuseAsync(MqttDisconnectReasonCode reason)
    {
        if (!SpeaksV5)
        {
            return;
        }

        using var patience = new CancellationTokenSource(_options.CloseTimeout, _options.Time);
        try
        {
            await SendPacketAsync(new MqttDisconnectPacket { ReasonCode = reason }, patience.Token);
        }
        catch (OperationCanceledException)
        {
            Abort("does not read");
        }
    }

    private void Begin(MqttConnectPacket connect)
    {
        _admission.Connected();
        var version = PacketFormatterAdapter.ProtocolVersion;
        if (string.IsNullOrEmpty(connect.ClientId) && (SpeaksV5 || connect.CleanSession))
        {
            // MQTT 3.1.1 allows it too (3.1.3.1); MQTTnet refuses it there, and mosquitto_pub sends exactly that.
            connect.ClientId = RandomNumberGenerator.GetString(IdLetters, 23);
            _idAssigned = true;
        }

        ClientId = connect.ClientId ?? "";
        if (!SpeaksV5)
        {
            // MQTTnet keeps every session of MQTT 3.1, also a clean one: the next sweep takes that away.
            var clean = version == MqttProtocolVersion.V310 ? TimeSpan.FromTicks(1) : TimeSpan.Zero;
            KeepSession = connect.CleanSession ? clean : _options.MaxSessionExpiry;
            return;
        }

        _askedExpiry = connect.SessionExpiryInterval;
        _toldExpiry = Cap(_askedExpiry);
        KeepSession = TimeSpan.FromSeconds(_toldExpiry);

        // MQTTnet judges expiry by the first CONNECT of a session and leaves dead ones among its subscribers: it is told "never", and
        // the sweep removes them properly.
        connect.SessionExpiryInterval = _askedExpiry == 0 ? 0 : uint.MaxValue;
    }

    private void Finish(MqttDisconnectPacket disconnect)
    {
        if (disconnect.SessionExpiryInterval == 0)
        {
            return;
        }

        if (_askedExpiry == 0)
        {
            // From zero it may not be raised (MQTT 5.0, 3.14.2.2.2).
            disconnect.SessionExpiryInterval = 0;
            return;
        }

        KeepSession = TimeSpan.FromSeconds(Cap(disconnect.SessionExpiryInterval));
    }

    private uint Cap(uint seconds) => (uint)Math.Min(seconds, _options.MaxSessionExpiry.TotalSeconds);

    private void Complete(MqttPacket packet)
    {
        switch (packet)
        {
            case MqttConnAckPacket ack:
                _resuming?.Dispose();
                ack.MaximumPacketSize = (uint)_options.MaxPacketBytes;
                ack.TopicAliasMaximum = MaxTopicAlias;
                ack.AssignedClientIdentifier = _idAssigned ? ClientId : ack.AssignedClientIdentifier;
                ack.SessionExpiryInterval = _toldExpiry != _askedExpiry ? _toldExpiry : 0;
                break;
            case MqttDisconnectPacket disconnect when _roster.Stopping:
                disconnect.ReasonCode = MqttDisconnectReasonCode.ServerShuttingDown;
                break;
            case MqttDisconnectPacket disconnect when TakenOver:
                disconnect.ReasonCode = MqttDisconnectReasonCode.SessionTakenOver;
                break;
        }
    }

    private void Account(MqttPacket packet)
    {
        switch (packet)
        {
            case MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.AtMostOnce } publish:
                _backlog.Release(ClientId, MessageSize.Of(publish));
                break;
            case MqttPublishPacket publish:
                publish.Dup = true; // MQTTnet keeps it until it is acknowledged, and sends it as it is on the next connection (MQTT 5.0, 3.3.1.1)
                break;
            case MqttPubAckPacket or MqttPubRecPacket or MqttPubRelPacket or MqttPubCompPacket or MqttPingRespPacket or MqttSubAckPacket or MqttUnsubAckPacket:
                _answers.Release();
                break;
        }
    }

    private static bool NeedsAnswer(MqttPacket? packet) => packet is MqttPublishPacket { QualityOfServiceLevel: > 0 } or MqttPubRecPacket
        or MqttPubRelPacket or MqttPingReqPacket or MqttSubscribePacket or MqttUnsubscribePacket;
}
