// Owns: which links are read from interfaces as other systems describe them.
// Must never: depend on the interfaces of this computer.
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Papo.Client.Discovery;

namespace Papo.Tests.Discovery;

public sealed class LinkReadingTests
{
    [Fact]
    public void An_interface_without_an_index_of_a_family_has_no_link_of_it_and_costs_the_others_nothing()
    {
        var links = LinkReading.Of(static () =>
        [
            new FakeNetwork(4, () => 0),
            new FakeNetwork(5, () => 0),
            new FakeNetwork(6, static () => throw new NetworkInformationException()),
            new FakeNetwork(7, () => 7),
        ]);
        Assert.Equal(
            [new LinkId(4, AddressFamily.InterNetwork), new LinkId(5, AddressFamily.InterNetwork), new LinkId(6, AddressFamily.InterNetwork), new LinkId(7, AddressFamily.InterNetwork), new LinkId(7, AddressFamily.InterNetworkV6)],
            links.Select(static link => link.Id));
    }

    [Fact]
    public void Two_interfaces_of_one_index_are_one_link()
    {
        var links = LinkReading.Of(static () => [new FakeNetwork(4, () => 4), new FakeNetwork(4, () => 4)]);
        Assert.Equal(2, links.Count);
        using var port = MulticastPort.TryOpen(AddressFamily.InterNetwork, 0);
        port!.Join(links);
    }

    private sealed class FakeNetwork(int four, Func<int> six) : NetworkInterface
    {
        public override NetworkInterfaceType NetworkInterfaceType => NetworkInterfaceType.Ethernet;

        public override OperationalStatus OperationalStatus => OperationalStatus.Up;

        public override bool SupportsMulticast => true;

        public override IPInterfaceProperties GetIPProperties() => new Properties(four, six);
    }

    private sealed class Properties(int four, Func<int> six) : IPInterfaceProperties
    {
        public override UnicastIPAddressInformationCollection UnicastAddresses => new Addresses();

        public override bool IsDnsEnabled => false;

        public override string DnsSuffix => "";

        public override bool IsDynamicDnsEnabled => false;

        public override MulticastIPAddressInformationCollection MulticastAddresses => throw new NotSupportedException();

        public override IPAddressInformationCollection AnycastAddresses => throw new NotSupportedException();

        public override IPAddressCollection DnsAddresses => throw new NotSupportedException();

        public override GatewayIPAddressInformationCollection GatewayAddresses => new Gateways();

        public override IPAddressCollection DhcpServerAddresses => throw new NotSupportedException();

        public override IPAddressCollection WinsServersAddresses => throw new NotSupportedException();

        public override IPv4InterfaceProperties GetIPv4Properties() => new Four(four);

        public override IPv6InterfaceProperties GetIPv6Properties() => new Six(six());
    }

    private sealed class Gateways : GatewayIPAddressInformationCollection
    {
        public override int Count => 0;
    }

    private sealed class Addresses : UnicastIPAddressInformationCollection
    {
        private readonly List<UnicastIPAddressInformation> _all = [new Own("192.0.2.2", 24), new Own("fd00::2", 64)];

        public override IEnumerator<UnicastIPAddressInformation> GetEnumerator() => _all.GetEnumerator();
    }

    private sealed class Own(string address, int length) : UnicastIPAddressInformation
    {
        public override IPAddress Address => IPAddress.Parse(address);

        public override int PrefixLength => length;

        public override IPAddress IPv4Mask => throw new NotSupportedException();

        public override bool IsDnsEligible => true;

        public override bool IsTransient => false;

        public override long AddressPreferredLifetime => 0;

        public override long AddressValidLifetime => 0;

        public override long DhcpLeaseLifetime => 0;

        public override PrefixOrigin PrefixOrigin => PrefixOrigin.Manual;

        public override SuffixOrigin SuffixOrigin => SuffixOrigin.Manual;

        public override DuplicateAddressDetectionState DuplicateAddressDetectionState => DuplicateAddressDetectionState.Preferred;
    }

    private sealed class Four(int index) : IPv4InterfaceProperties
    {
        public override int Index => index;

        public override int Mtu => 1500;

        public override bool UsesWins => false;

        public override bool IsDhcpEnabled => false;

        public override bool IsAutomaticPrivateAddressingActive => false;

        public override bool IsAutomaticPrivateAddressingEnabled => false;

        public override bool IsForwardingEnabled => false;
    }

    private sealed class Six(int index) : IPv6InterfaceProperties
    {
        public override int Index => index;

        public override int Mtu => 1500;
    }
}
