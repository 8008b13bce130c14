// Owns: how a hub reaches a broker on its own machine.
// Must never: leave the machine.
using System.Net;
using Papo.Client.Wire;

namespace Papo.Hub;

internal static class HubAddress
{
    /// <summary>The plain address of a listener, by loopback where it listens there.</summary>
    public static BrokerAddress Of(IReadOnlyList<IPAddress> addresses, int port)
    {
        var bound = addresses.FirstOrDefault(IPAddress.IsLoopback) ?? addresses[0];
        var host = bound.Equals(IPAddress.Any) ? "127.0.0.1" : bound.Equals(IPAddress.IPv6Any) ? "::1" : bound.ToString();
        var url = host.Contains(':') ? $"mqtt://[{host}]:{port}" : $"mqtt://{host}:{port}";
        return BrokerAddress.TryParse(url, out var address, out _) ? address : throw new InvalidOperationException($"{url} is no address");
    }
}
