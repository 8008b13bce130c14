// Owns the proof that a session survives crashes, cuts, freezes and rivals, and leaves in order.
using Microsoft.Extensions.Time.Testing;
using Papo.Client.Wire;
using Papo.Tests.World;

namespace Papo.Tests.Wire;

public sealed class ReconnectTests
{
    [Fact]
    public async Task A_killed_broker_is_noticed_at_once_and_found_again_after_its_restart()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var ana = await Device.ConnectAsync(Device.Options(broker.Address));
        await broker.KillAsync();
        var down = await ana.NextAsync<SessionEvent.Down>();
        Assert.Equal((ConnectFailureKind.Lost, true), (down.Failure.Kind, down.WasUp));
        var next = await ana.NextAsync<SessionEvent.Down>();
        Assert.Equal((ConnectFailureKind.Refused, false), (next.Failure.Kind, next.WasUp));
        await broker.RestartAsync();
        Assert.Equal(2, (await ana.NextAsync<SessionEvent.Up>()).Broker.Generation);
        await ana.PublishAsync("t", "back");
    }

    [Fact]
    public async Task A_half_open_connection_is_noticed_within_one_and_a_half_keep_alive_times()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(broker.Port);
        await using var ana = await Device.ConnectAsync(Device.Options(Address(proxy.Port)) with { KeepAlive = TimeSpan.FromSeconds(1) });
        proxy.Freeze();
        var began = TimeProvider.System.GetTimestamp();
        var outcome = ana.Session.PublishAsync(new PublishMessage("t", "x"u8.ToArray()));
        var down = await ana.NextAsync<SessionEvent.Down>();
        Assert.Equal(ConnectFailureKind.Lost, down.Failure.Kind);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(2)); // 1.5 s, and the machine's leisure.
        Assert.Equal(PublishStatus.Lost, (await outcome.WaitAsync(Device.Soon)).Status);
        proxy.Thaw();
        await ana.NextAsync<SessionEvent.Up>();
    }

    [Fact]
    public async Task A_quiet_connection_is_kept_alive_by_pings()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var ana = await Device.ConnectAsync(Device.Options(broker.Address) with { KeepAlive = TimeSpan.FromSeconds(1) });
        await broker.UntilLoggedAsync("Received PINGREQ from ana");
        await broker.UntilLoggedAsync("Sending PINGRESP to ana");
        await ana.PublishAsync("t", "still here");
    }

    [Fact]
    public async Task Another_user_of_the_client_id_takes_over_and_is_not_fought()
    {
        // Mosquitto 2.0.11 closes without saying why, so it takes a few rounds to see.
        await using var broker = await Mosquitto.StartAsync();
        var options = Device.Options(broker.Address) with { LongestRetry = TimeSpan.FromSeconds(30) };
        await using var first = await Device.ConnectAsync(options);
        await using var second = await Device.ConnectAsync(options);
        for (var i = 0; ; i++)
        {
            var down = await first.NextAsync<SessionEvent.Down>();
            Assert.True(down.WasUp);
            if (down.Failure.Kind == ConnectFailureKind.TakenOver)
            {
                Assert.True(down.Failure.Permanent);
                Assert.InRange(down.RetryIn, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(45));
                return;
            }

            Assert.InRange(i, 0, 3);
        }
    }

    [Fact]
    public async Task A_take_over_that_the_broker_names_is_not_fought_from_the_first_time()
    {
        await using var broker = FakeBroker.Answering([.. FakeBroker.ConnAck, 0xE0, 1, 0x8E]);
        await using var ana = new Device(Device.Options(broker.AddressOf()) with { LongestRetry = TimeSpan.FromSeconds(30) }).Start();
        var down = await ana.NextAsync<SessionEvent.Down>();
        Assert.Equal((ConnectFailureKind.TakenOver, true, true), (down.Failure.Kind, down.Failure.Permanent, down.WasUp));
        Assert.InRange(down.RetryIn, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(45));
    }

    [Fact]
    public async Task Waits_double_to_the_longest_with_a_spread_and_on_the_given_clock()
    {
        var time = new FakeTimeProvider();
        await using var ana = new Device(Device.Options(Address(FreePort.Next())) with
        {
            FirstRetry = TimeSpan.FromSeconds(0.25),
            LongestRetry = TimeSpan.FromSeconds(30),
            Randomness = () => 0.75,
            Time = time,
        }).Start();
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            var down = await ana.NextAsync<SessionEvent.Down>();
            waits.Add(down.RetryIn.TotalSeconds / 1.25);
            ana.Session.RetryNow();
        }

        Assert.Equal([0.25, 0.5, 1, 2, 4, 8, 16, 30, 30], waits);
    }

    [Fact]
    public void A_permanent_failure_waits_longest_and_a_good_connection_starts_anew()
    {
        var backOff = new BackOff(Device.Options(Address(1)) with
        {
            FirstRetry = TimeSpan.FromSeconds(1),
            LongestRetry = TimeSpan.FromSeconds(30),
            RetryJitter = 0,
        });
        Assert.Equal(TimeSpan.FromSeconds(1), backOff.Next(false, null));
        Assert.Equal(TimeSpan.FromSeconds(30), backOff.Next(true, null));
        Assert.Equal(TimeSpan.FromSeconds(4), backOff.Next(false, TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(1), backOff.Next(false, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task Retry_now_ends_the_wait()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(broker.Port);
        await proxy.RefuseAsync();
        await using var ana = new Device(Device.Options(Address(proxy.Port)) with { FirstRetry = TimeSpan.FromHours(1), LongestRetry = TimeSpan.FromHours(2) }).Start();
        await ana.NextAsync<SessionEvent.Down>();
        proxy.Allow();
        ana.Session.RetryNow();
        await ana.NextAsync<SessionEvent.Up>();
    }

    [Fact]
    public async Task Leaving_in_order_publishes_the_last_message_and_no_will()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var bia = await Device.ConnectAsync(Device.Options(broker.Address, "bia"));
        await bia.SubscribeAsync("presence/#");
        var ana = await Device.ConnectAsync(WithWill(broker.Address));
        await ana.Session.EndAsync(new PublishMessage("presence/ana", "offline"u8.ToArray())).WaitAsync(Device.Soon);
        await broker.UntilLoggedAsync("Client ana disconnected");
        await bia.PublishAsync("presence/marker", "end");
        Assert.Equal("presence/ana", (await bia.MessageAsync()).Topic);
        Assert.Equal("presence/marker", (await bia.MessageAsync()).Topic);
        Assert.Null(ana.Session.Broker);
        await ana.DisposeAsync();
    }

    [Fact]
    public async Task Vanishing_fires_the_will()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var bia = await Device.ConnectAsync(Device.Options(broker.Address, "bia"));
        await bia.SubscribeAsync("presence/#");
        var ana = await Device.ConnectAsync(WithWill(broker.Address));
        await ana.DisposeAsync();
        var will = await bia.MessageAsync();
        Assert.Equal(("presence/ana/will", "vanished", 90), (will.Topic, System.Text.Encoding.UTF8.GetString(will.Payload.Span), will.Papo!.Value.Length));
    }

    [Fact]
    public async Task Leaving_while_there_is_no_connection_just_stops()
    {
        await using var ana = new Device(Device.Options(Address(FreePort.Next()))).Start();
        await ana.NextAsync<SessionEvent.Down>();
        await ana.Session.EndAsync(new PublishMessage("t", default)).WaitAsync(Device.Soon);
    }

    [Fact]
    public async Task Leaving_through_a_frozen_network_ends_all_the_same()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(broker.Port);
        await using var ana = await Device.ConnectAsync(Device.Options(Address(proxy.Port)));
        proxy.Freeze();
        await ana.Session.EndAsync(new PublishMessage("t", default)).WaitAsync(Device.Soon);
    }

    [Fact]
    public async Task With_a_publishing_connection_of_its_own_a_session_is_still_one()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(broker.Port);
        await using var bia = await Device.ConnectAsync(Device.Options(broker.Address, "bia"));
        await bia.SubscribeAsync("presence/#");
        var ana = await Device.ConnectAsync(WithWill(Address(proxy.Port)) with { SeparatePublishConnection = true });
        Assert.Equal(2, proxy.Accepted);
        await ana.SubscribeAsync("t");
        await ana.PublishAsync("t", "over the other one");
        var message = await ana.MessageAsync();
        message.Acknowledge();
        Assert.Equal("over the other one", System.Text.Encoding.UTF8.GetString(message.Payload.Span));
        Assert.Contains("Received PUBLISH from anap", broker.Log, StringComparison.Ordinal);
        Assert.Contains("Sending PUBLISH to ana ", broker.Log, StringComparison.Ordinal);

        // One goes, both go, and both come back. The will fires once, for the main one.
        proxy.Cut();
        Assert.True((await ana.NextAsync<SessionEvent.Down>()).WasUp);
        await ana.NextAsync<SessionEvent.Up>();
        Assert.Equal(4, proxy.Accepted);
        Assert.Equal("presence/ana/will", (await bia.MessageAsync()).Topic);
        await ana.Session.EndAsync(new PublishMessage("presence/ana", "offline"u8.ToArray())).WaitAsync(Device.Soon);
        await broker.UntilLoggedAsync("Client ana disconnected");
        Assert.Equal("presence/ana", (await bia.MessageAsync()).Topic);
        await bia.PublishAsync("presence/marker", "end");
        Assert.Equal("presence/marker", (await bia.MessageAsync()).Topic);
        await ana.DisposeAsync();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task An_answer_comes_back_without_the_forty_millisecond_stall(bool prompt, bool two)
    {
        await using var broker = await Mosquitto.StartAsync();
        var options = Device.Options(broker.Address) with { PromptSegments = prompt, SeparatePublishConnection = two };
        await using var ana = await Device.ConnectAsync(options);
        await ana.SubscribeAsync("t");
        var times = new List<double>();
        for (var i = 0; i < 40; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            var sent = ana.PublishAsync("t", "x");
            (await ana.MessageAsync()).Acknowledge();
            times.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            await sent;
        }

        Assert.InRange(times.Order().ElementAt(20), 0, 20);
    }

    [Fact]
    public async Task Where_the_system_does_not_acknowledge_at_once_a_second_connection_publishes()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var ana = await Device.ConnectAsync(Device.Options(broker.Address) with { PromptSegments = false });
        await ana.SubscribeAsync("t");
        await ana.PublishAsync("t", "x");
        Assert.Equal("t", (await ana.MessageAsync()).Topic);
        Assert.Equal(2, broker.Log.Split('\n').Count(static line => line.Contains("New client connected", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_socket_that_hung_up_meanwhile_is_a_failed_connection()
    {
        using var never = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        Assert.Equal(ConnectFailureKind.Lost, Assert.Throws<ConnectFailedException>(() => SocketStream.Own(never, prompt: true, "there")).Failure.Kind);
    }

    private static SessionOptions WithWill(BrokerAddress address) => Device.Options(address) with
    {
        Will = new PublishMessage("presence/ana/will", "vanished"u8.ToArray()) { Papo = new string('A', 120) },
        WillDelaySeconds = 0,
    };

    private static BrokerAddress Address(int port)
    {
        Assert.True(BrokerAddress.TryParse($"127.0.0.1:{port}", out var address, out _));
        return address;
    }
}
