// Owns: claiming names and answering for them (RFC 6762, sections 6 to 10), on virtual time.
// Must never: need a network or wait for anything.
using System.Net;
using Papo.Client.Discovery;

namespace Papo.Tests.Discovery;

public sealed class AnnouncingTests
{
    private static readonly DnsName Casa = ServiceNames.Papo.With("Casa");
    private static readonly DnsQuestion WhichChats = new(ServiceNames.Papo, DnsType.Ptr);
    private readonly VirtualNetwork _network = new();

    private IEnumerable<Heard> Answers => _network.Log.Where(static heard => heard.Message.IsResponse);

    [Fact]
    public void It_probes_three_times_and_then_announces_twice()
    {
        _network.Announce("ana", "10.0.0.1");
        _network.Run(10);

        Assert.Equal([0, 250, 500, 750, 1750], _network.Log.Select(static heard => (int)heard.At.TotalMilliseconds));
        Assert.All(_network.Log.Take(3), static heard => Assert.True(!heard.Message.IsResponse && heard.Message.Questions.All(static question => question is { Unicast: false, Type: DnsType.Any })));
        Assert.All(_network.Log.Take(3), static heard => Assert.All(heard.Message.Authorities, static record => Assert.False(record.Flush)));
        Assert.All(_network.Log.Skip(3), static heard => Assert.All(heard.Message.Answers, static record => Assert.Equal(record.Type != DnsType.Ptr, record.Flush)));
    }

    [Fact]
    public void Host_records_live_for_two_minutes_and_others_for_75()
    {
        _network.Announce("ana", "10.0.0.1");
        _network.Run(1);
        Assert.All(
            Answers.Last().Message.Answers,
            static record => Assert.Equal(record.Type is DnsType.A or DnsType.Srv ? 120u : 4500u, record.Ttl));
    }

    [Fact]
    public void Of_two_with_one_name_the_second_takes_a_number()
    {
        var ana = _network.Announce("ana", "10.0.0.1");
        _network.Run(3);
        var bia = _network.Announce("bia", "10.0.0.2");
        _network.Run(3);

        Assert.Equal(("Casa", "Casa (2)"), (ana.Names.Instance, bia.Names.Instance));
        Assert.True(ana.IsHeld && bia.IsHeld);
        var caio = _network.Announce("caio", "10.0.0.3");
        _network.Run(4);
        Assert.Equal("Casa (3)", caio.Names.Instance);
    }

    [Fact]
    public void Of_two_that_probe_at_once_exactly_one_keeps_the_name()
    {
        var ana = _network.Announce("ana", "10.0.0.1");
        var bia = _network.Announce("bia", "10.0.0.2");
        _network.Run(10);

        // Their host names differ, so the records of the instance do; the later ones win (section 8.2): papo-bia0 over papo-ana0.
        Assert.Equal(("Casa (2)", "Casa"), (ana.Names.Instance, bia.Names.Instance));
        Assert.True(ana.IsHeld && bia.IsHeld);
    }

    [Fact]
    public void A_long_name_makes_room_for_its_number()
    {
        var name = new string('x', 63);
        _network.Announce("ana", "10.0.0.1", VirtualNetwork.Chat("ana") with { Name = name });
        _network.Run(3);
        var bia = _network.Announce("bia", "10.0.0.2", VirtualNetwork.Chat("bia") with { Name = name });
        _network.Run(3);
        Assert.Equal(new string('x', 59) + " (2)", bia.Names.Instance);
    }

    [Fact]
    public void Who_claims_a_held_name_without_asking_makes_its_holder_probe_again()
    {
        var ana = Held();
        _network.Tell(Claim("10.0.0.99"));
        _network.Run(0.1);
        Assert.False(ana.IsHeld);
        _network.Run(3);

        // Nobody defended the other claim, so ana has it again.
        Assert.Equal((true, "Casa"), (ana.IsHeld, ana.Names.Instance));
    }

    [Fact]
    public void Fifteen_conflicts_within_ten_seconds_slow_the_search_for_a_name_down()
    {
        var ana = _network.Announce("ana", "10.0.0.1");
        for (var i = 1; i <= 15; i++)
        {
            _network.Run(0.1);
            _network.Tell(Claim("10.0.0.99", ana.Names.Instance));
        }

        _network.Run(0.1);
        var sent = _network.Log.Count;
        _network.Run(4.8);
        Assert.Equal(sent, _network.Log.Count);
        _network.Run(2);
        Assert.True(ana.IsHeld);
    }

