// Owns: links to brokers behind TLS and WebSocket, as the real program makes and follows them: to Mosquitto, and to a hub.
// Must never: trust an authority; that nobody known vouches for the broker is the point.
using Papo.Tests.Hub;
using Papo.Tests.World;

namespace Papo.Tests.Program;

public sealed class SecureLinkTests
{
    private const string Secure = "cafile {folder}/ca.pem\ncertfile {folder}/cert.pem\nkeyfile {folder}/key.pem\n";
    private const string Open = "allow_anonymous true\nlistener {other} 127.0.0.1\nlistener {port} 127.0.0.1\n";
    private const string Web = "protocol websockets\n";

    [Theory]
    [InlineData("mqtts")]
    [InlineData("wss")]
    public async Task A_link_over_tls_names_the_key_of_the_broker_and_leads_nowhere_else(string scheme)
    {
        using var certificates = new Certificates();
        await using var mosquitto = await SecureAsync(scheme, certificates);
        using var ana = new TestHome();
        using var bia = new TestHome();
        using var caio = new TestHome();
        var broker = mosquitto.AddressOf(scheme).ToString();
        var link = await InviteAsync(broker, ana, "obras");
        Assert.Matches($"^papo://[0-9.]+:{mosquitto.Port}/obras/s=[a-z2-7]{{26}}/v={scheme}(/p=[^/]+)?/k=[A-Za-z0-9_-]{{43}}$", link);

        await using (var join = PapoProgram.Start(bia.Path, "", null, "join", link, "--name", "bia"))
        {
            Assert.Equal(ExitCode.Done, await join.EndAsync());
            Assert.Equal("Joined #obras.", Assert.Single(join.Out));
            Assert.DoesNotContain("pinned", join.Error, StringComparison.Ordinal); // the link said which key: there is nothing to take on trust
        }

        await using var tail = PapoProgram.Start(bia.Path, null, null, "tail", "obras");
        await SayUntilHeardAsync(tail, () => Start(broker, ana, "ana", "send", "obras", "chegou?"), "chegou?");
        var key = link.IndexOf("/k=", StringComparison.Ordinal) + 3;
        var other = link[..key] + (link[key] == 'A' ? 'B' : 'A') + link[(key + 1)..];
        await using var refused = PapoProgram.Start(caio.Path, "", null, "join", other, "--name", "caio");
        Assert.Equal(ExitCode.Unreachable, await refused.EndAsync());
        Assert.Contains("another key", refused.Error, StringComparison.Ordinal);
        Assert.Empty(refused.Out);
    }

    [Fact]
    public async Task A_link_over_a_websocket_leads_into_the_room_too()
    {
        await using var mosquitto = await Mosquitto.StartAsync(Open + Web);
        using var ana = new TestHome();
        using var bia = new TestHome();
        var broker = mosquitto.AddressOf("ws").ToString();
        var link = await InviteAsync(broker, ana, "obras");
        Assert.Contains("/v=ws", link, StringComparison.Ordinal);
        await using (var join = PapoProgram.Start(bia.Path, "", null, "join", link, "--name", "bia"))
        {
            Assert.Equal(ExitCode.Done, await join.EndAsync());
        }

        await using var tail = Start(broker, ana, "ana", "tail", "obras");
        await SayUntilHeardAsync(tail, () => PapoProgram.Start(bia.Path, "", null, "send", "obras", "por um túnel"), "por um túnel");
    }

