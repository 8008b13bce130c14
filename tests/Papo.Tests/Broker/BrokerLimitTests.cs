// Owns: the bounds an operator relies on: connections, sessions, subscriptions, waiting and retained messages, and that they let go.
// Must never: test what happens within the bounds; see BrokerChatTests.
using Microsoft.Extensions.Time.Testing;
using MQTTnet;
using MQTTnet.Formatter;

namespace Papo.Tests.Broker;

public sealed class BrokerLimitTests
{
    [Fact]
    public async Task One_connection_too_many_is_refused_until_another_leaves()
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { MaxConnections = 2 });
        await world.ConnectAsync("ana");
        var bia = await world.ConnectAsync("bia");
        using var raw = await RawConnection.OpenAsync(world.Broker.Port);
        Assert.Empty(await raw.ReadAsync());
        Assert.Equal(1, world.Broker.Figures.RefusedConnections);
        await bia.LeaveAsync();
        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.Connections == 1, "the leave");
        await world.ConnectAsync("caio");
        Assert.Equal(2, world.Broker.ConnectedClients);
    }

    [Fact]
    public async Task One_address_holds_only_so_many_connections_before_CONNECT()
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { MaxConnectingPerAddress = 3, ConnectTimeout = TimeSpan.FromMinutes(1) });
        await world.ConnectAsync("ana");
        var idle = new List<RawConnection>();
        for (var i = 0; i < 3; i++)
        {
            idle.Add(await RawConnection.OpenAsync(world.Broker.Port));
        }

        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.Connections == 4, "three idle connections");
        using var tooMany = await RawConnection.OpenAsync(world.Broker.Port);
        Assert.Empty(await tooMany.ReadAsync());
        idle.ForEach(i => i.Dispose());
        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.Connections == 1, "their leave");
        await world.ConnectAsync("bia");
    }

    [Fact]
    public async Task A_session_too_many_is_refused_as_busy_and_room_comes_back_when_one_expires()
    {
        var time = new FakeTimeProvider();
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { MaxSessions = 1, Time = time });
        var ana = await world.ConnectAsync("ana", BrokerChatTests.Persistent(60));
        await ana.LeaveAsync();
        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.AwaySessions == 1, "the leave");
        var refused = await world.ConnectAsync("bia");
        Assert.Equal(MqttClientConnectResultCode.ServerBusy, refused.Welcome.ResultCode);
        time.Advance(TimeSpan.FromSeconds(61));
        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.AwaySessions == 0, "the sweep");
        await world.ConnectAsync("bia");
    }

    [Fact]
    public async Task An_expired_session_is_gone_even_before_the_sweep_and_leaves_no_subscription_behind()
    {
        var time = new FakeTimeProvider();
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { Time = time, SweepInterval = TimeSpan.FromDays(1) });
        var away = await world.ConnectAsync("bia", BrokerChatTests.Persistent(60));
        await away.SubscribeAsync("chat/general");
        await away.LeaveAsync();
        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.AwaySessions == 1, "the leave");
        time.Advance(TimeSpan.FromSeconds(61));
        var bia = await world.ConnectAsync("bia", BrokerChatTests.Persistent(60));
        Assert.False(bia.Welcome.IsSessionPresent);
        var alone = await bia.SayAsync("chat/general", "anyone?");
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, alone.ReasonCode);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V310, true, 10)]
    [InlineData(MqttProtocolVersion.V311, true, 0)]
    [InlineData(MqttProtocolVersion.V311, false, 7 * 24 * 3600)]
    public async Task A_session_of_an_older_protocol_is_kept_no_longer_than_it_should(MqttProtocolVersion version, bool clean, int seconds)
    {
        var time = new FakeTimeProvider();
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { Time = time });
        var caio = await world.ConnectAsync("caio", o => o.WithProtocolVersion(version).WithCleanSession(clean));
        await caio.LeaveAsync();
        await BrokerWorld.EventuallyAsync(() => world.Broker.ConnectedClients == 0 && world.Broker.Figures.AwaySessions == (seconds == 0 ? 0 : 1), "the leave");
        time.Advance(TimeSpan.FromSeconds(seconds + 1));
        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.AwaySessions == 0, "the sweep");
    }

    [Fact]
    public async Task The_queue_of_a_client_away_is_bounded_and_keeps_the_oldest()
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { MaxPendingMessagesPerClient = 10 });
        await QueueForBiaAsync(world, 15, "");
        Assert.Equal(5, world.Broker.Figures.DroppedMessages);
        var bia = await world.ConnectAsync("bia", BrokerChatTests.Persistent(300));
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal($"{i}", await bia.HearTextAsync());
        }

        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.PendingBytes == 0, "the last acknowledgement");
        await bia.SayAsync("chat/general", "and on");
        Assert.Equal("and on", await bia.HearTextAsync());
    }

    [Fact]
    public async Task The_queue_of_a_client_away_is_bounded_in_bytes()
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { MaxPendingBytesPerClient = 100_000 });
        await QueueForBiaAsync(world, 15, new string('x', 20_000));
        Assert.Equal(11, world.Broker.Figures.DroppedMessages);
        Assert.InRange(world.Broker.Figures.PendingBytes, 80_000, 100_000);
    }

    [Fact]
    public async Task When_all_queues_together_are_full_those_who_keep_up_still_hear()
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { MaxPendingBytes = 100_000, SmallBacklogBytes = 50_000 });
        await QueueForBiaAsync(world, 15, new string('x', 20_000));
        Assert.InRange(world.Broker.Figures.PendingBytes, 80_000, 100_000);
        var caio = await world.ConnectAsync("caio");
        await caio.SubscribeAsync("chat/general");
        await caio.SayAsync("chat/general", new string('y', 30_000));
        Assert.Equal(30_000, (await caio.HearTextAsync()).Length);
    }

    [Fact]
    public async Task Retained_messages_are_bounded_by_number_and_size_and_clearing_makes_room()
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { MaxRetainedMessages = 2, MaxRetainedBytesPerMessage = 1_000 });
        var ana = await world.ConnectAsync("ana");
        Assert.Equal(MqttClientPublishReasonCode.QuotaExceeded, await KeepAsync(ana, "a", new string('x', 1_000)));
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, await KeepAsync(ana, "a", "1"));
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, await KeepAsync(ana, "b", "1"));
        Assert.Equal(MqttClientPublishReasonCode.QuotaExceeded, await KeepAsync(ana, "c", "1"));
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, await KeepAsync(ana, "a", "2"));
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, await KeepAsync(ana, "b", ""));
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, await KeepAsync(ana, "c", "1"));
        Assert.True(ana.IsConnected);
    }

    [Fact]
    public async Task A_retained_message_goes_when_it_expires()
    {
        var time = new FakeTimeProvider();
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { Time = time });
        var ana = await world.ConnectAsync("ana");
        await ana.SayAsync("chat/_p/ana", "online", m => m.WithRetainFlag().WithMessageExpiryInterval(1_800));
        time.Advance(TimeSpan.FromSeconds(1_000));
        await ana.SayAsync("chat/_p/ana", "online", m => m.WithRetainFlag().WithMessageExpiryInterval(1_800));
        time.Advance(TimeSpan.FromSeconds(1_000));
        var bia = await world.ConnectAsync("bia");
        await bia.SubscribeAsync("chat/_p/#");
        Assert.Equal("online", await bia.HearTextAsync());
        time.Advance(TimeSpan.FromSeconds(1_000));
        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.Retained == 0, "the sweep");
    }

    [Fact]
    public async Task Subscriptions_are_bounded_and_unsubscribing_makes_room()
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { MaxSubscriptionsPerSession = 2 });
        var ana = await world.ConnectAsync("ana");
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await ana.SubscribeAsync("a"));
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS0, await ana.SubscribeAsync("b", qos: 0));
        Assert.Equal(MqttClientSubscribeResultCode.QuotaExceeded, await ana.SubscribeAsync("c"));
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await ana.SubscribeAsync("b"));
        await ana.UnsubscribeAsync("a");
        Assert.Equal(MqttClientSubscribeResultCode.GrantedQoS1, await ana.SubscribeAsync("c"));
        Assert.Equal(MqttClientSubscribeResultCode.TopicFilterInvalid, await ana.SubscribeAsync(new string('x', 2_000)));
        Assert.Equal(MqttClientSubscribeResultCode.SharedSubscriptionsNotSupported, await ana.SubscribeAsync("$share/g/a"));
    }

    [Fact]
    public async Task A_wildcard_or_overlong_topic_is_refused_and_the_client_stays()
    {
        await using var world = await BrokerWorld.StartAsync();
        var ana = await world.ConnectAsync("ana");
        var sent = await ana.SayAsync(new string('x', 2_000), "hi");
        Assert.Equal(MqttClientPublishReasonCode.TopicNameInvalid, sent.ReasonCode);
        using var raw = await RawConnection.JoinAsync(world.Broker.Port, "raw");
        await raw.SendAsync(0x32, 6, 0, 1, (byte)'#', 0, 7, 0);
        var answer = await raw.ReadAsync();
        Assert.Equal([0x40, 0, 7, 0x90], [answer[0], answer[2], answer[3], answer[4]]);
    }

    [Fact]
    public async Task A_rule_that_fails_costs_no_client_its_connection()
    {
        var time = new BrokenClock();
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { Time = time });
        world.MayLogErrors = true;
        var ana = await world.ConnectAsync("ana");
        await ana.SubscribeAsync("chat/general");
        time.Broken = true;
        var sent = await ana.SayAsync("chat/_p/ana", "online", m => m.WithRetainFlag().WithMessageExpiryInterval(60));
        time.Broken = false;
        Assert.Equal(MqttClientPublishReasonCode.ImplementationSpecificError, sent.ReasonCode);
        await ana.SayAsync("chat/general", "still here");
        Assert.Equal("still here", await ana.HearTextAsync());
        Assert.StartsWith("3006 ", Assert.Single(world.Errors));
    }

    private static async Task<MqttClientPublishReasonCode> KeepAsync(Person person, string topic, string text) =>
        (await person.SayAsync(topic, text, m => m.WithRetainFlag())).ReasonCode;

    private static async Task QueueForBiaAsync(BrokerWorld world, int messages, string filling)
    {
        var bia = await world.ConnectAsync("bia", BrokerChatTests.Persistent(300));
        await bia.SubscribeAsync("chat/general");
        await bia.LeaveAsync();
        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.AwaySessions == 1, "the leave");
        var ana = await world.ConnectAsync("ana");
        for (var i = 0; i < messages; i++)
        {
            await ana.SayAsync("chat/general", $"{i}{filling}");
        }
    }

    private sealed class BrokenClock : TimeProvider
    {
        public bool Broken { get; set; }

        public override DateTimeOffset GetUtcNow() => Broken ? throw new InvalidTimeZoneException("no clock") : System.GetUtcNow();
    }
}
