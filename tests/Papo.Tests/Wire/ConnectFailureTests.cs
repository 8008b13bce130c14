// Owns the proof that each way a connection fails is told apart, against real or faked servers.
using System.Net;
using System.Net.Sockets;
using Papo.Client.Wire;
using Papo.Tests.World;

namespace Papo.Tests.Wire;

public sealed class ConnectFailureTests
{
    private const string Tls = "listener {port} 127.0.0.1\nallow_anonymous true\ncafile {folder}/ca.pem\ncertfile {folder}/cert.pem\nkeyfile {folder}/key.pem\n";
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task An_unknown_host_is_named()
    {
        var failure = await Device.FailAsync(Device.Options(Parse("mqtt://no-such-host.invalid")));
        Assert.Equal((ConnectFailureKind.UnknownHost, false), (failure.Kind, failure.Permanent));
    }

    [Theory]
    [InlineData("mqtt")]
    [InlineData("mqtts")]
    [InlineData("ws")]
    public async Task A_closed_port_is_a_refusal(string scheme)
    {
        var failure = await Device.FailAsync(Device.Options(Parse($"{scheme}://localhost:{FreePort.Next()}")));
        Assert.Equal((ConnectFailureKind.Refused, false), (failure.Kind, failure.Permanent));
    }

    [Fact]
    public async Task An_address_without_a_route_is_unreachable()
    {
        var failure = await Device.FailAsync(Device.Options(Parse("mqtt://255.255.255.255")));
        Assert.Equal(ConnectFailureKind.Unreachable, failure.Kind);
    }

    [Theory]
    [InlineData("mqtt", "accepted the connection but did not answer")]
    [InlineData("mqtts", "accepted the connection but did not answer the TLS handshake")]
    [InlineData("ws", "accepted the connection but did not answer the WebSocket handshake")]
    public async Task A_silent_server_is_told_apart_from_no_server(string scheme, string words)
    {
        await using var silent = new FakeBroker((stream, stop) => stream.CopyToAsync(Stream.Null, stop));
        var failure = await Device.FailAsync(Device.Options(silent.AddressOf(scheme)) with { ConnectTimeout = Short });
        Assert.Equal((ConnectFailureKind.TimedOut, words), (failure.Kind, failure.Detail));
    }

