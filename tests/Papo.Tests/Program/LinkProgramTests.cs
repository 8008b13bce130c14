// Owns: `papo invite` and `papo join` as the real program has them: what they print and how they end.
// Must never: speak to the library; the program alone is looked at.
using Papo.Tests.World;

namespace Papo.Tests.Program;

public sealed class LinkProgramTests
{
    [Fact]
    public async Task A_link_to_an_open_room_leads_there()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var ana = new TestHome();
        using var bia = new TestHome();
        var link = await InviteAsync(mosquitto, ana, "obras");
        await using (var join = PapoProgram.Start(bia.Path, "", null, "join", link, "--name", "bia"))
        {
            Assert.Equal(ExitCode.Done, await join.EndAsync());
            Assert.Equal("Joined #obras.", Assert.Single(join.Out));
        }

        await using var tail = PapoProgram.Start(bia.Path, null, null, "tail"); // the broker of the link is the one used last
        await using var send = Start(mosquitto, ana, "ana", "send", "obras", "chegou?");
        Assert.Equal(ExitCode.Done, await send.EndAsync());
        await tail.UntilOutAsync(static lines => lines.Any(static line => line.Contains("chegou?", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_link_into_a_private_room_is_good_once_while_ana_is_in_the_chat()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var ana = new TestHome();
        using var bia = new TestHome();
        using var caio = new TestHome();
        await using (var chat = PapoProgram.Start(ana.Path, "/create --private toca\n/join ~toca\n/invite\n", null, "--plain", "--name", "ana", "--broker", mosquitto.Address.ToString()))
        {
            Assert.Equal(ExitCode.Done, await chat.EndAsync());
            Assert.Contains(chat.Out, static line => line.StartsWith("papo://", StringComparison.Ordinal));
        }

        var link = await InviteAsync(mosquitto, ana, "~toca");
        await using var tail = Start(mosquitto, ana, "ana", "tail", "~toca");
        await using (var join = PapoProgram.Start(bia.Path, "", null, "join", link, "--name", "bia"))
        {
            Assert.Equal(ExitCode.Done, await join.EndAsync());
            Assert.Equal("Joined ~toca.", Assert.Single(join.Out));
        }

        await using (var send = Start(mosquitto, bia, "bia", "send", "~toca", "achei a toca"))
        {
            Assert.Equal(ExitCode.Done, await send.EndAsync());
        }

        await tail.UntilOutAsync(static lines => lines.Any(static line => line.Contains("achei a toca", StringComparison.Ordinal)));
        await using var late = PapoProgram.Start(caio.Path, "", null, "join", link, "--name", "caio");
        Assert.Equal(ExitCode.Refused, await late.EndAsync());
        Assert.Contains("Somebody else has used this link", late.Error, StringComparison.Ordinal);
        await using var list = Start(mosquitto, ana, "ana", "invite", "--list");
        Assert.Equal(ExitCode.Done, await list.EndAsync());
        Assert.Contains(list.Out, static line => line.EndsWith("  ~toca  used by bia", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_a_link_is_said_and_shows_in_the_exit_code()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var other = await Mosquitto.StartAsync();
        using var ana = new TestHome();
        using var bia = new TestHome();
        var link = await InviteAsync(mosquitto, ana, "general");
        _ = await InviteAsync(other, ana, "general");

        await using var torn = PapoProgram.Start(bia.Path, "", null, "join", link[..^3]);
        Assert.Equal(ExitCode.Usage, await torn.EndAsync());
        Assert.Contains("That is no whole link", torn.Error, StringComparison.Ordinal);
        await using var none = PapoProgram.Start(bia.Path, "", null, "join", link.Replace($":{mosquitto.Port}", $":{FreePort.Next()}", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Unreachable, await none.EndAsync());
        Assert.Contains("Cannot reach", none.Error, StringComparison.Ordinal);
        await using var elsewhere = PapoProgram.Start(bia.Path, "", null, "join", link.Replace($":{mosquitto.Port}", $":{other.Port}", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Refused, await elsewhere.EndAsync());
        Assert.Contains("Another community is at that address now", elsewhere.Error, StringComparison.Ordinal);
        await using var person = Start(mosquitto, ana, "ana", "invite", "@bia");
        Assert.Equal(ExitCode.Usage, await person.EndAsync());
    }

    [Fact]
    public async Task Where_only_this_computer_reaches_the_broker_the_link_comes_with_a_warning()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var ana = new TestHome();
        await using var invite = Start(mosquitto, ana, "ana", "invite");
        Assert.Equal(ExitCode.Done, await invite.EndAsync());
        Assert.Matches($"^papo://(localhost|127\\.0\\.0\\.1):{mosquitto.Port}/general/s=[a-z2-7]{{26}}$", Assert.Single(invite.Out));
        Assert.Contains("reached from this computer only", invite.Error, StringComparison.Ordinal);
    }

    private static async Task<string> InviteAsync(Mosquitto mosquitto, TestHome home, string room)
    {
        await using var invite = Start(mosquitto, home, "ana", "invite", room);
        Assert.Equal(ExitCode.Done, await invite.EndAsync());
        return Assert.Single(invite.Out);
    }

    private static PapoProgram Start(Mosquitto mosquitto, TestHome home, string name, params string[] arguments) =>
        PapoProgram.Start(home.Path, "", null, [.. arguments, "--broker", mosquitto.Address.ToString(), "--name", name]);
}