    [Fact]
    public void A_conflict_about_the_host_changes_the_host_and_not_the_name()
    {
        var ana = _network.Announce("ana", "10.0.0.1");
        _network.Run(0.1);
        _network.Tell(new DnsMessage { IsResponse = true, Answers = [DnsRecord.Address(ServiceNames.Local.With("papo-ana0"), IPAddress.Parse("10.0.0.99"), 120)] });
        _network.Run(3);
        Assert.Equal(("Casa", "papo-ana1", true), (ana.Names.Instance, ana.Names.Host, ana.IsHeld));
    }

    [Fact]
    public void Two_links_into_one_network_are_no_conflict()
    {
        // The wired and the wireless address of one computer: each hears the other's records, in the answers of the same program.
        var ana = Held();
        ana.LinksAre(
            [
                new Link(VirtualNetwork.Id, false, [IPAddress.Parse("10.0.0.1")], [24]),
                new Link(VirtualNetwork.Id with { Interface = 2 }, false, [IPAddress.Parse("10.0.0.77")], [24]),
            ],
            _network.Now);
        _network.Run(3);
        _network.Tell(new DnsMessage { IsResponse = true, Answers = [DnsRecord.Address(ServiceNames.Local.With("papo-ana0"), IPAddress.Parse("10.0.0.77"), 120)] });
        _network.Run(1);
        Assert.Equal((true, "papo-ana0"), (ana.IsHeld, ana.Names.Host));
    }

    [Fact]
    public void It_takes_everything_back_when_it_ends()
    {
        Held();
        _network.Close("ana");
        var goodbye = _network.Log[^1].Message;
        Assert.Contains(DnsRecord.Pointer(ServiceNames.Papo, Casa, 0), goodbye.Answers);
        Assert.All(goodbye.Answers, static record => Assert.Equal(0u, record.Ttl));
    }

    [Fact]
    public void One_that_never_held_its_name_takes_nothing_back()
    {
        _network.Announce("ana", "10.0.0.1");
        _network.Run(0.3);
        _network.Close("ana");
        Assert.Empty(Answers);
    }

    [Fact]
    public void An_answer_brings_along_what_is_asked_next()
    {
        Held();
        _network.Tell(new DnsMessage { Questions = [WhichChats] });
        _network.Run(1);
        var answer = Answers.Last().Message;
        Assert.Equal([DnsRecord.Pointer(ServiceNames.Papo, Casa, 0)], answer.Answers);
        Assert.Equal([DnsType.Srv, DnsType.Txt, DnsType.A, DnsType.Nsec, DnsType.Nsec], answer.Additionals.Select(static record => record.Type));
    }

    [Fact]
    public void What_the_asker_knows_is_not_said_again()
    {
        Held();
        Ask(new DnsMessage { Questions = [WhichChats], Answers = [DnsRecord.Pointer(ServiceNames.Papo, Casa, 2250)] }, expected: 0);
        Ask(new DnsMessage { Questions = [WhichChats], Answers = [DnsRecord.Pointer(ServiceNames.Papo, Casa, 2249)] }, expected: 1);
    }

    [Fact]
    public void Known_answers_that_follow_a_long_question_count()
    {
        Held();
        _network.Tell(new DnsMessage { Questions = [WhichChats], Truncated = true });
        _network.Run(0.1);
        _network.Tell(new DnsMessage { Answers = [DnsRecord.Pointer(ServiceNames.Papo, Casa, 4500)] });
        var before = Answers.Count();
        _network.Run(2);
        Assert.Equal(before, Answers.Count());
    }

    [Fact]
    public void Known_answers_of_somebody_else_do_not_silence_it()
    {
        Held();
        _network.Tell(new DnsMessage { Questions = [WhichChats], Truncated = true });
        _network.Run(0.1);
        _network.Tell(new DnsMessage { Answers = [DnsRecord.Pointer(ServiceNames.Papo, Casa, 4500)] }, "10.0.0.98");
        var before = Answers.Count();
        _network.Run(2);
        Assert.Equal(before + 1, Answers.Count());
    }

    [Fact]
    public void A_record_is_told_to_all_at_most_once_a_second()
    {
        Held();
        for (var i = 0; i < 20; i++)
        {
            _network.Tell(new DnsMessage { Questions = [WhichChats] });
            _network.Run(0.1);
        }

        _network.Run(5);
        var times = Answers.Where(static heard => heard.Message.Answers.Any(static record => record.Type == DnsType.Ptr)).Select(static heard => heard.At.TotalSeconds).ToList();
        Assert.All(times.Zip(times.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= 1, $"{pair}"));
    }

    [Fact]
    public void Who_asks_for_an_answer_alone_gets_it_alone_when_all_have_heard_it()
    {
        Held();
        var asked = new DnsMessage { Questions = [WhichChats with { Unicast = true }] };
        _network.Tell(asked);
        _network.Run(0.2);
        Assert.Equal(IPEndPoint.Parse("10.0.0.99:5353"), Answers.Last().To);

        // A quarter of the time later not everybody can be expected to have heard it (section 5.4).
        _network.Run(4500 / 4);
        _network.Tell(asked);
        _network.Run(0.2);
        Assert.Null(Answers.Last().To);
    }

