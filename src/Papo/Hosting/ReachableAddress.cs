// Owns: the address of a broker that others can use: "localhost" leads everybody to his own computer.
// Must never: name an address at which nothing answers.
using System.Net;
using Papo.Client.Wire;
using Papo.Commands;

namespace Papo.Hosting;

/// <summary>Addresses for other people.</summary>
internal static class ReachableAddress
{
    /// <summary>The same broker as others on the network reach it; as it is where it is not this computer's, and null where only this computer reaches it.</summary>
    public static async Task<BrokerAddress?> FindAsync(BrokerAddress broker, CancellationToken cancellation)
    {
        if (!IsThisComputer(broker.Host))
        {
            return broker;
        }

        foreach (var address in LanAddresses.Find())
        {
            if (await BrokerFinder.ListensAsync(broker.On(address), cancellation))
            {
                return broker.On(address);
            }
        }

        return null;
    }

    private static bool IsThisComputer(string host) => host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