    [Fact]
    public async Task A_web_server_is_not_mqtt()
    {
        await using var web = FakeBroker.Answering("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        var failure = await Device.FailAsync(Device.Options(web.AddressOf()));
        Assert.Equal((ConnectFailureKind.NotMqtt, true), (failure.Kind, failure.Permanent));
        Assert.Contains("HTTP/1.1 400 Bad Request", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_speaks_first_is_not_mqtt()
    {
        await using var ssh = new FakeBroker(async (stream, stop) =>
        {
            await stream.WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"u8.ToArray(), stop);
            await stream.CopyToAsync(Stream.Null, stop);
        });
        var failure = await Device.FailAsync(Device.Options(ssh.AddressOf()));
        Assert.Equal((ConnectFailureKind.NotMqtt, true), (failure.Kind, failure.Permanent));
    }

    [Fact]
    public async Task A_server_that_hangs_up_on_connect_may_come_to_its_senses()
    {
        await using var rude = new FakeBroker(async (stream, stop) => await FakeBroker.ReadPacketAsync(stream, stop));
        var failure = await Device.FailAsync(Device.Options(rude.AddressOf()));
        Assert.Equal((ConnectFailureKind.NotMqtt, false), (failure.Kind, failure.Permanent));
    }

    [Fact]
    public async Task A_broker_that_only_speaks_3_1_1_is_named()
    {
        await using var old = FakeBroker.Answering(0x20, 2, 0, 1);
        var failure = await Device.FailAsync(Device.Options(old.AddressOf()));
        Assert.Equal((ConnectFailureKind.Mqtt311Only, true), (failure.Kind, failure.Permanent));
    }

    [Theory]
    [InlineData(0x84, ConnectFailureKind.Mqtt311Only, true)]
    [InlineData(0x85, ConnectFailureKind.ClientIdRefused, true)]
    [InlineData(0x86, ConnectFailureKind.BadCredentials, true)]
    [InlineData(0x87, ConnectFailureKind.NotAuthorized, true)]
    [InlineData(0x88, ConnectFailureKind.ServerBusy, false)]
    [InlineData(0x8A, ConnectFailureKind.Banned, true)]
    [InlineData(0x97, ConnectFailureKind.Quota, false)]
    [InlineData(0x9D, ConnectFailureKind.Other, false)]
    public async Task A_refusing_broker_gives_its_reason(byte code, ConnectFailureKind kind, bool permanent)
    {
        await using var broker = FakeBroker.Answering(0x20, 3, 0, code, 0);
        var failure = await Device.FailAsync(Device.Options(broker.AddressOf()));
        Assert.Equal((kind, permanent, code), (failure.Kind, failure.Permanent, failure.ReasonCode));
    }

    [Theory]
    [InlineData(0x82, ConnectFailureKind.ProtocolError)]
    [InlineData(0x87, ConnectFailureKind.NotAuthorized)]
    [InlineData(0x8B, ConnectFailureKind.ServerShuttingDown)]
    [InlineData(0x8E, ConnectFailureKind.TakenOver)]
    [InlineData(0x95, ConnectFailureKind.PacketTooLarge)]
    [InlineData(0x97, ConnectFailureKind.Quota)]
    public async Task A_farewell_of_the_broker_gives_its_reason(byte code, ConnectFailureKind kind)
    {
        await using var broker = FakeBroker.Answering([.. FakeBroker.ConnAck, 0xE0, 1, code]);
        await using var ana = new Device(Device.Options(broker.AddressOf()) with { FirstFailureIsFinal = true }).Start();
        var down = await ana.NextAsync<SessionEvent.Down>();
        Assert.Equal((kind, code, true), (down.Failure.Kind, down.Failure.ReasonCode, down.WasUp));
        Assert.Equal(Timeout.InfiniteTimeSpan, down.RetryIn);
    }

    [Theory]
    [InlineData(new byte[] { 0x00, 0x00 })]
    [InlineData(new byte[] { 0x30, 0x02, 0x00, 0x09 })]
    [InlineData(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [InlineData(new byte[] { 0x10, 0x00 })]
    [InlineData(new byte[] { 0x34, 0x06, 0x00, 0x01, 0x74, 0x00, 0x01, 0x00 })]
    public async Task Bytes_that_are_no_packet_end_the_connection_and_nothing_else(byte[] garbage)
    {
        await using var broker = FakeBroker.Answering([.. FakeBroker.ConnAck, .. garbage]);
        var failure = await Device.FailAsync(Device.Options(broker.AddressOf()));
        Assert.Equal(ConnectFailureKind.ProtocolError, failure.Kind);
    }

    [Fact]
    public async Task A_packet_above_our_limit_is_refused_before_it_is_read()
    {
        await using var broker = FakeBroker.Answering([.. FakeBroker.ConnAck, 0x30, 0xFF, 0xFF, 0xFF, 0x7F]);
        var failure = await Device.FailAsync(Device.Options(broker.AddressOf()));
        Assert.Equal(ConnectFailureKind.PacketTooLarge, failure.Kind);
    }

    [Fact]
    public async Task A_wrong_password_is_told_apart()
    {
        await using var broker = await Mosquitto.StartAsync("listener {port} 127.0.0.1\nallow_anonymous false\n");
        var failure = await Device.FailAsync(Device.Options(broker.Address) with { User = "ana", Password = "wrong" });
        Assert.Contains(failure.Kind, new[] { ConnectFailureKind.BadCredentials, ConnectFailureKind.NotAuthorized });
        Assert.True(failure.Permanent);
        Assert.DoesNotContain("wrong", failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mqtts", "allow_anonymous true\nlistener {port} 127.0.0.1\n")]
    [InlineData("wss", "allow_anonymous true\nlistener {other} 127.0.0.1\nlistener {port} 127.0.0.1\nprotocol websockets\n")]
    public async Task An_expired_certificate_a_foreign_one_and_one_for_another_host_are_told_apart(string scheme, string listener)
    {
        using var certificates = new Certificates();
        Assert.Equal(ConnectFailureKind.CertificateExpired, await CertificateFailureAsync(scheme, listener, certificates, certificates.Issue(expired: true)));
        Assert.Equal(ConnectFailureKind.CertificateNameMismatch, await CertificateFailureAsync(scheme, listener, certificates, certificates.Issue(false, "example.org")));
        using var stranger = new Certificates("Another authority");
        Assert.Equal(ConnectFailureKind.CertificateUnknown, await CertificateFailureAsync(scheme, listener, certificates, stranger.Issue()));
    }

    [Fact]
    public async Task Without_an_authority_of_our_own_the_systems_do_not_know_the_broker()
    {
        using var certificates = new Certificates();
        await using var broker = await Mosquitto.StartAsync(Tls, folder => certificates.WriteTo(folder, certificates.Issue()));
        var failure = await Device.FailAsync(Device.Options(broker.AddressOf("mqtts", "localhost")));
        Assert.Equal((ConnectFailureKind.CertificateUnknown, true), (failure.Kind, failure.Permanent));
    }

    [Fact]
    public async Task A_plain_broker_behind_a_tls_address_fails_in_the_handshake()
    {
        await using var broker = await Mosquitto.StartAsync();
        var failure = await Device.FailAsync(Device.Options(broker.AddressOf("mqtts")));
        Assert.Equal(ConnectFailureKind.TlsFailed, failure.Kind);
    }

    [Fact]
    public async Task A_missing_authority_file_is_named()
    {
        var failure = await Device.FailAsync(Device.Options(Parse("mqtts://localhost")) with { CaFile = "/no/such/ca.pem" });
        Assert.Equal((ConnectFailureKind.CertificateFile, true), (failure.Kind, failure.Permanent));
        Assert.Contains("ca.pem", failure.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404 Not Found", ConnectFailureKind.NotMqtt)]
    [InlineData("403 Forbidden", ConnectFailureKind.NotAuthorized)]
    [InlineData("503 Service Unavailable", ConnectFailureKind.ServerBusy)]
    public async Task A_web_server_without_a_broker_behind_it_gives_its_status(string status, ConnectFailureKind kind)
    {
        await using var web = new FakeBroker(async (stream, stop) =>
        {
            await stream.ReadAtLeastAsync(new byte[4096], 100, false, stop);
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n"), stop);
        });
        Assert.Equal(kind, (await Device.FailAsync(Device.Options(web.AddressOf("ws")))).Kind);
    }

    [Fact]
    public async Task An_mqtt_broker_behind_a_web_address_is_no_web_server()
    {
        await using var broker = await Mosquitto.StartAsync();
        var failure = await Device.FailAsync(Device.Options(broker.AddressOf("ws")));
        Assert.True(failure.Kind == ConnectFailureKind.NotMqtt, $"{failure}\n{broker.Log}");
    }

    [Fact]
    public async Task Another_address_of_the_host_is_tried_when_the_first_is_closed()
    {
        // "localhost" is ::1 and 127.0.0.1; the broker listens on the latter only.
        await using var broker = await Mosquitto.StartAsync("listener {port} 127.0.0.1\nallow_anonymous true\n");
        var addresses = await Dns.GetHostAddressesAsync("localhost");
        Assert.Contains(addresses, a => a.AddressFamily == AddressFamily.InterNetwork);
        await using var ana = await Device.ConnectAsync(Device.Options(broker.AddressOf("mqtt", "localhost")));
        await ana.PublishAsync("t", "x");
    }

    private static async Task<ConnectFailureKind> CertificateFailureAsync(string scheme, string listener, Certificates trusted, (string Certificate, string Key) issued)
    {
        await using var broker = await Mosquitto.StartAsync(listener + "certfile {folder}/cert.pem\nkeyfile {folder}/key.pem\n", folder => trusted.WriteTo(folder, issued));
        var failure = await Device.FailAsync(Device.Options(broker.AddressOf(scheme, "localhost")) with { CaFile = Path.Combine(broker.Folder, "ca.pem") });
        Assert.True(failure.Permanent, failure.Detail);
        return failure.Kind;
    }

    private static BrokerAddress Parse(string text)
    {
        Assert.True(BrokerAddress.TryParse(text, out var address, out var problem), problem);
        return address;
    }
}
