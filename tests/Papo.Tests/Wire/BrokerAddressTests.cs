// Owns the ways a person may write a broker's address.
using Papo.Client.Wire;

namespace Papo.Tests.Wire;

public sealed class BrokerAddressTests
{
    [Theory]
    [InlineData("localhost", "mqtt://localhost")]
    [InlineData("  Example.ORG:1884 ", "mqtt://example.org:1884")]
    [InlineData("mqtt://example.org:1883", "mqtt://example.org")]
    [InlineData("MQTTS://example.org", "mqtts://example.org")]
    [InlineData("mqtts://example.org:8883/", "mqtts://example.org")]
    [InlineData("ws://example.org", "ws://example.org")]
    [InlineData("ws://example.org/mqtt", "ws://example.org")]
    [InlineData("wss://example.org:443/chat?x=1", "wss://example.org/chat?x=1")]
    [InlineData("mqtt://ana@example.org", "mqtt://example.org")]
    [InlineData("[::1]", "mqtt://[::1]")]
    [InlineData("mqtts://[FE80::1]:1883", "mqtts://[fe80::1]:1883")]
    [InlineData("192.168.1.42", "mqtt://192.168.1.42")]
    public void An_address_has_one_canonical_form(string text, string canonical)
    {
        Assert.True(BrokerAddress.TryParse(text, out var address, out _));
        Assert.Equal(canonical, address.ToString());
        Assert.True(BrokerAddress.TryParse(canonical, out var again, out _));
        Assert.Equal(canonical, again.ToString());
    }

    [Theory]
    [InlineData(null, "address-empty")]
    [InlineData("  ", "address-empty")]
    [InlineData("http://example.org", "address-scheme")]
    [InlineData("mqtt://", "address-host")]
    [InlineData("a b", "address-host")]
    [InlineData("mqtt://[::1", "address-host")]
    [InlineData("mqtt://[127.0.0.1]", "address-host")]
    [InlineData("::1", "address-host")]
    [InlineData("host:0", "address-port")]
    [InlineData("host:65536", "address-port")]
    [InlineData("host:+1", "address-port")]
    [InlineData("host:", "address-port")]
    [InlineData("mqtt://host/path", "address-path")]
    [InlineData("ws://host/p#f", "address-path")]
    [InlineData("mqtt://ana:secret@host", "address-password")]
    public void What_is_no_address_is_named(string? text, string problem)
    {
        Assert.False(BrokerAddress.TryParse(text, out var address, out var code));
        Assert.Null(address);
        Assert.Equal(problem, code);
    }

    [Fact]
    public void The_user_is_kept_but_never_part_of_the_text()
    {
        Assert.True(BrokerAddress.TryParse("wss://ana%40home@example.org", out var address, out _));
        Assert.Equal("ana@home", address.User);
        Assert.DoesNotContain("ana", address.ToString(), StringComparison.Ordinal);
    }
}