    [Fact]
    public void A_program_that_knows_only_unicast_gets_its_question_back_and_short_times()
    {
        Held();
        _network.Tell(new DnsMessage { Id = 77, Questions = [new DnsQuestion(Casa, DnsType.Srv)] }, port: 40_000);
        _network.Run(0.2);
        var answer = Answers.Last();
        Assert.Equal((77, IPEndPoint.Parse("10.0.0.99:40000")), (answer.Message.Id, answer.To));
        Assert.Equal([new DnsQuestion(Casa, DnsType.Srv)], answer.Message.Questions);
        Assert.All(answer.Message.Answers.Concat(answer.Message.Additionals), static record => Assert.True(record is { Flush: false, Ttl: <= 10 }));
    }

    [Fact]
    public void What_a_claimed_name_does_not_have_is_denied()
    {
        Held();
        Ask(new DnsMessage { Questions = [new DnsQuestion(ServiceNames.Local.With("papo-ana0"), DnsType.Aaaa)] }, expected: 1);
        Assert.Equal(DnsType.Nsec, Assert.Single(Answers.Last().Message.Answers).Type);
    }

    [Fact]
    public void A_probe_for_a_held_name_is_answered_at_once_even_right_after_an_answer()
    {
        Held();
        _network.Tell(new DnsMessage { Questions = [new DnsQuestion(Casa, DnsType.Any)] });
        _network.Run(0.3);
        var before = _network.Now;
        _network.Tell(new DnsMessage { Questions = [new DnsQuestion(Casa, DnsType.Any)], Authorities = [DnsRecord.Service(Casa, ServiceNames.Local.With("h"), 1, 120)] });
        _network.Run(0.3);
        Assert.InRange(Answers.Last().At - before, TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public void What_somebody_else_takes_back_in_its_name_is_said_again()
    {
        Held();
        var goodbye = DnsRecord.Service(Casa, ServiceNames.Local.With("papo-ana0"), 1883, 0);
        _network.Tell(new DnsMessage { IsResponse = true, Answers = [goodbye] });
        _network.Run(2);
        Assert.Contains(Answers.Last().Message.Answers, record => record.Equals(goodbye) && record.Ttl == 120);
    }

    [Fact]
    public void New_text_is_announced_twice_under_the_same_name()
    {
        var ana = Held();
        var before = _network.Log.Count;
        ana.Renew(VirtualNetwork.Chat("ana") with { People = 3 }, _network.Now);
        _network.Run(5);
        var said = _network.Log.Skip(before).ToList();
        Assert.Equal(2, said.Count);
        Assert.All(said, heard => Assert.Equal("3", heard.Message.Answers.First(record => record.Type == DnsType.Txt && record.Name.Equals(Casa)).Strings()["people"]));
    }

    [Fact]
    public void Its_own_old_text_that_still_travels_is_no_conflict()
    {
        var ana = Held();
        var old = _network.Log[^1].Message;
        ana.Renew(VirtualNetwork.Chat("ana") with { People = 3 }, _network.Now);
        _network.Tell(old, "10.0.0.1");
        _network.Run(0.1);
        Assert.True(ana.IsHeld);
    }

    [Fact]
    public void Another_address_is_claimed_and_announced_anew()
    {
        Held();
        _network.Move("ana", "10.0.0.42");
        _network.Run(3);
        Assert.Contains(Answers.Last().Message.Answers, static record => record.TryAddress(out var address) && address.ToString() == "10.0.0.42");
    }

    [Fact]
    public void A_chat_that_a_link_does_not_reach_is_silent_there()
    {
        _network.Announce("ana", "10.0.0.1", VirtualNetwork.Chat("ana") with { Addresses = [IPAddress.Parse("192.168.9.9")] });
        _network.Tell(new DnsMessage { Questions = [WhichChats] });
        _network.Run(5);
        Assert.Equal("stranger", Assert.Single(_network.Log).Who);
    }

    private static DnsMessage Claim(string address, string instance = "Casa") => new()
    {
        IsResponse = true,
        Answers = [DnsRecord.Service(ServiceNames.Papo.With(instance), ServiceNames.Local.With($"h-{address}"), 1, 120)],
    };

    private Announcing Held()
    {
        var ana = _network.Announce("ana", "10.0.0.1");
        _network.Run(5);
        Assert.True(ana.IsHeld);
        return ana;
    }

    private void Ask(DnsMessage question, int expected)
    {
        var before = Answers.Count();
        _network.Tell(question);
        _network.Run(3);
        Assert.Equal(expected, Answers.Count() - before);
    }
}
