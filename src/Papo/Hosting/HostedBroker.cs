// Owns: the hub that this process brings along when nobody hosts: a broker, and a memory for whoever comes later.
// Must never: open to the network without the consent of whoever sits at the terminal.
using System.Net;
using System.Net.Sockets;
using Papo.Client;
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

    private readonly HubNode _hub;
    private readonly Task _reading;

    private HostedBroker(HubNode hub, HostScope scope)
    {
        (_hub, Scope) = (hub, scope);
        _reading = ReadAsync();
    }

    /// <summary>Whom it is for.</summary>
    public HostScope Scope { get; }

    /// <summary>Starts; when it returns, clients can connect.</summary>
    /// <exception cref="HostingException">A port is taken, or an address cannot be listened on.</exception>
    /// <exception cref="ProfileException">The hub's folder cannot be used.</exception>
    public static async Task<HostedBroker> StartAsync(HostScope scope, HubOptions options, CancellationToken cancellation)
    {
        var broker = new EmbeddedBrokerOptions
        {
            Addresses = scope == HostScope.Network ? [IPAddress.Any, IPAddress.IPv6Any] : [IPAddress.Loopback, IPAddress.IPv6Loopback],
            Port = Port,
        };
        var announcement = OwnAnnouncement.Of(broker.Addresses, Port, options.Title, options.Root);
        try
        {
            return new HostedBroker(await HubNode.StartAsync(options with { Broker = new BrokerPlan.Embedded(broker), Announcement = announcement }, cancellation), scope);
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
    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _reading;
    }

    // Nobody looks at a hub inside a chat: what it would say the chat's own client says.
    private async Task ReadAsync()
    {
        while (await _hub.Changes.WaitToReadAsync())
        {
            _hub.Changes.TryRead(out _);
        }
    }
}
