// Owns: the addresses under which others on the network reach this computer.
// Must never: name an address that only this computer can use.
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Papo.Hosting;

/// <summary>Addresses of this computer on its networks.</summary>
internal static class LanAddresses
{
    /// <summary>IPv4 addresses, those of networks with a way out first: they are the ones other people share.</summary>
    public static IReadOnlyList<IPAddress> Find() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(static card => card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .Select(static card => card.GetIPProperties())
            .OrderByDescending(static card => card.GatewayAddresses.Count > 0)
            .SelectMany(static card => card.UnicastAddresses)
            .Select(static address => address.Address)
            .Where(static address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address) && !IsLinkLocal(address))
            .Distinct(),
    ];

    private static bool IsLinkLocal(IPAddress address) => address.GetAddressBytes() is [169, 254, ..];
}
