// Owns: what a chat that this computer hosts, or keeps the past of, says of itself on the network.
// Must never: announce what only this computer can reach.
using System.Net;
using System.Net.Sockets;
using Papo.Client.Discovery;
using Papo.Client.Wire;

namespace Papo.Hosting;

/// <summary>Announcements of this computer.</summary>
internal static class OwnAnnouncement
{
    /// <summary>A broker on this computer, by the addresses it listens on; null when all of them are the loopback's: programs here look there anyway.</summary>
    public static Announcement? Of(IReadOnlyList<IPAddress> listening, int port, string title, string root)
    {
        var isEverywhere = listening.Any(static address => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        List<IPAddress> addresses = [.. listening.Where(address => !IPAddress.IsLoopback(address) && !isEverywhere)];
        return isEverywhere || addresses.Count > 0 ? Named(title, root) with { Port = port, Addresses = addresses } : null;
    }

    /// <summary>A broker that others run, as they reach it; null for one on this computer's loopback, one that has no address, and WebSocket.</summary>
    public static async Task<Announcement?> OfAsync(BrokerAddress outside, string title, string root, CancellationToken cancellation)
    {
        if (outside.IsWebSocket)
        {
            return null;
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(outside.Host, cancellation);
            return addresses.Length == 0 || addresses.Any(static address => IPAddress.IsLoopback(address) || address.IsIPv6LinkLocal) ? null : Named(title, root) with
            {
                Port = outside.IsSecure ? null : outside.Port,
                TlsPort = outside.IsSecure ? outside.Port : null,
                Addresses = addresses,
                IsElsewhere = true,
            };
        }
        catch (SocketException)
        {
            return null; // the connection will say what is wrong with the name
        }
    }

    private static Announcement Named(string title, string root)
    {
        var host = Environment.MachineName;
        return new Announcement { Name = title.Length > 0 ? title : $"papo on {host}", Title = title, Host = host, Root = root };
    }
}
