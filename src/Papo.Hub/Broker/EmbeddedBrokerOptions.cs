// Owns: every setting of the embedded broker, its unit and its default.
// Must never: read the environment or a file; the program decides and hands a finished record over.
using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Papo.Hub;

/// <summary>Settings of one <see cref="EmbeddedBroker"/>. The defaults serve a few hundred people and stay on this machine.</summary>
public sealed record EmbeddedBrokerOptions
{
    /// <summary>
    /// Addresses to listen on; each port below is opened on each. Default: loopback, IPv4 and IPv6. An IPv6 address is left out where
    /// the machine has no IPv6, as long as another address remains. For the network: <see cref="IPAddress.Any"/> and
    /// <see cref="IPAddress.IPv6Any"/> (the latter never includes IPv4).
    /// </summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>TCP port for plain MQTT; 0 takes any free one, the same on every address.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>TCP port for MQTT over TLS (0: any free one), or null for none. Needs <see cref="Certificate"/>.</summary>
    public int? TlsPort { get; init; }

    /// <summary>TCP port for MQTT over plain WebSocket (0: any free one), or null for none.</summary>
    public int? WebSocketPort { get; init; }

    /// <summary>TCP port for MQTT over WebSocket and TLS (0: any free one), or null for none. Needs <see cref="Certificate"/>.</summary>
    public int? WebSocketTlsPort { get; init; }

    /// <summary>Whether a taken port other than <see cref="Port"/> is replaced by a free one instead of failing the start.</summary>
    public bool OtherPortsMayMove { get; init; }

    /// <summary>Puts pages on the WebSocket ports, before their answer 404 to whatever is not <see cref="WebSocketPath"/>; null for none.</summary>
    public Action<IApplicationBuilder>? Pages { get; init; }

    /// <summary>Path of the WebSocket endpoint; anything else on those ports answers 404, but for <see cref="Pages"/>.</summary>
    public string WebSocketPath { get; init; } = "/mqtt";

    /// <summary>The server certificate with its key for the TLS ports, asked for at each handshake. The caller disposes it after the broker.</summary>
    public Func<SslStreamCertificateContext>? Certificate { get; init; }

    /// <summary>Where the broker logs, or null for nowhere. No client id, topic or payload is ever logged. The caller disposes it.</summary>
    public ILoggerFactory? Logs { get; init; }

    /// <summary>Clock and timers of the broker's own rules (deadlines, expiry).</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Largest CONNECT packet in bytes, fixed header included.</summary>
    public int MaxConnectBytes { get; init; } = 64 * 1024;

    /// <summary>Largest packet after CONNECT in bytes, fixed header included; announced to MQTT 5 clients as Maximum Packet Size.</summary>
    public int MaxPacketBytes { get; init; } = 1024 * 1024;

    /// <summary>From accepting a connection to its complete CONNECT; the TLS and WebSocket handshakes are inside it.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Open connections at most; one more is reset at once.</summary>
    public int MaxConnections { get; init; } = 2_000;

    /// <summary>Connections of one remote address that have not sent their CONNECT yet, at most; one more is reset at once.</summary>
    public int MaxConnectingPerAddress { get; init; } = 64;

    /// <summary>Sessions kept at most, connected and away together; a new client beyond it is refused as "server busy" (0x89).</summary>
    public int MaxSessions { get; init; } = 10_000;

    /// <summary>Longest time a session is kept for a client that is away; a client that asks for more is told this one.</summary>
    public TimeSpan MaxSessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Subscriptions of one session at most; one more is refused with "quota exceeded" (0x97).</summary>
    public int MaxSubscriptionsPerSession { get; init; } = 1_000;

    /// <summary>Longest topic or topic filter in characters.</summary>
    public int MaxTopicLength { get; init; } = 1_024;

    /// <summary>
    /// Messages that wait for one client at most, whether not sent yet or sent and not acknowledged. What comes beyond it is dropped
    /// for that client only (the newest goes, what waits is kept in order); its publisher still gets a success.
    /// </summary>
    public int MaxPendingMessagesPerClient { get; init; } = 100_000;

    /// <summary>The same limit in bytes of memory: <see cref="MessageSize.Overhead"/> plus payload, topic and properties each.</summary>
    public long MaxPendingBytesPerClient { get; init; } = 128L * 1024 * 1024;

    /// <summary>
    /// Bytes that wait for all clients together at most, counted as above. Beyond it only clients with less than
    /// <see cref="SmallBacklogBytes"/> waiting still get messages: those who keep up do not suffer for those who do not.
    /// </summary>
    public long MaxPendingBytes { get; init; } = 512L * 1024 * 1024;

    /// <summary>What counts as keeping up when <see cref="MaxPendingBytes"/> is reached, in bytes.</summary>
    public long SmallBacklogBytes { get; init; } = 1024 * 1024;

    /// <summary>Retained messages at most; a new topic beyond it is refused with "quota exceeded" (0x97).</summary>
    public int MaxRetainedMessages { get; init; } = 50_000;

    /// <summary>Largest retained message in bytes, topic and properties included; refused with "quota exceeded" (0x97).</summary>
    public int MaxRetainedBytesPerMessage { get; init; } = 64 * 1024;

    /// <summary>Bytes of all retained messages together at most; refused with "quota exceeded" (0x97).</summary>
    public long MaxRetainedBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>How often expired sessions and retained messages are removed.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop, a takeover or a refusal waits for clients that do not read before they are reset.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(1);
}
