// Owns: what the chat relies on between two well-behaved clients, over TCP and WebSocket: delivery, properties, retained, wills, sessions.
// Must never: test limits or abuse; see BrokerGuardTests and BrokerLimitTests.
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Papo.Client.Wire;
using Papo.Tests.World;

namespace Papo.Tests.Broker;

public sealed class BrokerChatTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task A_message_arrives_with_all_its_properties_both_ways(bool anaOnWebSocket, bool biaOnWebSocket)
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { WebSocketPort = 0 });
        var ana = await world.ConnectAsync("ana", anaOnWebSocket);
        var bia = await world.ConnectAsync("bia", biaOnWebSocket);
        await ana.SubscribeAsync("chat/general/#", noLocal: true);
        await bia.SubscribeAsync("chat/general/#", noLocal: true);

        foreach (var (from, to) in new[] { (ana, bia), (bia, ana) })
        {
            var sent = await from.SayAsync("chat/general", "olá, ação 👋", m => m
                .WithUserProperty("papo", "header"u8.ToArray()).WithUserProperty("from", Encoding.UTF8.GetBytes(from.Name))
                .WithUserProperty("from", "twice"u8.ToArray())
                .WithResponseTopic("chat/_i/a/b").WithCorrelationData([1, 0, 255]).WithContentType("text/plain")
                .WithPayloadFormatIndicator(MqttPayloadFormatIndicator.CharacterData).WithMessageExpiryInterval(1800));
            Assert.Equal(MqttClientPublishReasonCode.Success, sent.ReasonCode);
            var heard = await to.HearAsync();
            Assert.Equal("olá, ação 👋", heard.ConvertPayloadToString());
            Assert.Equal(["papo=header", $"from={from.Name}", "from=twice"], heard.UserProperties.Select(p => $"{p.Name}={p.ReadValueAsString()}"));
            Assert.Equal("chat/_i/a/b", heard.ResponseTopic);
            Assert.Equal([1, 0, 255], heard.CorrelationData);
            Assert.Equal("text/plain", heard.ContentType);
            Assert.Equal(MqttPayloadFormatIndicator.CharacterData, heard.PayloadFormatIndicator);
            Assert.Equal(1800u, heard.MessageExpiryInterval);
            Assert.Equal(MqttQualityOfServiceLevel.AtLeastOnce, heard.QualityOfServiceLevel);
            Assert.False(heard.Retain);
        }

        Assert.Equal(0, ana.Waiting + bia.Waiting);
    }

    [Fact]
    public async Task No_Local_keeps_my_own_message_from_me_and_without_it_I_hear_myself()
    {
        await using var world = await BrokerWorld.StartAsync();
        var ana = await world.ConnectAsync("ana");
        await ana.SubscribeAsync("chat/general/#", noLocal: true);
        await ana.SubscribeAsync("chat/_p/#");
        var alone = await ana.SayAsync("chat/general", "anyone?");
        await ana.SayAsync("chat/_p/ana", "online");
        Assert.Equal(MqttClientPublishReasonCode.NoMatchingSubscribers, alone.ReasonCode);
        Assert.Equal("online", await ana.HearTextAsync());
    }

    [Fact]
    public async Task A_retained_message_reaches_the_late_comer_and_is_replaced_and_cleared()
    {
        await using var world = await BrokerWorld.StartAsync();
        var ana = await world.ConnectAsync("ana");
        await ana.SayAsync("chat/_u/ana", "1", m => m.WithRetainFlag().WithUserProperty("v", "1"u8.ToArray()));
        await ana.SayAsync("chat/_u/ana", "2", m => m.WithRetainFlag().WithUserProperty("v", "2"u8.ToArray()));
        var bia = await world.ConnectAsync("bia");
        await bia.SubscribeAsync("chat/_u/#", qos: 0);
        var heard = await bia.HearAsync();
        Assert.Equal(("2", true), (heard.ConvertPayloadToString(), heard.Retain));

        await ana.SayAsync("chat/_u/ana", "", m => m.WithRetainFlag());
        Assert.Equal("", await bia.HearTextAsync());
        var caio = await world.ConnectAsync("caio");
        await caio.SubscribeAsync("chat/_u/#", qos: 0);
        await ana.SayAsync("chat/_u/x", "after");
        Assert.Equal("after", await caio.HearTextAsync());
        Assert.Equal(0, world.Broker.Figures.Retained);
    }

    [Fact]
    public async Task A_retained_message_with_equal_payload_keeps_its_old_properties()
    {
        // Recorded because the chat must put a number in each retained payload: the library compares payload and QoS only.
        await using var world = await BrokerWorld.StartAsync();
        var ana = await world.ConnectAsync("ana");
        await ana.SayAsync("chat/_u/ana", "same", m => m.WithRetainFlag().WithUserProperty("v", "1"u8.ToArray()));
        await ana.SayAsync("chat/_u/ana", "same", m => m.WithRetainFlag().WithUserProperty("v", "2"u8.ToArray()));
        var bia = await world.ConnectAsync("bia");
        await bia.SubscribeAsync("chat/_u/#", qos: 0);
        Assert.Equal("1", (await bia.HearAsync()).UserProperties.Single().ReadValueAsString());
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(3600u)]
    public async Task A_socket_that_closes_fires_the_will_at_once_whatever_its_delay(uint delaySeconds)
    {
        // Recorded because brokers differ: the delay is ignored here, so receivers wait by themselves.
        await using var world = await BrokerWorld.StartAsync();
        var bia = await world.ConnectAsync("bia");
        await bia.SubscribeAsync("chat/_p/#");
        using var ana = new Person("ana");
        await ConnectWithWillAsync(world, ana, delaySeconds);
        ana.Vanish();
        Assert.Equal("offline", await bia.HearTextAsync());
        Assert.Equal(1, world.Broker.Figures.Retained);
    }

    [Fact]
    public async Task A_clean_disconnect_fires_no_will()
    {
        await using var world = await BrokerWorld.StartAsync();
        var bia = await world.ConnectAsync("bia");
        await bia.SubscribeAsync("chat/_p/#");
        using var ana = new Person("ana");
        await ConnectWithWillAsync(world, ana, 0);
        await ana.LeaveAsync();
        await BrokerWorld.EventuallyAsync(() => world.Broker.ConnectedClients == 1, "the leave");
        await bia.SayAsync("chat/_p/bia", "still here");
        Assert.Equal("still here", await bia.HearTextAsync());
    }

    [Fact]
    public async Task Messages_sent_while_a_client_is_away_wait_for_it_in_order()
    {
        await using var world = await BrokerWorld.StartAsync();
        var away = await world.ConnectAsync("bia", Persistent(300));
        await away.SubscribeAsync("chat/general/#");
        await away.LeaveAsync();
        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.AwaySessions == 1, "the leave");
        var ana = await world.ConnectAsync("ana");
        for (var i = 0; i < 2_000; i++)
        {
            Assert.Equal(MqttClientPublishReasonCode.Success, (await ana.SayAsync("chat/general", $"{i}")).ReasonCode);
        }

        var bia = await world.ConnectAsync("bia", Persistent(300));
        Assert.True(bia.Welcome.IsSessionPresent);
        for (var i = 0; i < 2_000; i++)
        {
            Assert.Equal($"{i}", await bia.HearTextAsync());
        }

        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.PendingBytes == 0, "the last acknowledgement");
    }

    [Fact]
    public async Task What_was_delivered_and_not_acknowledged_comes_again_marked_as_such()
    {
        await using var world = await BrokerWorld.StartAsync();
        Assert.True(BrokerAddress.TryParse($"mqtt://127.0.0.1:{world.Broker.Port}", out var address, out _));
        var persistent = Device.Options(address, "bia") with { CleanStart = false, SessionExpirySeconds = 60 };
        var ana = await world.ConnectAsync("ana");
        await using (var bia = await Device.ConnectAsync(persistent))
        {
            await bia.SubscribeAsync("chat/general");
            await ana.SayAsync("chat/general", "heard");
            Assert.False((await bia.MessageAsync()).Duplicate);
        }

        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.AwaySessions == 1, "the leave");
        await ana.SayAsync("chat/general", "missed");
        await using var back = await Device.ConnectAsync(persistent);
        Assert.True((await back.MessageAsync()).Duplicate);
        Assert.False((await back.MessageAsync()).Duplicate);
    }

    [Fact]
    public async Task A_session_without_expiry_ends_with_its_connection()
    {
        await using var world = await BrokerWorld.StartAsync();
        var first = await world.ConnectAsync("bia", o => o.WithCleanStart(false));
        await first.SubscribeAsync("chat/general");
        await first.LeaveAsync();
        await BrokerWorld.EventuallyAsync(() => world.Broker.ConnectedClients == 0, "the leave");
        var second = await world.ConnectAsync("bia", o => o.WithCleanStart(false));
        Assert.False(second.Welcome.IsSessionPresent);
    }

    [Fact]
    public async Task A_second_connection_takes_the_session_over_and_loses_nothing_and_fires_no_will()
    {
        await using var world = await BrokerWorld.StartAsync();
        var caio = await world.ConnectAsync("caio");
        await caio.SubscribeAsync("chat/_p/#");
        var older = new Person("bia");
        await ConnectWithWillAsync(world, older, 15);
        await older.SubscribeAsync("chat/general");
        var ana = await world.ConnectAsync("ana");

        for (var round = 0; round < 20; round++)
        {
            var burst = Enumerable.Range(0, 20).Select(i => ana.SayAsync("chat/general", $"{round}.{i}")).ToArray();
            var newer = new Person("bia");
            await ConnectWithWillAsync(world, newer, 15);
            await Task.WhenAll(burst);
            Assert.True(newer.Welcome.IsSessionPresent);
            Assert.Equal(MqttClientDisconnectReason.SessionTakenOver, (await older.Gone).Reason);
            await HearBothAsync(older, newer, [.. Enumerable.Range(0, 20).Select(i => $"{round}.{i}")]);
            older.Dispose();
            older = newer;
        }

        await caio.SayAsync("chat/_p/caio", "no will came before this");
        Assert.Equal("no will came before this", await caio.HearTextAsync());
        older.Dispose();
    }

    [Fact]
    public async Task What_is_published_while_a_session_is_being_resumed_waits_for_nothing_else()
    {
        await using var world = await BrokerWorld.StartAsync();
        var connections = new List<Person> { await world.ConnectAsync("bia", Persistent(60)) };
        await connections[0].SubscribeAsync("chat/general");
        using var enough = new CancellationTokenSource();
        var talking = (await Task.WhenAll(Enumerable.Range(0, 8).Select(i => world.ConnectAsync($"ana{i}")))).Select(TalkAsync).ToArray();
        while (connections.Count < 200)
        {
            connections.Add(await world.ConnectAsync("bia", Persistent(60)));
        }

        await enough.CancelAsync();
        var said = (await Task.WhenAll(talking)).Sum();
        var heard = new HashSet<string>(StringComparer.Ordinal);
        foreach (var connection in connections)
        {
            while (heard.Count < said && (connection.Waiting > 0 || connection == connections[^1]))
            {
                heard.Add(await connection.HearTextAsync());
            }
        }

        async Task<int> TalkAsync(Person person)
        {
            var count = 0;
            while (!enough.IsCancellationRequested)
            {
                await person.SayAsync("chat/general", $"{person.Name} {count++}");
            }

            return count;
        }
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V500)]
    [InlineData(MqttProtocolVersion.V311)]
    public async Task A_client_without_an_id_gets_one(MqttProtocolVersion version)
    {
        await using var world = await BrokerWorld.StartAsync();
        var bia = await world.ConnectAsync("bia");
        await bia.SubscribeAsync("chat/general");
        var guest = await world.ConnectAsync("", o => o.WithProtocolVersion(version));
        Assert.Equal(version == MqttProtocolVersion.V500 ? 23 : 0, guest.Welcome.AssignedClientIdentifier?.Length ?? 0);
        await guest.SayAsync("chat/general", "hi");
        Assert.Equal("hi", await bia.HearTextAsync());
    }

    [Fact]
    public async Task The_welcome_names_the_limits()
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { MaxSessionExpiry = TimeSpan.FromHours(1) });
        var ana = await world.ConnectAsync("ana", Persistent(86_400));
        Assert.Equal(1024u * 1024, ana.Welcome.MaximumPacketSize);
        Assert.Equal(3600u, ana.Welcome.SessionExpiryInterval);
        Assert.False(ana.Welcome.SharedSubscriptionAvailable);
        Assert.Equal(16, ana.Welcome.TopicAliasMaximum);
    }

    internal static Action<MqttClientOptionsBuilder> Persistent(uint seconds) => o => o.WithCleanStart(false).WithSessionExpiryInterval(seconds);

    private static Task ConnectWithWillAsync(BrokerWorld world, Person person, uint delaySeconds) => person.ConnectAsync(
        new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500).WithClientId(person.Name)
            .WithTcpServer("127.0.0.1", world.Broker.Port).WithCleanStart(false).WithSessionExpiryInterval(delaySeconds + 60)
            .WithWillTopic($"chat/_p/{person.Name}").WithWillPayload("offline").WithWillRetain().WithWillDelayInterval(delaySeconds)
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());

    // A message that reached the older connection and was acknowledged there need not come again; all others must.
    private static async Task HearBothAsync(Person older, Person newer, HashSet<string> expected)
    {
        while (older.Waiting > 0)
        {
            expected.Remove(await older.HearTextAsync());
        }

        while (expected.Count > 0)
        {
            expected.Remove(await newer.HearTextAsync());
        }
    }
}
