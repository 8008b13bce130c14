// Owns: the tests of a hub's HTTP port: MQTT over WebSocket, health, metrics.
// Must never: take a page's word for it where the hub itself can be asked.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Hub;
using Papo.Tests.World;

namespace Papo.Tests.Hub;

public sealed class HttpTests
{
    private static readonly HttpClient Web = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("embedded", "ws")]
    [InlineData("embedded", "wss")]
    [InlineData("mosquitto", "ws")]
    [InlineData("mosquitto", "wss")]
    public async Task People_talk_over_websocket_on_the_http_port(string broker, string scheme)
    {
        await using var hub = await StartAsync(broker, scheme == "wss" ? new TlsOptions() : null);
        var port = scheme == "wss" ? hub.Node.HttpsPort : hub.Node.HttpPort;
        Assert.True(BrokerAddress.TryParse($"{scheme}://127.0.0.1:{port}", out var address, out _));
        await using var ana = await Member.ArriveAsync("ana", address);
        await using var bia = await Member.ArriveAsync("bia", hub.Node.Broker);
        await ana.SayAndHoldAsync("oi, bia");
        await bia.UntilSaidAsync("oi, bia");
        await bia.SayAndHoldAsync("oi, ana");
        await ana.UntilSaidAsync("oi, ana");
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    [InlineData("outside")]
    public async Task A_hub_that_works_is_live_and_ready(string broker)
    {
        await using var mosquitto = broker == "outside" ? await World.Mosquitto.StartAsync() : null;
        await using var hub = await StartAsync(broker, outside: mosquitto);
        Assert.Equal((HttpStatusCode.OK, """{"live":true,"reasons":[]}"""), await GetAsync(hub, "/health/live"));
        Assert.Equal((HttpStatusCode.OK, """{"ready":true,"reasons":[]}"""), await GetAsync(hub, "/health/ready"));
        using var posted = await Web.PostAsync(Url(hub, "/health/ready"), null, Stop);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(hub, "/")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync(hub, "/mqtt")).Status);
    }

    [Fact]
    public async Task Without_its_broker_it_is_live_and_says_why_it_is_not_ready()
    {
        await using var hub = await StartAsync("mosquitto", change: static plan => plan with { FirstRestart = TimeSpan.FromMinutes(5) });
        using (var broker = System.Diagnostics.Process.GetProcessById(hub.MosquittoProcess))
        {
            broker.Kill();
        }

        await UntilReadyIsAsync(hub, """{"ready":false,"reasons":["broker-down","archive-disconnected"]}""");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(hub, "/health/live")).Status);
    }

    [Fact]
    public async Task Without_an_outside_broker_it_is_not_ready_until_that_is_back()
    {
        await using var mosquitto = await World.Mosquitto.StartAsync();
        await using var hub = await StartAsync("outside", outside: mosquitto);
        await mosquitto.KillAsync();
        await UntilReadyIsAsync(hub, """{"ready":false,"reasons":["archive-disconnected"]}""");
        await mosquitto.RestartAsync();
        await UntilReadyIsAsync(hub, """{"ready":true,"reasons":[]}""");
    }

    [Fact]
    public async Task With_a_full_disk_it_is_not_ready_until_there_is_space_again()
    {
        await using var disk = await SmallDisk.MountAsync();
        await using var hub = await StartAsync("embedded", archive: new ArchivePlace.Folder(disk.Path));
        await using var ana = await Member.ArriveAsync("ana", hub.Node.Broker);
        await ana.SayAndHoldAsync("cabe");
        disk.Fill();
        await ana.SayAsync(new string('a', 12_000));
        await UntilReadyIsAsync(hub, "archive-not-writable");
        disk.Free();
        await UntilReadyIsAsync(hub, """{"ready":true,"reasons":[]}""");
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task What_was_taken_in_is_counted(string broker)
    {
        await using var hub = await StartAsync(broker);
        var before = await FiguresAsync(hub);
        await using var ana = await Member.ArriveAsync("ana", hub.Node.Broker);
        await using var bia = await Member.ArriveAsync("bia", hub.Node.Broker);
        for (var i = 0; i < 10; i++)
        {
            await ana.SayAndHoldAsync($"ana {i}");
        }

        await bia.UntilLinesAsync(10);
        await HubWorld.UntilAsync(() => hub.Home.Texts.Count == 10, "10 messages in the hub");
        var after = await FiguresAsync(hub);
        Assert.InRange(after["papo_messages_total"] - before.GetValueOrDefault("papo_messages_total"), 10, 20);
        Assert.InRange(after["papo_durable_lag_seconds_count"], 10, 1_000);
        Assert.InRange(after["papo_durable_lag_seconds_sum"], 0.000_001, 60);
        Assert.Equal(2, after["papo_connected_devices"]);
        Assert.True(after["papo_archive_bytes"] > 0);
        Assert.Equal(1, after["papo_broker_up"]);
        Assert.Equal(1, after["papo_archive_connected"]);
        Assert.Equal(0, after["papo_broker_restarts_total"]);
        Assert.True(after.ContainsKey("papo_healed_entries_total"));
        Assert.Equal(0, after["papo_refused_requests_total"]);
        Assert.Equal(broker == "embedded", after.GetValueOrDefault("papo_deliveries_total") >= 20);
    }

    [Fact]
    public async Task What_a_hub_had_missed_is_counted_as_healed()
    {
        await using var mosquitto = await World.Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        using var home = new TestHome();
        await using (await StartAsync("outside", outside: mosquitto, home: home))
        {
            await ana.SayAndHoldAsync("um");
        }

        await mosquitto.RestartAsync(); // its queue for the hub is gone
        for (var i = 0; i < 5; i++)
        {
            var number = await ana.SayAsync($"perdido {i}");
            await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Sent);
        }

        await using var hub = await StartAsync("outside", outside: mosquitto, home: home);
        await HubWorld.UntilAsync(() => home.Texts.Count == 6, "6 messages in the hub");
        Assert.InRange((await FiguresAsync(hub))["papo_healed_entries_total"], 1, 10);
    }

    [Fact]
    public async Task What_begins_with_something_else_than_a_connect_does_not_reach_mosquitto()
    {
        await using var hub = await StartAsync("mosquitto");
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{hub.Node.HttpPort}/mqtt"), Stop);
        await socket.SendAsync(new byte[] { 0x30, 0x02, 0, 0 }, WebSocketMessageType.Binary, true, Stop);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ReceiveAsync(new byte[16], Stop));
    }

    [Fact]
    public async Task A_taken_port_is_replaced_by_a_free_one_and_said()
    {
        using var home = new TestHome();
        using var other = new TcpListener(IPAddress.Parse("127.0.0.64"), 8080);
        other.Start();
        await using var hub = PapoProgram.Start(home.Path, "", null, "hub", "--bind", "127.0.0.64");
        await hub.UntilErrorAsync("Port 8080 is taken by another program;");
        var ready = hub.Error.Split(' ', '\n').First(static word => word.EndsWith("/health/ready", StringComparison.Ordinal));
        Assert.DoesNotContain(":8080/", ready, StringComparison.Ordinal);
        Assert.Equal("""{"ready":true,"reasons":[]}""", await Web.GetStringAsync(new Uri(ready), Stop));
    }

    private static async Task<HubWorld> StartAsync(
        string broker, TlsOptions? tls = null, World.Mosquitto? outside = null, ArchivePlace? archive = null, TestHome? home = null, Func<MosquittoOptions, MosquittoOptions>? change = null)
    {
        var http = new HttpOptions { Addresses = [IPAddress.Loopback], Port = 0, TlsPort = 0 };
        return await HubWorld.StartAsync(home, Plan, options => options with { Tls = tls, Http = http, Archive = archive });

        async Task<BrokerPlan> Plan(string folder) => broker switch
        {
            "embedded" => await HubWorld.EmbeddedAsync(folder),
            "mosquitto" => new BrokerPlan.Mosquitto((change ?? (static same => same))(((BrokerPlan.Mosquitto)await HubWorld.MosquittoAsync(folder)).Options)),
            _ => new BrokerPlan.Outside(outside!.Address, new Papo.Client.Credentials()),
        };
    }

    private static Uri Url(HubWorld hub, string path) => new($"http://127.0.0.1:{hub.Node.HttpPort}{path}");

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(HubWorld hub, string path)
    {
        using var answer = await Web.GetAsync(Url(hub, path), Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static async Task UntilReadyIsAsync(HubWorld hub, string wanted)
    {
        var body = "";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(Member.Soon);
        while (!body.Contains(wanted, StringComparison.Ordinal))
        {
            Assert.False(patience.IsCancellationRequested, $"waited in vain for {wanted}; it is {body}");
            body = (await GetAsync(hub, "/health/ready")).Body;
        }
    }

    private static async Task<Dictionary<string, double>> FiguresAsync(HubWorld hub)
    {
        var (status, body) = await GetAsync(hub, "/metrics");
        Assert.Equal(HttpStatusCode.OK, status);
        return body.Split('\n').Where(static line => line.Length > 0 && line[0] != '#' && !line.Contains("le=", StringComparison.Ordinal))
            .GroupBy(static line => line.Split('{', ' ')[0])
            .ToDictionary(static group => group.Key, static group => double.Parse(group.First()[(group.First().LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture));
    }
}
