// Owns: being found on a real network: real programs on computers of their own, beside Avahi.
// Must never: depend on what else is announced where the tests run.
using System.Globalization;
using System.Text.RegularExpressions;
using Papo.Tests.World;

namespace Papo.Tests.Discovery;

/// <summary>A chat has two seconds to be found: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(NeighbourhoodTests), DisableParallelization = true)]
public sealed class Undisturbed;

[Collection(nameof(NeighbourhoodTests))]
public sealed class NeighbourhoodTests
{
    private const string DeadService =
        """
        <?xml version="1.0" standalone='no'?><!DOCTYPE service-group SYSTEM "avahi-service.dtd">
        <service-group><name>Aaa</name><service><type>_mqtt._tcp</type><port>1999</port></service></service-group>
        """;

    private const string MosquittoService =
        """
        <?xml version="1.0" standalone='no'?><!DOCTYPE service-group SYSTEM "avahi-service.dtd">
        <service-group><name>Mosquitto da oficina</name><service><type>_mqtt._tcp</type><port>1883</port></service></service-group>
        """;

    [Fact]
    public async Task Three_computers_talk_without_an_address()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        await world.HubAsync("ana", "--bind", "0.0.0.0");
        await world.RunAsync("bia", "send", "general", "oi da bia");
        var caio = await world.RunAsync("caio", "tail", "--no-follow");
        Assert.Contains(caio.Out, static line => line.EndsWith("<bia> oi da bia", StringComparison.Ordinal));
        Assert.Equal("", caio.Error.Trim());
    }

    [Fact]
    public async Task They_talk_where_there_is_only_ipv6_and_only_its_link_local_addresses()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync(ipv4: false);
        await world.HubAsync("ana", "--bind", "0.0.0.0");
        await world.RunAsync("bia", "send", "general", "oi da bia");
        var caio = await world.RunAsync("caio", "tail", "--no-follow");
        Assert.Contains(caio.Out, static line => line.EndsWith("<bia> oi da bia", StringComparison.Ordinal));
    }

    [Fact]
    public async Task They_talk_where_avahi_runs_on_the_same_computers()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        var hub = world.StartBesideAvahi("ana", "hub", "--bind", "0.0.0.0");
        await Eventually.IsAsync(() => hub.Error.Contains("The hub is up", StringComparison.Ordinal), () => hub.Error);
        var bia = world.StartBesideAvahi("bia", "send", "general", "oi da bia");
        Assert.True(await bia.EndAsync() == 0, bia.Error);
        var caio = await world.RunAsync("caio", "tail", "--no-follow");
        Assert.Contains(caio.Out, static line => line.EndsWith("<bia> oi da bia", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Avahi_reads_the_announcement_and_sees_it_go()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        var hub = await world.HubAsync("ana", "--bind", "0.0.0.0", "--title", "Casa");
        var chats = world.AvahiBrowse("bia", "-r", "-p", "_papo._tcp");
        var brokers = world.AvahiBrowse("caio", "-r", "-p", "_mqtt._tcp");
        string host = Regex.Escape(Environment.MachineName);
        await UntilLineAsync(chats, $"^=;e0;IPv4;Casa;_papo\\._tcp;local;papo-[a-z2-7]+\\.local;10\\.77\\.0\\.1;1883;.*\"host={host}\".*\"title=Casa\".*\"v=1\"");
        await UntilLineAsync(chats, "^=;e0;IPv6;Casa;_papo\\._tcp;local;papo-[a-z2-7]+\\.local;");
        await UntilLineAsync(brokers, "^=;e0;IPv4;Casa;_mqtt\\._tcp;local;papo-[a-z2-7]+\\.local;10\\.77\\.0\\.1;1883;");
        await hub.TerminateAsync();
        await UntilLineAsync(chats, "^-;e0;IPv4;Casa;_papo\\._tcp;local");
        await UntilLineAsync(brokers, "^-;e0;IPv4;Casa;_mqtt\\._tcp;local");
    }

    [Fact]
    public async Task A_mosquitto_that_avahi_announces_is_found()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        await world.MosquittoByAvahiAsync("caio", MosquittoService);
        await world.RunAsync("ana", "send", "general", "oi da ana");
    }

    [Fact]
    public async Task A_hub_beside_an_outside_broker_announces_that_broker()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        await world.MosquittoAsync("caio");
        await world.HubAsync("ana", "--broker", "mqtt://10.77.0.3", "--title", "Casa");
        await UntilLineAsync(world.AvahiBrowse("bia", "-r", "-p", "_papo._tcp"), "^=;e0;IPv4;Casa;_papo\\._tcp;local;papo-[a-z2-7]+\\.local;10\\.77\\.0\\.3;1883;");
        await world.RunAsync("bia", "send", "general", "oi da bia");
    }

    [Fact]
    public async Task A_hub_whose_cable_is_plugged_in_later_is_found_then()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        await world.PlugAsync("ana", isIn: false);
        await world.HubAsync("ana", "--bind", "0.0.0.0", "--title", "Casa");
        var names = world.AvahiBrowse("bia", "-p", "_papo._tcp");
        await world.PlugAsync("ana", isIn: true);
        await UntilLineAsync(names, "^\\+;e0;IPv4;Casa;");
        await world.RunAsync("bia", "send", "general", "oi da bia");
    }

    [Fact]
    public async Task A_broker_that_is_announced_and_does_not_answer_is_named_and_passed_over()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        await world.MosquittoByAvahiAsync("caio", DeadService, MosquittoService);
        var ana = await world.RunAsync("ana", "send", "general", "oi da ana");
        Assert.Contains("Aaa", ana.Error, StringComparison.Ordinal);
        Assert.Contains("does not answer", ana.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_comes_before_a_broker_that_nobody_knows()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        await world.MosquittoByAvahiAsync("caio", MosquittoService);
        await world.HubAsync("ana", "--bind", "0.0.0.0", "--title", "Casa");
        await world.RunAsync("bia", "send", "general", "oi da bia");
        var tail = await world.RunAsync("caio", "tail", "--no-follow", "--broker", "mqtt://10.77.0.1");
        Assert.Contains(tail.Out, static line => line.EndsWith("<bia> oi da bia", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_hubs_with_one_title_the_second_is_numbered_and_a_script_is_told_which_it_took()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        await world.HubAsync("ana", "--bind", "0.0.0.0", "--title", "Casa");
        var names = world.AvahiBrowse("caio", "-p", "_papo._tcp");
        await UntilLineAsync(names, "^\\+;e0;IPv4;Casa;");
        await world.HubAsync("bia", "--bind", "0.0.0.0", "--title", "Casa");
        await UntilLineAsync(names, "^\\+;e0;IPv4;Casa\\\\032\\\\0402\\\\041;");
        var send = await world.RunAsync("caio", "send", "general", "oi do caio");
        Assert.Contains("Found Casa on ", send.Error, StringComparison.Ordinal);
        Assert.Contains("(10.77.0.1) and 1 other chat;", send.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_picks_one_of_several_chats()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        await world.HubAsync("ana", "--bind", "0.0.0.0", "--title", "Casa");
        await world.HubAsync("bia", "--bind", "0.0.0.0", "--title", "Rede");
        var names = world.AvahiBrowse("ana", "-p", "_papo._tcp");
        await UntilLineAsync(names, "^\\+;e0;IPv4;Casa;");
        await UntilLineAsync(names, "^\\+;e0;IPv4;Rede;");
        var (shown, keys) = world.Sit("caio");
        await UntilLineAsync(shown, "  2  Rede on .* \\(10\\.77\\.0\\.2\\)");
        await keys.WriteAsync("2\n");
        await keys.FlushAsync(TestContext.Current.CancellationToken);
        await UntilLineAsync(shown, "Found Rede on .* \\(10\\.77\\.0\\.2");
        await UntilLineAsync(shown, "#general · 1 here");
    }

    [Fact]
    public async Task Who_says_yes_to_hosting_joins_when_somebody_else_was_first()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        var (bia, keys) = world.Sit("bia");
        var (caio, others) = world.Sit("caio");
        await UntilLineAsync(caio, "Looking for a chat on this network…");
        await others.WriteAsync("\n");
        await others.FlushAsync(TestContext.Current.CancellationToken);
        await UntilLineAsync(caio, "#general · 1 here");
        await UntilLineAsync(world.AvahiBrowse("ana", "-p", "_papo._tcp"), "^\\+;e0;IPv4;papo");
        await UntilLineAsync(bia, "Looking for a chat on this network…");
        await keys.WriteAsync("\n");
        await keys.FlushAsync(TestContext.Current.CancellationToken);
        await UntilLineAsync(bia, "Found Papo on .* \\(10\\.77\\.0\\.3");
        await UntilLineAsync(caio, "bia is here");
    }

    [Fact]
    public async Task A_hub_for_its_own_computer_is_not_announced_and_not_found()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        await world.HubAsync("ana");
        await world.RunAsync("ana", "who");
        var bia = world.Start("bia", "who");
        Assert.Equal(ExitCode.Unreachable, await bia.EndAsync());
        Assert.Contains("nobody hosts on this computer or on this network", bia.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_network_it_ends_in_words()
    {
        await using var world = await NeighbourhoodWorld.MakeAsync();
        await world.PlugAsync("bia", isIn: false);
        var bia = world.Start("bia", "who");
        Assert.Equal(ExitCode.Unreachable, await bia.EndAsync());
        Assert.Contains("No chat found", bia.Error, StringComparison.Ordinal);
    }

    private static Task UntilLineAsync(Func<string> printed, string pattern) => Eventually.IsAsync(
        () => Regex.IsMatch(printed(), pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant),
        () => string.Create(CultureInfo.InvariantCulture, $"no line like {pattern} in:\n{printed()}"));
}