    [Theory]
    [InlineData("mqtts")]
    [InlineData("wss")]
    public async Task A_private_room_is_entered_and_a_computer_linked_over_tls(string scheme)
    {
        using var certificates = new Certificates();
        await using var mosquitto = await SecureAsync(scheme, certificates);
        using var ana = new TestHome();
        using var bia = new TestHome();
        using var phone = new TestHome();
        var broker = mosquitto.AddressOf(scheme).ToString();
        await using (var chat = PapoProgram.Start(ana.Path, "/create --private toca\n", null, "--plain", "--name", "ana", "--broker", broker))
        {
            Assert.Equal(ExitCode.Done, await chat.EndAsync());
        }

        var link = await InviteAsync(broker, ana, "~toca");
        await using var tail = Start(broker, ana, "ana", "tail", "~toca");
        await using (var join = PapoProgram.Start(bia.Path, "", null, "join", link, "--name", "bia"))
        {
            Assert.Equal(ExitCode.Done, await join.EndAsync());
            Assert.Equal("Joined ~toca.", Assert.Single(join.Out));
        }

        await using var offer = PapoProgram.Start(ana.Path, null, null, "devices", "link", "--name", "ana", "--broker", broker);
        await offer.UntilOutAsync(static lines => lines.Count == 1);
        Assert.Contains("/k=", offer.Out[0], StringComparison.Ordinal);
        await using var linking = PapoProgram.Start(phone.Path, "", null, "join", offer.Out[0]);
        await linking.UntilOutAsync(static lines => lines.Count == 1);
        await offer.TypeAsync(linking.Out[0]);
        Assert.Equal(ExitCode.Done, await linking.EndAsync());
        Assert.Equal(ExitCode.Done, await offer.EndAsync());
        await using var send = PapoProgram.Start(phone.Path, "", null, "send", "~toca", "do celular");
        Assert.Equal(ExitCode.Done, await send.EndAsync());
        await tail.UntilOutAsync(static lines => lines.Any(static line => line.Contains("do celular", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("mosquitto")]
    public async Task A_link_to_a_hub_names_its_key_and_whoever_follows_it_reads_what_was_said(string kind)
    {
        await using var hub = await HubWorld.StartAsync(null, folder => HubWorld.WithTlsAsync(kind, folder, 0), static options => options with { Tls = new Papo.Hub.TlsOptions() });
        using var ana = new TestHome();
        using var bia = new TestHome();
        var broker = $"mqtts://127.0.0.1:{hub.Node.TlsPort}";
        await using (var send = Start(broker, ana, "ana", "send", "general", "para quem vier"))
        {
            Assert.Equal(ExitCode.Done, await send.EndAsync());
        }

        var link = await InviteAsync(broker, ana, "general");
        Assert.EndsWith("/k=" + System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(hub.Node.KeyFingerprint!)), link, StringComparison.Ordinal);
        await using (var join = PapoProgram.Start(bia.Path, "", null, "join", link, "--name", "bia"))
        {
            Assert.Equal(ExitCode.Done, await join.EndAsync());
        }

        await using var history = PapoProgram.Start(bia.Path, "", null, "history", "general");
        Assert.Equal(ExitCode.Done, await history.EndAsync());
        Assert.Contains(history.Out, static line => line.Contains("para quem vier", StringComparison.Ordinal));
    }

    // What is said before a tail has connected is its past, which it does not print.
    private static Task SayUntilHeardAsync(PapoProgram tail, Func<PapoProgram> say, string text) => Eventually.IsAsync(
        async () =>
        {
            await using var send = say();
            await send.EndAsync();
            return tail.Out.Any(line => line.Contains(text, StringComparison.Ordinal));
        },
        () => tail.Error);

    private static Task<Mosquitto> SecureAsync(string scheme, Certificates certificates) =>
        Mosquitto.StartAsync(Open + (scheme == "wss" ? Web : "") + Secure, folder => certificates.WriteTo(folder, certificates.Issue(hosts: "127.0.0.1")));

    private static async Task<string> InviteAsync(string broker, TestHome home, string room)
    {
        await using var invite = Start(broker, home, "ana", "invite", room);
        Assert.Equal(ExitCode.Done, await invite.EndAsync());
        return Assert.Single(invite.Out);
    }

    private static PapoProgram Start(string broker, TestHome home, string name, params string[] arguments) =>
        PapoProgram.Start(home.Path, "", null, [.. arguments, "--broker", broker, "--name", name]);
}
