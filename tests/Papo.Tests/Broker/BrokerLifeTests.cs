// Owns: starting and stopping: ports, addresses, TLS, the goodbye, and that nothing stays behind.
// Must never: leave loopback.
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using Papo.Hub;

namespace Papo.Tests.Broker;

public sealed class BrokerLifeTests
{
    [Fact]
    public async Task A_taken_port_is_a_clear_error_that_names_it()
    {
        await using var world = await BrokerWorld.StartAsync();
        var taken = await Assert.ThrowsAsync<BrokerPortTakenException>(
            () => EmbeddedBroker.StartAsync(BrokerWorld.OnLoopback with { Port = world.Broker.Port }));
        Assert.Equal(world.Broker.Port, taken.Port);
    }

    [Fact]
    public async Task A_port_taken_on_one_of_two_addresses_is_taken()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        IPAddress[] both = [IPAddress.Parse("127.0.0.2"), IPAddress.Loopback];
        await Assert.ThrowsAsync<BrokerPortTakenException>(() => EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = port, Addresses = both }));
        await using var free = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = port, Addresses = [both[0]] });
        Assert.Equal(port, free.Port);
    }

    [Fact]
    public async Task Any_free_port_is_the_same_on_every_address_and_IPv4_alone_does()
    {
        await using var broker = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 });
        Assert.All(broker.Endpoints, e => Assert.Equal(broker.Port, e.Port));
        Assert.Contains(broker.Endpoints, e => e.Address.Equals(IPAddress.Loopback));

        // This address is nobody's, as every IPv6 address is where there is no IPv6.
        var absent = IPAddress.Parse("fd00:dead:beef::1");
        await using var alone = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0, Addresses = [absent, IPAddress.Loopback] });
        Assert.Equal(IPAddress.Loopback, Assert.Single(alone.Endpoints).Address);
        await Assert.ThrowsAsync<SocketException>(() => EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0, Addresses = [absent] }));
    }

    [Fact]
    public async Task A_stop_says_goodbye_and_the_same_port_serves_again_at_once()
    {
        var options = BrokerWorld.OnLoopback with { WebSocketPort = 0 };
        for (var round = 0; round < 3; round++)
        {
            await using var world = await BrokerWorld.StartAsync(options);
            options = options with { Port = world.Broker.Port, WebSocketPort = world.Broker.WebSocketPort };
            var ana = await world.ConnectAsync("ana");
            var bia = await world.ConnectAsync("bia", webSocket: true);
            await ana.SubscribeAsync("#");
            await bia.SubscribeAsync("#");
            using var raw = await RawConnection.JoinAsync(world.Broker.Port, "raw");
            await world.Broker.DisposeAsync();
            var goodbye = await raw.ReadAsync();
            Assert.Equal([0xE0, (byte)MqttClientDisconnectReason.ServerShuttingDown], [goodbye[0], goodbye[2]]);
            Assert.Empty(await raw.ReadAsync());
            Assert.Equal(MqttClientDisconnectReason.ServerShuttingDown, (await ana.Gone).Reason);
            Assert.Equal(MqttClientDisconnectReason.ServerShuttingDown, (await bia.Gone).Reason);
        }
    }

    [Fact]
    public async Task A_stop_sends_no_wills_and_does_not_wait_for_a_client_that_does_not_read()
    {
        await using var world = await BrokerWorld.StartAsync();
        var bia = await world.ConnectAsync("bia");
        await bia.SubscribeAsync("#");
        var ana = await world.ConnectAsync("ana", o => o.WithWillTopic("chat/_p/ana").WithWillPayload("offline"));
        using var deaf = await RawConnection.JoinAsync(world.Broker.Port, "deaf");
        await deaf.SendAsync(0x82, 7, 0, 1, 0, 0, 1, (byte)'x', 0);
        await deaf.ReadAsync();
        var text = new string('x', 500_000);
        for (var i = 0; i < 20; i++)
        {
            await ana.SayAsync("x", text);
            await bia.HearAsync();
        }

        await world.Broker.DisposeAsync().AsTask().WaitAsync(BrokerWorld.Patience);
        await bia.Gone;
        Assert.Equal(0, bia.Waiting);
    }

    [Fact]
    public async Task Nothing_answers_on_the_web_port_but_the_chat_path()
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { WebSocketPort = 0 });
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{world.Broker.WebSocketPort}") };
        using var negotiate = await http.PostAsync(new Uri("/mqtt/negotiate", UriKind.Relative), null);
        using var plain = await http.GetAsync(new Uri("/mqtt", UriKind.Relative));
        using var other = await http.GetAsync(new Uri("/", UriKind.Relative));
        Assert.All([negotiate, plain, other], r => Assert.Equal(HttpStatusCode.NotFound, r.StatusCode));
    }

    [Fact]
    public async Task TLS_serves_both_wires_and_needs_a_certificate()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => EmbeddedBroker.StartAsync(BrokerWorld.OnLoopback with { TlsPort = 0 }));
        using var certificate = SelfSigned();
        await using var world = await BrokerWorld.StartAsync(
            BrokerWorld.OnLoopback with { TlsPort = 0, WebSocketTlsPort = 0, Certificate = () => SslStreamCertificateContext.Create(certificate, null, offline: true) });
        void Trust(MqttClientTlsOptionsBuilder tls) => tls.UseTls().WithTargetHost("localhost")
            .WithCertificateValidationHandler(a => a.Certificate.GetCertHashString() == certificate.GetCertHashString());
        var ana = await world.ConnectAsync("ana", o => o.WithTcpServer("127.0.0.1", world.Broker.TlsPort).WithTlsOptions(Trust));
        var bia = await world.ConnectAsync(
            "bia",
            webSocket: true,
            o => o.WithWebSocketServer(w => w.WithUri($"wss://localhost:{world.Broker.WebSocketTlsPort}/mqtt")).WithTlsOptions(Trust));
        await bia.SubscribeAsync("chat/general");
        await ana.SayAsync("chat/general", "in private");
        Assert.Equal("in private", await bia.HearTextAsync());
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        // Windows serves TLS only with a key that was imported.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
