// Owns the proof that messages pass on every transport of a real broker.
using System.Security.Cryptography;
using Papo.Client.Wire;
using Papo.Tests.World;

namespace Papo.Tests.Wire;

public sealed class TransportTests
{
    private const string Secure = "cafile {folder}/ca.pem\ncertfile {folder}/cert.pem\nkeyfile {folder}/key.pem\n";
    private const string Open = "allow_anonymous true\nlistener {port} 127.0.0.1\n";
    private const string Web = "allow_anonymous true\nlistener {other} 127.0.0.1\nlistener {port} 127.0.0.1\nprotocol websockets\n";

    [Fact]
    public async Task A_message_passes_over_tcp_with_all_its_properties()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var ana = await Device.ConnectAsync(Device.Options(broker.Address, "ana"));
        await using var bia = await Device.ConnectAsync(Device.Options(broker.Address, "bia"));
        await bia.SubscribeAsync("chat/#");
        var outcome = await ana.Session.PublishAsync(new PublishMessage("chat/general", "olá"u8.ToArray())
        {
            Papo = new string('A', 120),
            ResponseTopic = "chat/_i/x/y",
            CorrelationData = new byte[] { 1, 2, 3 },
            TextPayload = true,
            MessageExpirySeconds = 60,
        }).WaitAsync(Device.Soon);

