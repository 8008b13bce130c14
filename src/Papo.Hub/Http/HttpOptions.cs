// Owns: every setting of a hub's HTTP port and its default.
// Must never: read the environment or a file; the program decides and hands a finished record over.
using System.Net;

namespace Papo.Hub;

/// <summary>Where a hub serves health, metrics and MQTT over WebSocket.</summary>
public sealed record HttpOptions
{
    /// <summary>Addresses to listen on.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>TCP port for HTTP; a taken one is replaced by a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>TCP port for HTTPS where the hub has a certificate; a taken one is replaced by a free one.</summary>
    public int TlsPort { get; init; } = 8443;
}
