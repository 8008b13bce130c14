// Owns: one way of this computer to others nearby: a network interface and a family of addresses.
// Must never: speak of an address that is not this computer's on that interface.
using System.Net;
using System.Net.Sockets;

namespace Papo.Client.Discovery;

/// <summary>Which link: multicast DNS over IPv4 and over IPv6 are two links even on one interface (RFC 6762, section 20).</summary>
internal readonly record struct LinkId(int Interface, AddressFamily Family);

/// <summary>A link and the addresses of this computer on its interface, of both families.</summary>
/// <param name="Id">Which.</param>
/// <param name="IsLoopback">Whether it leads to this computer only.</param>
/// <param name="Addresses">This computer's; the scope of link-local ones is the interface.</param>
/// <param name="PrefixLengths">Of each address: how many leading bits its neighbours share with it.</param>
internal sealed record Link(LinkId Id, bool IsLoopback, IReadOnlyList<IPAddress> Addresses, IReadOnlyList<int> PrefixLengths)
{
    /// <summary>Whether an address belongs to a network of this link.</summary>
    public bool IsNeighbour(IPAddress address) =>
        Addresses.Zip(PrefixLengths).Any(own => SharesPrefix(own.First.GetAddressBytes(), address.GetAddressBytes(), own.Second));

    /// <summary>Equal when nothing has changed there.</summary>
    public bool Equals(Link? other) => other is not null && Id == other.Id && IsLoopback == other.IsLoopback && Addresses.SequenceEqual(other.Addresses);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();

    private static bool SharesPrefix(byte[] left, byte[] right, int bits)
    {
        var (whole, rest) = Math.DivRem(bits, 8);
        return left.Length == right.Length
            && left.AsSpan(0, whole).SequenceEqual(right.AsSpan(0, whole))
            && (rest == 0 || (left[whole] ^ right[whole]) >> (8 - rest) == 0);
    }
}

/// <summary>A message that arrived.</summary>
/// <param name="Link">Where.</param>
/// <param name="From">From whom.</param>
/// <param name="Message">What.</param>
internal sealed record Arrived(LinkId Link, IPEndPoint From, DnsMessage Message);

/// <summary>Sends a message on a link: to all there, or to one.</summary>
internal delegate void Send(LinkId link, DnsMessage message, IPEndPoint? to);

/// <summary>Picks a time in a range; injected, so that a test knows it.</summary>
internal delegate TimeSpan Pick(TimeSpan from, TimeSpan to);