        Assert.Equal(new PublishOutcome(PublishStatus.Sent), outcome);
        var message = await bia.MessageAsync();
        message.Acknowledge();
        Assert.Equal("chat/general", message.Topic);
        Assert.Equal("olá"u8, message.Payload.Span);
        Assert.Equal(new byte[90], message.Papo!.Value.ToArray());
        Assert.Equal("chat/_i/x/y", message.ResponseTopic);
        Assert.Equal([1, 2, 3], message.CorrelationData.ToArray());
        Assert.Equal(1, message.Qos);
        Assert.False(message.Retain);
        Assert.False(message.Duplicate);
    }

    [Fact]
    public async Task The_facts_of_the_broker_are_told_with_its_limits()
    {
        await using var broker = await Mosquitto.StartAsync(Open + "max_packet_size 5000\nmax_inflight_messages 7\nmax_keepalive 20\nretain_available false\n");
        await using var ana = new Device(Device.Options(broker.Address)).Start();
        var facts = (await ana.NextAsync<SessionEvent.Up>()).Broker;
        Assert.Equal(new BrokerFacts(false, 7, 5000, false, 2, TimeSpan.FromSeconds(20), 1), facts);
        Assert.Equal(facts, ana.Session.Broker);
        var large = await ana.Session.PublishAsync(new PublishMessage("t", new byte[6000])).WaitAsync(Device.Soon);
        Assert.Equal((PublishStatus.Refused, 0x95), (large.Status, large.ReasonCode));
        var retained = await ana.Session.PublishAsync(new PublishMessage("t", default) { Retain = true }).WaitAsync(Device.Soon);
        Assert.Equal((PublishStatus.Refused, 0x9A), (retained.Status, retained.ReasonCode));
        await ana.PublishAsync("t", "still connected");
    }

    [Fact]
    public async Task Nobody_listening_is_a_hint_and_no_failure()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var ana = await Device.ConnectAsync(Device.Options(broker.Address));
        var outcome = await ana.Session.PublishAsync(new PublishMessage("nobody", "x"u8.ToArray())).WaitAsync(Device.Soon);
        Assert.Equal((PublishStatus.SentToNobody, 0x10, true), (outcome.Status, outcome.ReasonCode, outcome.IsSent));
    }

    [Fact]
    public async Task Answers_to_subscriptions_come_in_the_order_asked_and_unsubscribing_ends_them()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var ana = await Device.ConnectAsync(Device.Options(broker.Address));
        var outcome = await ana.Session.SubscribeAsync([new("a", 1), new("b", 0), new("c", 1), new("d", 0)]).WaitAsync(Device.Soon);
        Assert.Equal([1, 0, 1, 0], outcome.ReasonCodes);
        Assert.True(await ana.Session.UnsubscribeAsync(["a", "b"]).WaitAsync(Device.Soon));
        await ana.PublishAsync("a", "not mine any more");
        await ana.PublishAsync("c", "mine");
        Assert.Equal("c", (await ana.MessageAsync()).Topic);
    }

    [Fact]
    public async Task With_no_local_a_device_does_not_hear_itself()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var ana = await Device.ConnectAsync(Device.Options(broker.Address));
        Assert.True((await ana.Session.SubscribeAsync([new("own", 1, NoLocal: true), new("all", 1)]).WaitAsync(Device.Soon)).AllGranted);
        await ana.PublishAsync("own", "1");
        await ana.PublishAsync("all", "2");
        Assert.Equal("all", (await ana.MessageAsync()).Topic);
    }

    [Theory]
    [InlineData("mqtt", Open)]
    [InlineData("ws", Web)]
    [InlineData("mqtts", Open + Secure)]
    [InlineData("wss", Web + Secure)]
    public async Task A_large_message_passes_quickly_on_every_transport(string scheme, string config)
    {
        using var certificates = new Certificates();
        await using var broker = await Mosquitto.StartAsync(config, folder => certificates.WriteTo(folder, certificates.Issue()));
        var options = Device.Options(broker.AddressOf(scheme, "localhost")) with { CaFile = Path.Combine(broker.Folder, "ca.pem") };
        await using var ana = await Device.ConnectAsync(options);

        // Mosquitto 2.0.11 hands out large packets on WebSockets at about 40 KB/s, whoever reads them; so the large one is read elsewhere then.
        var plain = scheme.StartsWith("ws", StringComparison.Ordinal) ? options with { Address = broker.OtherAddress, ClientId = "bia" } : options with { ClientId = "bia" };
        await using var bia = await Device.ConnectAsync(plain);
        await ana.SubscribeAsync("small");
        await bia.SubscribeAsync("big");
        var payload = RandomNumberGenerator.GetBytes(900 * 1024);
        var began = TimeProvider.System.GetTimestamp();
        var outcome = ana.Session.PublishAsync(new PublishMessage("big", payload));
        var message = await bia.MessageAsync();
        message.Acknowledge();
        Assert.True((await outcome.WaitAsync(Device.Soon)).IsSent);
        Assert.Equal(payload, message.Payload.ToArray());
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(3));

        Assert.True((await bia.Session.PublishAsync(new PublishMessage("small", payload.AsMemory(0, 10_000))).WaitAsync(Device.Soon)).IsSent);
        Assert.Equal(payload[..10_000], (await ana.MessageAsync()).Payload.ToArray());
        await ana.Session.EndAsync(null).WaitAsync(Device.Soon);
    }

    [Theory]
    [InlineData("mqtts", Open + Secure)]
    [InlineData("wss", Web + Secure)]
    public async Task A_broker_that_asks_for_a_client_certificate_gets_it(string scheme, string config)
    {
        using var certificates = new Certificates();
        await using var broker = await Mosquitto.StartAsync(
            config + "require_certificate true\n",
            folder => certificates.WriteTo(folder, certificates.Issue()));
        var options = Device.Options(broker.AddressOf(scheme, "localhost")) with
        {
            CaFile = Path.Combine(broker.Folder, "ca.pem"),
            CertFile = Path.Combine(broker.Folder, "cert.pem"),
            KeyFile = Path.Combine(broker.Folder, "key.pem"),
        };
        await using var ana = await Device.ConnectAsync(options);
        await ana.PublishAsync("t", "hello");

        var refused = await Device.FailAsync(options with { CertFile = null, KeyFile = null });
        Assert.Equal(ConnectFailureKind.TlsFailed, refused.Kind);
    }
}
