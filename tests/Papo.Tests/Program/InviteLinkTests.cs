// Owns: how a link is written and read.
// Must never: need a broker.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Tests.Program;

public sealed class InviteLinkTests
{
    private const string Space = "aaaqeayeaudaocajbifqydiob4";
    private const string Key = "00000000000000000000000000000000000000000000000000000000000000ff";
    private static readonly Room Den = Cast.Take("~AAAAAAAAAAAAAAAAAAAAAA");

    public static TheoryData<string, string?> Brokers => new()
    {
        { "mqtt://192.168.1.42", null },
        { "mqtt://[fe80::1]:2883", null },
        { "mqtts://chat.example.org", Key },
        { "ws://chat.example.org:8080/mqtt", null },
        { "wss://chat.example.org/a/b?c=d", Key },
    };

    [Theory]
    [MemberData(nameof(Brokers))]
    public void A_link_reads_back_as_it_was_made(string broker, string? key)
    {
        Assert.True(BrokerAddress.TryParse(broker, out var address, out _));
        var token = LinkToken.Generate();
        foreach (var made in (InviteLink[])[
            new() { Broker = address, Space = Cast.Home, Room = Room.General, BrokerKey = key },
            new() { Broker = address, Space = Cast.Home, Room = Den, Root = "casa", BrokerKey = key, Account = Cast.Ana.Account, Token = token }])
        {
            Assert.True(InviteLink.TryParse(made.ToString(), out var read), made.ToString());
            Assert.Equal((made.Broker, made.Space, made.Room, made.Root, made.BrokerKey, made.Account, made.Token?.Id), (read.Broker, read.Space, read.Room, read.Root, read.BrokerKey, read.Account, read.Token?.Id));
            Assert.Equal(made.ToString(), read.ToString());
        }
    }

    [Fact]
    public void A_link_says_no_more_than_it_has_to_and_nothing_a_shell_takes_apart()
    {
        Assert.True(BrokerAddress.TryParse("mqtt://192.168.1.42", out var address, out _));
        var link = new InviteLink { Broker = address, Space = Cast.Home, Room = Room.General }.ToString();
        Assert.Equal($"papo://192.168.1.42/general/s={Space}", link);
        var full = new InviteLink { Broker = address, Space = Cast.Home, Room = Den, Root = "casa", BrokerKey = Key, Account = Cast.Ana.Account, Token = LinkToken.Generate() }.ToString();
        Assert.Matches("^[a-zA-Z0-9:/=~._-]+$", full);
    }

    [Fact]
    public void Parts_that_are_not_known_are_skipped()
    {
        Assert.True(InviteLink.TryParse($" papo://h/general/s={Space}/z=later/ ", out var link));
        Assert.Equal("mqtt://h", link.Broker.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("general")]
    [InlineData("mqtt://192.168.1.42")]
    [InlineData("papo://192.168.1.42")]
    [InlineData("papo://192.168.1.42/general")]
    [InlineData("papo://192.168.1.42/general/s=aaaq")]
    [InlineData("papo:///general/s=" + Space)]
    [InlineData("papo://ana@h/general/s=" + Space)]
    [InlineData("papo://h/Geral!/s=" + Space)]
    [InlineData("papo://h/general/s=" + Space + "/s=" + Space)]
    [InlineData("papo://h/general/s=" + Space + "/x")]
    [InlineData("papo://h/general/s=" + Space + "/v=http")]
    [InlineData("papo://h/general/s=" + Space + "/r=a+b")]
    [InlineData("papo://h/general/s=" + Space + "/k=abc")]
    [InlineData("papo://h/general/s=" + Space + "/t=abc/a=" + Space)]
    [InlineData("papo://h/general/s=" + Space + "/t=" + Space)]
    [InlineData("papo://h/~AAAAAAAAAAAAAAAAAAAAAA/s=" + Space)]
    public void What_is_no_whole_link_is_refused(string text) => Assert.False(InviteLink.TryParse(text, out _));
}
