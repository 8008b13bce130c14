// Owns: the embedded broker as a whole: start, addresses, figures, stop.
// Must never: keep a message beyond its own life; what must last is in the logs of the people who wrote it, and in the hub's archive.
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet.Protocol;
using MQTTnet.Server;
using Papo.Client.Wire;

namespace Papo.Hub;

/// <summary>What the broker holds at this moment.</summary>
/// <param name="Connections">Open connections, those before CONNECT included.</param>
/// <param name="Clients">Clients connected.</param>
/// <param name="AwaySessions">Sessions kept for clients that are away.</param>
/// <param name="Retained">Retained messages.</param>
/// <param name="PendingBytes">Bytes of messages that wait for clients, see <see cref="MessageSize"/>.</param>
/// <param name="DroppedMessages">Messages dropped since the start because too many waited for their receiver.</param>
/// <param name="RefusedConnections">Connections refused since the start because too many were open.</param>
/// <param name="Deliveries">Messages written to clients since the start.</param>
public sealed record BrokerFigures(
    int Connections, int Clients, int AwaySessions, int Retained, long PendingBytes, long DroppedMessages, long RefusedConnections, long Deliveries);

/// <summary>An MQTT 5 and 3.1.1 broker inside this process. Sessions, queues and retained messages live in memory only.</summary>
public sealed class EmbeddedBroker : IHubBroker
{
    private readonly EmbeddedBrokerOptions _options;
    private readonly ListenSockets _sockets;
    private readonly Roster _roster;
    private readonly Backlog _backlog;
    private readonly RetainedLedger _retained;
    private readonly ConnectionGate _gate;
    private readonly MqttServer _server;
    private readonly BrokerRules _rules;
    private readonly WebApplication _app;
    private readonly ILogger _log;
    private readonly Lock _stopLock = new();
    private BrokerSweep? _sweep;
    private Task? _stopped;

    private EmbeddedBroker(EmbeddedBrokerOptions options, ListenSockets sockets)
    {
        _options = options;
        _sockets = sockets;
        _log = (options.Logs ?? NullLoggerFactory.Instance).CreateLogger(BrokerLog.Category);
        _roster = new Roster(options.Time);
        _backlog = new Backlog(options);
        _retained = new RetainedLedger(options);
        _gate = new ConnectionGate(options, _log);
        var endpoint = new MqttEndpoint(options, _roster, _backlog);
        _rules = new BrokerRules(options, _roster, _backlog, _retained, _log);
        _server = new MqttServer(LibraryOptions(options), [endpoint], new LibraryLog(_log));
        _rules.Attach(_server);
        _app = BareHost.Build(options, sockets, _gate, endpoint);
        Endpoints = [.. sockets.Places.Select(p => p.EndPoint)];
    }

    /// <summary>Every address and port the broker listens on.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; }

    /// <summary>The TCP port for plain MQTT, also when 0 was asked for.</summary>
    public int Port => _sockets.PortOf(Wire.Mqtt)!.Value;

    /// <summary>The port for MQTT over TLS, if any.</summary>
    public int? TlsPort => _sockets.PortOf(Wire.MqttTls);

    /// <summary>The port for MQTT over WebSocket, if any.</summary>
    public int? WebSocketPort => _sockets.PortOf(Wire.WebSocket);

    /// <summary>The port for MQTT over WebSocket and TLS, if any.</summary>
    public int? WebSocketTlsPort => _sockets.PortOf(Wire.WebSocketTls);

    /// <inheritdoc/>
    public BrokerAddress Address => HubAddress.Of(_options.Addresses, Port);

    /// <inheritdoc/>
    public bool Accepts => !_roster.Stopping;

    /// <inheritdoc/>
    public int Restarts => 0;

    /// <summary>Clients connected at this moment.</summary>
    public int ConnectedClients => _roster.Here;

    /// <summary>What the broker holds at this moment.</summary>
    public BrokerFigures Figures =>
        new(_gate.Open, _roster.Here, _roster.Away, _retained.Count, _backlog.Bytes, _backlog.Dropped, _gate.Refused, _backlog.Delivered);

    /// <summary>Starts a broker; when it returns, clients can connect.</summary>
    /// <exception cref="BrokerPortTakenException">A port is in use.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be listened on: not this machine's, or no permission.</exception>
    /// <exception cref="ArgumentException">A TLS port without a certificate.</exception>
    public static async Task<EmbeddedBroker> StartAsync(EmbeddedBrokerOptions options, CancellationToken cancellationToken = default)
    {
        if (options is { Certificate: null } and ({ TlsPort: not null } or { WebSocketTlsPort: not null }))
        {
            throw new ArgumentException("A TLS port needs a certificate.", nameof(options));
        }

        using var sockets = ListenSockets.Open(options);
        var broker = new EmbeddedBroker(options, sockets);
        try
        {
            await broker.StartAsync(cancellationToken);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops: clients get DISCONNECT "server shutting down" (0x8B), then sockets close, a second or two at most.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_stopLock)
        {
            _stopped ??= StopAsync();
        }

        return new ValueTask(_stopped);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync();
        await _app.StartAsync(cancellationToken);
        _sweep = new BrokerSweep(_options, _server, _rules, _roster, _retained, _backlog, _log);
        foreach (var place in Endpoints)
        {
            BrokerLog.Listens(_log, place);
        }
    }

    private async Task StopAsync()
    {
        _roster.Stopping = true;
        if (_sweep is not null)
        {
            await _sweep.DisposeAsync();
        }

        // The library says goodbye to one client after the other; one that does not read must not hold up the rest.
        await using (_options.Time.CreateTimer(_ => _gate.AbortAll(), null, _options.CloseTimeout, Timeout.InfiniteTimeSpan))
        {
            var goodbye = new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.ServerShuttingDown };
            await _server.StopAsync(new MqttServerStopOptions { DefaultClientDisconnectOptions = goodbye });

            // The host resets WebSockets when it stops, also those that are just being closed.
            await _gate.ClientsGoneAsync();
            using var patience = new CancellationTokenSource(_options.CloseTimeout, _options.Time);
            await _app.StopAsync(patience.Token);
        }

        await _app.DisposeAsync();
        _server.Dispose();
        BrokerLog.Stopped(_log);
    }

    private static MqttServerOptions LibraryOptions(EmbeddedBrokerOptions options)
    {
        var library = new MqttServerOptions
        {
            EnablePersistentSessions = true,
            MaxPendingMessagesPerClient = options.MaxPendingMessagesPerClient,

            // The library's default drops the oldest from the queue but keeps it in its list of what is unacknowledged, without a bound.
            PendingMessagesOverflowStrategy = MqttPendingMessagesOverflowStrategy.DropNewMessage,

            // Its default is 100 s, and a DISCONNECT to a peer that does not read waits that long.
            DefaultCommunicationTimeout = options.ConnectTimeout,
        };
        library.DefaultEndpointOptions.IsEnabled = false;
        library.TlsEndpointOptions.IsEnabled = false;
        return library;
    }
}
