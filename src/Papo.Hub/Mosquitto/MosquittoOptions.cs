// Owns: every setting of a Mosquitto that the hub runs, and its default.
// Must never: read the environment or a file; the program decides and hands a finished record over.
using System.Net;

namespace Papo.Hub;

/// <summary>Settings of one supervised Mosquitto.</summary>
public sealed record MosquittoOptions
{
    /// <summary>The program, see <see cref="MosquittoProgram.FindAsync"/>.</summary>
    public required MosquittoProgram Program { get; init; }

    /// <summary>Folder of its configuration and its data; nobody else's.</summary>
    public required string Folder { get; init; }

    /// <summary>Addresses to listen on; each port is opened on each. An IPv6 address is left out where the machine has no IPv6.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>TCP port for plain MQTT; 0 takes any free one.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>TCP port for MQTT over TLS, or null for none; a taken one is replaced by a free one.</summary>
    public int? TlsPort { get; init; }

    /// <summary>From its start until it must take connections.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take to write its data and end before it is killed.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Wait before the first restart; each further one doubles it.</summary>
    public TimeSpan FirstRestart { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Longest wait before a restart.</summary>
    public TimeSpan LongestRestart { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After this time it counts as steady, and the waits start anew.</summary>
    public TimeSpan Steady { get; init; } = TimeSpan.FromMinutes(1);
}
