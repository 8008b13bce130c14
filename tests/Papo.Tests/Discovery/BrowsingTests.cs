// Owns: finding chats, and forgetting those that are gone (RFC 6762, sections 5, 7 and 10), on virtual time.
// Must never: need a network or wait for anything.
using System.Net;
using Papo.Client.Discovery;

namespace Papo.Tests.Discovery;

public sealed class BrowsingTests
{
    private static readonly DnsName Casa = ServiceNames.Papo.With("Casa");
    private static readonly DnsName Host = ServiceNames.Local.With("h");
    private readonly VirtualNetwork _network = new();

    private IEnumerable<Heard> Questions => _network.Log.Where(static heard => heard is { Who: "bia", Message.IsResponse: false });

    [Fact]
    public void A_chat_is_found_with_all_that_is_told_of_it()
    {
        _network.Announce("ana", "10.0.0.1", VirtualNetwork.Chat("ana-laptop") with { Title = "Casa", TlsPort = 8883, Rooms = 2, People = 3 });
        _network.Run(3);
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Run(0.3);

        var chat = Assert.Single(bia.Found);
        Assert.Equal((FoundKind.Chat, "Casa", "Casa", "ana-laptop", "chat", 2, 3), (chat.Kind, chat.Name, chat.Title, chat.Host, chat.Root, chat.Rooms, chat.People));
        Assert.Equal(["mqtt://10.0.0.1", "mqtts://10.0.0.1"], chat.Addresses.Select(static address => address.ToString()));
    }

    [Fact]
    public void A_chat_with_tls_only_is_reached_by_tls_only()
    {
        _network.Announce("ana", "10.0.0.1", VirtualNetwork.Chat("ana") with { Port = null, TlsPort = 8883 });
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Run(2);
        Assert.Equal(["mqtts://10.0.0.1"], Assert.Single(bia.Found).Addresses.Select(static address => address.ToString()));
    }

    [Fact]
    public void A_chat_that_begins_later_is_found_and_one_that_leaves_is_gone_a_second_later()
    {
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Run(60);
        Assert.Empty(bia.Found);
        _network.Announce("ana", "10.0.0.1");
        _network.Run(2);
        Assert.Single(bia.Found);
        _network.Close("ana");
        _network.Run(0.9);
        Assert.Single(bia.Found);
        _network.Run(0.2);
        Assert.Empty(bia.Found);
    }

    [Fact]
    public void A_chat_that_falls_silent_is_asked_for_four_times_and_then_forgotten()
    {
        _network.Announce("ana", "10.0.0.1");
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Run(3);
        _network.Cut("ana");
        var before = _network.Now;
        _network.Run(117);
        Assert.Single(bia.Found);
        _network.Run(3);
        Assert.Empty(bia.Found);
        Assert.Equal(4, Questions.Where(heard => heard.At > before).Count(static heard => heard.Message.Questions.Any(static question => question.Type == DnsType.Srv && question.Name.Equals(Casa))));
    }

    [Fact]
    public void A_chat_that_stays_is_never_lost()
    {
        _network.Announce("ana", "10.0.0.1");
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Run(3);
        for (var i = 0; i < 1_000; i++)
        {
            _network.Run(10);
            Assert.Single(bia.Found);
        }
    }

    [Fact]
    public void Questions_come_at_ever_longer_intervals_and_name_what_is_known()
    {
        _network.Announce("ana", "10.0.0.1");
        _network.Run(3);
        var start = _network.Now;
        _network.Browse("bia", "10.0.0.2");
        _network.Run(40);

        var asked = Questions.Where(static heard => heard.Message.Questions.Any(static question => question.Type == DnsType.Ptr)).ToList();
        Assert.Equal([20, 20, 1020, 3020, 7020, 15020, 31020], asked.Select(heard => (int)(heard.At - start).TotalMilliseconds));
        Assert.All(asked.Take(2), static heard => Assert.Empty(heard.Message.Answers));
        Assert.All(asked.Skip(2), static heard => Assert.Contains(heard.Message.Answers, static record => record.TryTarget(out var target) && target.Equals(Casa)));
        Assert.All(asked, static heard => Assert.DoesNotContain(heard.Message.Questions, static question => question.Unicast));
    }

    [Fact]
    public void A_chat_that_has_just_answered_somebody_else_is_found_at_once_all_the_same()
    {
        _network.Announce("ana", "10.0.0.1");
        _network.Run(5);
        _network.Tell(new DnsMessage { Questions = [new DnsQuestion(ServiceNames.Papo, DnsType.Ptr)] });
        _network.Run(0.1);
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Run(0.1);
        Assert.Single(bia.Found);

        // Its answer to bia alone held for ten seconds only; what was told to all since then holds longer.
        _network.Run(60);
        Assert.Single(bia.Found);
    }

    [Fact]
    public void A_new_address_replaces_the_old_one_after_a_second()
    {
        _network.Announce("ana", "10.0.0.1");
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Run(10);
        _network.Move("ana", "10.0.0.42");
        _network.Run(3);
        Assert.Equal(["mqtt://10.0.0.42"], Assert.Single(bia.Found).Addresses.Select(static address => address.ToString()));
    }

