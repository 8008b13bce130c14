// Owns: the broker that this process brings along when nobody hosts; the one place where the program meets the hub's broker.
// Must never: open to the network without the consent of whoever sits at the terminal.
using System.Net;
using System.Net.Sockets;
using Papo.Hub;

namespace Papo.Hosting;

/// <summary>Whom a hosted chat is for.</summary>
internal enum HostScope
{
    /// <summary>Programs on this computer.</summary>
    ThisComputer,

    /// <summary>Everyone on the network.</summary>
    Network,
}

/// <summary>Hosting failed.</summary>
internal sealed class HostingException(int? takenPort, string detail, Exception cause) : Exception(detail, cause)
{
    /// <summary>The port that is taken, when that is the reason.</summary>
    public int? TakenPort { get; } = takenPort;
}

/// <summary>The broker of this process.</summary>
internal sealed class HostedBroker : IAsyncDisposable
{
    /// <summary>The port of MQTT.</summary>
    public const int Port = 1883;

    private readonly EmbeddedBroker _broker;

    private HostedBroker(EmbeddedBroker broker, HostScope scope) => (_broker, Scope) = (broker, scope);

    /// <summary>Whom it is for.</summary>
    public HostScope Scope { get; }

    /// <summary>Starts; when it returns, clients can connect.</summary>
    /// <exception cref="HostingException">A port is taken, or an address cannot be listened on.</exception>
    public static async Task<HostedBroker> StartAsync(HostScope scope, CancellationToken cancellation)
    {
        var options = new EmbeddedBrokerOptions
        {
            Addresses = scope == HostScope.Network ? [IPAddress.Any, IPAddress.IPv6Any] : [IPAddress.Loopback, IPAddress.IPv6Loopback],
            Port = Port,
        };
        try
        {
            return new HostedBroker(await EmbeddedBroker.StartAsync(options, cancellation), scope);
        }
        catch (BrokerPortTakenException taken)
        {
            throw new HostingException(Port, taken.Message, taken);
        }
        catch (SocketException refused)
        {
            throw new HostingException(null, refused.Message, refused);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _broker.DisposeAsync();
}
