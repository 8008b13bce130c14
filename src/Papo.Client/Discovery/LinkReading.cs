// Owns: which links this computer has now.
// Must never: name an interface that leads to one other computer only: a tunnel is nobody's neighbourhood.
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Papo.Client.Discovery;

/// <summary>Reads the interfaces of the system.</summary>
internal static class LinkReading
{
    // A computer with hundreds of virtual networks is not asked to speak on all of them.
    private const int MaxInterfaces = 32;

    /// <summary>The links of every interface that is up; the loopback too, for programs on one computer.</summary>
    public static IReadOnlyList<Link> Read() => Of(NetworkInterface.GetAllNetworkInterfaces);

    /// <summary>The links of such interfaces.</summary>
    internal static IReadOnlyList<Link> Of(Func<IEnumerable<NetworkInterface>> networks)
    {
        try
        {
            return [.. networks().Where(IsUsable).OrderBy(IsVirtual).Take(MaxInterfaces).SelectMany(Links).DistinctBy(static link => link.Id)];
        }
        catch (NetworkInformationException)
        {
            return []; // the system changes them just now; the next event reads again
        }
    }

    private static bool IsUsable(NetworkInterface network) => network.NetworkInterfaceType switch
    {
        NetworkInterfaceType.Loopback => true,
        NetworkInterfaceType.Tunnel or NetworkInterfaceType.Ppp => false,
        _ => network.SupportsMulticast && network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown,
    };

    // What a router is reached through comes before bridges of virtual machines.
    private static bool IsVirtual(NetworkInterface network) => network.GetIPProperties().GatewayAddresses.Count == 0;

    private static IEnumerable<Link> Links(NetworkInterface network)
    {
        var properties = network.GetIPProperties();
        var isLoopback = network.NetworkInterfaceType == NetworkInterfaceType.Loopback;
        var unicast = properties.UnicastAddresses.DistinctBy(static own => own.Address).OrderBy(static own => own.Address.ToString(), StringComparer.Ordinal).ToList();
        List<IPAddress> addresses = [.. unicast.Select(static own => own.Address)];
        List<int> lengths = [.. unicast.Select(static own => own.PrefixLength)];
        if (addresses.Any(static address => address.AddressFamily == AddressFamily.InterNetwork) && Index(() => properties.GetIPv4Properties().Index) is { } four)
        {
            yield return new Link(new LinkId(four, AddressFamily.InterNetwork), isLoopback, addresses, lengths);
        }

        if (addresses.Any(static address => address.AddressFamily == AddressFamily.InterNetworkV6) && Index(() => properties.GetIPv6Properties().Index) is { } six)
        {
            yield return new Link(new LinkId(six, AddressFamily.InterNetworkV6), isLoopback, addresses, lengths);
        }
    }

    // Windows has an index for each family; 0 and an error both say that this interface has none of that family. The others are as good as before.
    private static int? Index(Func<int> read)
    {
        try
        {
            return read() is > 0 and var index ? index : null;
        }
        catch (NetworkInformationException)
        {
            return null;
        }
    }
}