    [Fact]
    public void What_a_pointer_leads_to_is_asked_for_when_it_was_not_said()
    {
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Run(0.5);
        _network.Tell(Say(DnsRecord.Pointer(ServiceNames.Papo, Casa, 4500)));
        _network.Run(0.1);
        Assert.Equal([new DnsQuestion(Casa, DnsType.Srv), new DnsQuestion(Casa, DnsType.Txt)], Questions.Last().Message.Questions);
        _network.Tell(Say(DnsRecord.Service(Casa, Host, 1883, 120), DnsRecord.Text(Casa, ["v=1"], 4500)));
        _network.Run(0.1);
        Assert.Equal([new DnsQuestion(Host, DnsType.A), new DnsQuestion(Host, DnsType.Aaaa)], Questions.Last().Message.Questions);
        Assert.Empty(bia.Found);
        _network.Tell(Say(DnsRecord.Address(Host, IPAddress.Parse("10.0.0.7"), 120)));
        _network.Run(0.1);
        Assert.Single(bia.Found);
    }

    [Fact]
    public void The_broker_of_a_chat_is_not_shown_twice_and_other_brokers_come_after_chats()
    {
        var broker = ServiceNames.Mqtt.With("Aaa");
        _network.Announce("ana", "10.0.0.1");
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Run(2);
        _network.Tell(Say(DnsRecord.Pointer(ServiceNames.Mqtt, broker, 4500), DnsRecord.Service(broker, Host, 1884, 120), DnsRecord.Address(Host, IPAddress.Parse("10.0.0.7"), 120)));
        _network.Run(0.1);
        Assert.Equal([(FoundKind.Chat, "Casa"), (FoundKind.Broker, "Aaa")], bia.Found.Select(static found => (found.Kind, found.Name)));
        Assert.Equal("mqtt://10.0.0.7:1884", bia.Found[1].Addresses[0].ToString());
    }

    [Fact]
    public void Two_hubs_on_one_broker_are_one_place_to_join()
    {
        IReadOnlyList<IPAddress> broker = [IPAddress.Parse("10.0.0.50")];
        _network.Announce("ana", "10.0.0.1", VirtualNetwork.Chat("ana") with { Addresses = broker, IsElsewhere = true });
        _network.Announce("caio", "10.0.0.3", VirtualNetwork.Chat("caio") with { Addresses = broker, IsElsewhere = true });
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Run(10);
        Assert.Equal("mqtt://10.0.0.50", Assert.Single(bia.Found).Addresses[0].ToString());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.251")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("ff02::1")]
    public void An_address_that_cannot_be_meant_is_not_believed(string address)
    {
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Tell(Full(address));
        _network.Run(0.5);
        Assert.Empty(bia.Found);
    }

    [Fact]
    public void A_link_local_address_carries_its_interface_and_comes_last()
    {
        var bia = _network.Browse("bia", "10.0.0.2");
        _network.Tell(Full("fe80::5", "2001:db8::5", "10.0.0.7"));
        _network.Run(0.5);
        Assert.Equal(["mqtt://10.0.0.7", "mqtt://[2001:db8::5]", "mqtt://[fe80::5%1]"], Assert.Single(bia.Found).Addresses.Select(static address => address.ToString()));
    }

    [Fact]
    public void A_flood_of_names_is_bounded()
    {
        var bia = _network.Browse("bia", "10.0.0.2");
        for (var i = 0; i < 2_000; i++)
        {
            var name = ServiceNames.Mqtt.With($"flood {i}");
            _network.Tell(Say(DnsRecord.Pointer(ServiceNames.Mqtt, name, 4500), DnsRecord.Service(name, Host, 1883, 120), DnsRecord.Address(Host, IPAddress.Parse("10.0.0.7"), 120)));
            _network.Run(0.002);
        }

        Assert.InRange(bia.Found.Count, 1, 64);
    }

    [Fact]
    public void The_order_is_the_same_whoever_was_heard_first()
    {
        string[] names = ["caio", "Ana", "bia"];
        foreach (var name in names)
        {
            _network.Announce(name, $"10.0.0.{name.Length}{(int)name[0] % 10}", VirtualNetwork.Chat(name) with { Name = name });
        }

        var bia = _network.Browse("zoe", "10.0.0.2");
        _network.Run(3);
        Assert.Equal(["Ana", "bia", "caio"], bia.Found.Select(static chat => chat.Name));
    }

    private static DnsMessage Say(params DnsRecord[] records) => new() { IsResponse = true, Answers = records };

    private static DnsMessage Full(params string[] addresses) => Say(
        [
            DnsRecord.Pointer(ServiceNames.Papo, Casa, 4500),
            DnsRecord.Service(Casa, Host, 1883, 120),
            DnsRecord.Text(Casa, ["v=1"], 4500),
            .. addresses.Select(static address => DnsRecord.Address(Host, IPAddress.Parse(address), 120)),
        ]);
}
