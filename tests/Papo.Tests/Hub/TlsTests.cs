// Owns: the tests of a hub's own TLS: a certificate without homework, a key that is pinned, and a change that is said.
// Must never: accept a certificate blindly, but to look at it.
using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Hub;
using Papo.Tests.Broker;
using Papo.Tests.World;

namespace Papo.Tests.Hub;

public sealed class TlsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task People_talk_encrypted_without_a_file_and_the_key_is_pinned_and_said_once(string broker)
    {
        await using var hub = await StartAsync(broker);
        using var anasHome = new TestHome();
        await using (var ana = await Member.ArriveAsync("ana", Encrypted(hub), anasHome.Path))
        {
            var pinned = await ana.UntilAsync<Noticed>(static change => change.Notice.Kind == NoticeKind.KeyPinned);
            Assert.Equal(hub.Node.KeyFingerprint, pinned.Notice.Text);
            await ana.SayAndHoldAsync("oi");
        }

        await using var again = await Member.ArriveAsync("ana", Encrypted(hub), anasHome.Path);
        await again.SayAndHoldAsync("voltei");
        Assert.DoesNotContain(again.Told, static change => change is Noticed { Notice.Kind: NoticeKind.KeyPinned });
    }

    [Fact]
    public async Task Another_key_at_a_known_address_is_refused_until_the_person_trusts_it()
    {
        using var anasHome = new TestHome();
        string first;
        int port;
        await using (var hub = await StartAsync("embedded"))
        {
            (first, port) = (hub.Node.KeyFingerprint!, hub.Node.TlsPort!.Value);
            await (await Member.ArriveAsync("ana", Encrypted(hub), anasHome.Path)).DisposeAsync();
        }

        await using var other = await StartAsync("embedded", port);
        var second = other.Node.KeyFingerprint!;
        await using (var ana = await Member.OpenAsync("ana", Encrypted(other), anasHome.Path))
        {
            var down = await ana.UntilAsync<ConnectionChanged>(static change => change.Connection.Failure is not null);
            Assert.Equal(new ConnectFailure(ConnectFailureKind.CertificateChanged, $"{first} → {second}", Permanent: true), down.Connection.Failure);
        }

        await (await Member.ArriveAsync("ana", Encrypted(other), anasHome.Path, Trusting(second))).DisposeAsync();
        await (await Member.ArriveAsync("ana", Encrypted(other), anasHome.Path)).DisposeAsync();
    }

    [Fact]
    public async Task A_key_that_the_person_named_is_not_replaced_by_the_first_one_seen()
    {
        await using var hub = await StartAsync("embedded");
        await using var ana = await Member.OpenAsync("ana", Encrypted(hub), change: Trusting(new string('0', 64)));
        var down = await ana.UntilAsync<ConnectionChanged>(static change => change.Connection.Failure is not null);
        Assert.Equal(ConnectFailureKind.CertificateChanged, down.Connection.Failure!.Kind);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused_although_its_key_would_be_pinned()
    {
        using var authority = new Certificates();
        using var files = new TestHome();
        authority.WriteTo(files.Path, authority.Issue(false, "example.org"));
        await using var hub = await StartAsync("embedded", tls: Given(files));
        await using var ana = await Member.OpenAsync("ana", Encrypted(hub));
        var down = await ana.UntilAsync<ConnectionChanged>(static change => change.Connection.Failure is not null);
        Assert.Equal(ConnectFailureKind.CertificateNameMismatch, down.Connection.Failure!.Kind);
    }

    [Fact]
    public async Task Whoever_has_the_key_that_was_named_is_the_broker_for_whatever_host_its_certificate_is()
    {
        using var authority = new Certificates();
        using var files = new TestHome();
        using var anasHome = new TestHome();
        authority.WriteTo(files.Path, authority.Issue(false, "example.org"));
        await using var hub = await StartAsync("embedded", tls: Given(files));
        await (await Member.ArriveAsync("ana", Encrypted(hub), anasHome.Path, Trusting(hub.Node.KeyFingerprint!))).DisposeAsync();
        await (await Member.ArriveAsync("ana", Encrypted(hub), anasHome.Path)).DisposeAsync();
    }

    [Fact]
    public async Task A_broker_with_another_key_than_was_named_is_refused_although_an_authority_vouches_for_it()
    {
        using var authority = new Certificates();
        using var files = new TestHome();
        authority.WriteTo(files.Path, authority.Issue());
        await using var hub = await StartAsync("embedded", tls: Given(files));
        var credentials = new Credentials { CaFile = Path.Combine(files.Path, "ca.pem"), TrustedKey = new string('0', 64) };
        await using (var ana = await Member.OpenAsync("ana", Encrypted(hub), change: options => options with { Credentials = credentials }))
        {
            var down = await ana.UntilAsync<ConnectionChanged>(static change => change.Connection.Failure is not null);
            Assert.Equal(ConnectFailureKind.CertificateChanged, down.Connection.Failure!.Kind);
        }

        await (await Member.ArriveAsync("ana", Encrypted(hub), change: options => options with { Credentials = credentials with { TrustedKey = hub.Node.KeyFingerprint } })).DisposeAsync();
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task A_certificate_of_ones_own_is_shown_and_so_is_the_one_that_replaces_it(string broker)
    {
        using var authority = new Certificates();
        using var files = new TestHome();
        authority.WriteTo(files.Path, authority.Issue());
        await using var hub = await StartAsync(broker, tls: Given(files) with { LookEvery = TimeSpan.FromMilliseconds(50) });
        var first = await ShownAsync(hub);
        Assert.Equal(hub.Node.KeyFingerprint, first);

        authority.WriteTo(files.Path, authority.Issue());
        await HubWorld.UntilAsync(() => hub.Node.KeyFingerprint != first, "the new certificate to be read");
        var shown = first;
        for (var look = 0; look < 200 && shown == first; look++)
        {
            shown = await ShownAsync(hub);
        }

        Assert.Equal(hub.Node.KeyFingerprint, shown);
    }

    [Fact]
    public async Task While_only_one_of_the_two_files_is_replaced_the_old_certificate_stays()
    {
        using var authority = new Certificates();
        using var files = new TestHome();
        using var log = new BrokerWorld.ErrorCollector(LogLevel.Warning);
        authority.WriteTo(files.Path, authority.Issue());
        var time = new FakeTimeProvider();
        await using var certificate = HubCertificate.Open(Given(files), files.Path, [], time, log);
        var first = certificate.Fingerprint;
        var changed = new TaskCompletionSource();
        certificate.Watch(TimeSpan.FromMinutes(1), time, changed.SetResult);

        var (chain, key) = authority.Issue();
        await File.WriteAllTextAsync(Path.Combine(files.Path, "cert.pem"), chain, Stop);
        time.Advance(TimeSpan.FromMinutes(1));
        await HubWorld.UntilAsync(() => log.Errors.Count == 1, "the pair that does not match to be refused");
        Assert.Equal(first, certificate.Fingerprint);

        await File.WriteAllTextAsync(Path.Combine(files.Path, "key.pem"), key, Stop);
        time.Advance(TimeSpan.FromMinutes(1));
        await changed.Task.WaitAsync(Member.Soon, Stop);
        Assert.NotEqual(first, certificate.Fingerprint);
    }

    [Fact]
    public async Task A_key_of_another_certificate_is_named_and_nothing_is_started()
    {
        using var authority = new Certificates();
        using var files = new TestHome();
        using var home = new TestHome();
        authority.WriteTo(files.Path, (authority.Issue().Certificate, authority.Issue().Key));
        var refused = await Assert.ThrowsAsync<TlsFileException>(() => StartAsync("embedded", tls: Given(files), home: home));
        Assert.Equal(Path.Combine(files.Path, "key.pem"), refused.Path);
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task Other_programs_trust_it_by_the_authoritys_file(string broker)
    {
        await using var hub = await StartAsync(broker);
        var authority = Path.Combine(hub.Home.Path, "hub", "tls", "ca.pem");
        using var publish = Process.Start("mosquitto_pub", ["--cafile", authority, "-h", "localhost", "-p", $"{hub.Node.TlsPort}", "-q", "1", "-t", "chat/general", "-m", "oi"]);
        await publish.WaitForExitAsync(Stop);
        Assert.Equal(0, publish.ExitCode);
    }

    [Fact]
    public void A_renewed_certificate_keeps_its_key_and_covers_new_addresses()
    {
        using var home = new TestHome();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var authority = new HubAuthority(home.Path, time);
        var names = new HubNames(new HashSet<string> { "casa" }, new HashSet<IPAddress> { IPAddress.Loopback });
        var made = Read(authority, names);
        Assert.Equal(made, Read(authority, names));

        time.Advance(TimeSpan.FromDays(300));
        Assert.Equal(made, Read(authority, names));
        time.Advance(TimeSpan.FromDays(70));
        var renewed = Read(authority, names);
        Assert.NotEqual(made, renewed);

        var moved = Read(authority, names with { Addresses = new HashSet<IPAddress> { IPAddress.Parse("192.168.7.7") } });
        Assert.NotEqual(renewed, moved);
        Assert.Equal(KeyFingerprint.Of(made), KeyFingerprint.Of(moved));
        Assert.True(moved.MatchesHostname("192.168.7.7"));
    }

    [Theory]
    [InlineData("server.key")]
    [InlineData("ca.key")]
    [InlineData("ca.pem")]
    [InlineData("server.pem")]
    public async Task A_lost_file_is_made_anew_and_the_hub_starts(string file)
    {
        using var home = new TestHome();
        await (await StartAsync("embedded", home: home)).DisposeAsync();
        File.Delete(Path.Combine(home.Path, "hub", "tls", file));
        await using var hub = await StartAsync("embedded", home: home);
        Assert.Equal(hub.Node.KeyFingerprint, await ShownAsync(hub));
    }

    [Fact]
    public async Task A_damaged_key_is_named_and_nothing_is_started()
    {
        using var home = new TestHome();
        var folder = Directory.CreateDirectory(Path.Combine(home.Path, "hub", "tls")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "server.key"), "nothing like a key", Stop);
        var refused = await Assert.ThrowsAsync<TlsFileException>(() => StartAsync("embedded", home: home));
        Assert.Equal(folder, refused.Path);
    }

    [Fact]
    public async Task Keys_are_for_their_owner_only()
    {
        using var home = new TestHome();
        new HubAuthority(Path.Combine(home.Path, "tls"), TimeProvider.System).Renew(HubNames.Find([]));
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%a", .. Directory.EnumerateFiles(Path.Combine(home.Path, "tls"), "*.key")]) { RedirectStandardOutput = true })!;
        Assert.Equal("600\n600\n", await stat.StandardOutput.ReadToEndAsync(Stop));
    }

    [Fact]
    public async Task The_program_says_its_key_and_which_port_it_took_for_a_taken_one()
    {
        using var home = new TestHome();
        using var other = new TcpListener(IPAddress.Parse("127.0.0.63"), 8883);
        other.Start();
        await using var hub = PapoProgram.Start(home.Path, "", null, "hub", "--bind", "127.0.0.63");
        await hub.UntilErrorAsync("Port 8883 is taken by another program;");
        var line = hub.Error.Split('\n').First(static said => said.StartsWith("Encrypted: ", StringComparison.Ordinal));
        using var anasHome = new TestHome();
        await using var ana = PapoProgram.Start(anasHome.Path, "", null, "send", "general", "oi", "--name", "ana", "--broker", line.Split(' ')[^1].Trim());
        Assert.Equal(0, await ana.EndAsync());
        var key = ana.Error.Split('\n').First(static said => said.Contains("must have this key", StringComparison.Ordinal)).Split(' ')[^1];
        Assert.Contains("first time: " + key, hub.Error, StringComparison.Ordinal);
    }

    private static Task<HubWorld> StartAsync(string broker, int port = 0, TlsOptions? tls = null, TestHome? home = null) =>
        HubWorld.StartAsync(home, folder => HubWorld.WithTlsAsync(broker, folder, port), options => options with { Tls = tls ?? new TlsOptions() });

    private static TlsOptions Given(TestHome files) => new() { CertFile = Path.Combine(files.Path, "cert.pem"), KeyFile = Path.Combine(files.Path, "key.pem") };

    private static Func<ChatOptions, ChatOptions> Trusting(string key) => options => options with { Credentials = new Credentials { TrustedKey = key } };

    private static BrokerAddress Encrypted(HubWorld hub)
    {
        Assert.True(BrokerAddress.TryParse($"mqtts://127.0.0.1:{hub.Node.TlsPort}", out var address, out _));
        return address;
    }

    private static X509Certificate2 Read(HubAuthority authority, HubNames names)
    {
        authority.Renew(names);
        return X509CertificateLoader.LoadCertificateFromFile(authority.Files.Chain);
    }

    // The key of whatever certificate is shown at this moment.
    private static async Task<string> ShownAsync(HubWorld hub)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, hub.Node.TlsPort!.Value, Stop);
        string? shown = null;
        await using var stream = new SslStream(socket.GetStream());
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = (_, certificate, _, _) => (shown = KeyFingerprint.Of((X509Certificate2)certificate!)).Length > 0,
            },
            Stop);
        return shown!;
    }
}
