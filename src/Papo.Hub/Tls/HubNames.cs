// Owns: under which names and addresses others reach this computer, for its certificate.
// Must never: ask the network; only this computer is looked at.
using System.Net;
using System.Net.NetworkInformation;

namespace Papo.Hub;

/// <summary>Names and addresses a certificate must be for.</summary>
internal sealed record HubNames(IReadOnlySet<string> Hosts, IReadOnlySet<IPAddress> Addresses)
{
    private const int LongestHost = 63;

    /// <summary>Those of now, with the addresses the hub listens on.</summary>
    public static HubNames Find(IEnumerable<IPAddress> listening)
    {
        var host = Dns.GetHostName().ToLowerInvariant();
        var hosts = new HashSet<string>(StringComparer.Ordinal) { "localhost" };
        if (host.Length <= LongestHost && Uri.CheckHostName(host) == UriHostNameType.Dns)
        {
            hosts.Add(host);
            hosts.Add(host.Split('.')[0] + ".local");
        }

        var addresses = NetworkInterface.GetAllNetworkInterfaces()
            .Where(static card => card.OperationalStatus == OperationalStatus.Up)
            .SelectMany(static card => card.GetIPProperties().UnicastAddresses)
            .Select(static unicast => unicast.Address)
            .Concat(listening)
            .Concat([IPAddress.Loopback, IPAddress.IPv6Loopback])
            .Where(static address => !address.IsIPv6LinkLocal && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any));
        return new HubNames(hosts, addresses.ToHashSet());
    }

    /// <summary>Whether a certificate for <paramref name="other"/> serves all of these.</summary>
    public bool IsIn(HubNames other) => Hosts.IsSubsetOf(other.Hosts) && Addresses.IsSubsetOf(other.Addresses);
}
