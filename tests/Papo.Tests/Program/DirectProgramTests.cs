// Owns: direct messages and private rooms as the real program has them: `papo send @bia`, `papo tail`, `papo history @ana`, slash commands.
// Must never: speak to the library; the program alone is looked at.
using System.Text.Json;
using Papo.Client;
using Papo.Tests.World;

namespace Papo.Tests.Program;

public sealed class DirectProgramTests
{
    [Fact]
    public async Task Papo_send_to_a_person_is_read_by_that_person_alone()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var tap = await Wiretap.StartAsync(mosquitto.Address);
        using var ana = new TestHome();
        using var bia = new TestHome();
        using var caio = new TestHome();
        await using var dora = await Member.ArriveAsync("dora", mosquitto.Address);
        await using var tail = Start(mosquitto, bia, "bia", null, "tail", "--json");
        await using var other = Start(mosquitto, caio, "caio", null, "tail", "--json");
        await dora.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "bia");
        await dora.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "caio");
        await using (var hello = Start(mosquitto, ana, "ana", "", "send", "general", "alô"))
        {
            Assert.Equal(ExitCode.Done, await hello.EndAsync());
        }

        await tail.UntilOutAsync(static lines => lines.Count == 1);
        await other.UntilOutAsync(static lines => lines.Count == 1);
        await using (var send = Start(mosquitto, ana, "ana", "", "send", "@bia", "só nós duas"))
        {
            Assert.Equal(ExitCode.Done, await send.EndAsync());
            Assert.Matches("^[a-z2-7]{26}$", Assert.Single(send.Out));
        }

        await tail.UntilOutAsync(static lines => lines.Count == 2);
        var message = JsonDocument.Parse(tail.Out[1]).RootElement;
        Assert.Equal(("@ana", "text", "só nós duas"), (message.GetProperty("room").GetString(), message.GetProperty("kind").GetString(), message.GetProperty("text").GetString()));
        await using (var history = Start(mosquitto, bia, "bia", "", "history", "@ana", "--json"))
        {
            Assert.Equal(ExitCode.Done, await history.EndAsync());
            Assert.Equal("só nós duas", JsonDocument.Parse(Assert.Single(history.Out)).RootElement.GetProperty("text").GetString());
        }

        Assert.Single(other.Out);
        Assert.True(tap.Heard("alô"));
        Assert.False(tap.Heard("só nós duas"));
    }

    [Fact]
    public async Task Who_was_here_and_left_can_still_write_directly_with_a_command()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var ana = new TestHome();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await using (var visit = Start(mosquitto, ana, "ana", "oi gente\n", "--plain"))
        {
            Assert.Equal(ExitCode.Done, await visit.EndAsync());
        }

        await using var send = Start(mosquitto, ana, "ana", "", "send", "@bia", "esqueci de dizer"); // her device's presence says that she left
        Assert.Equal(ExitCode.Done, await send.EndAsync());
        await bia.UntilSaidAsync("esqueci de dizer");
    }

    [Fact]
    public async Task A_name_that_nobody_has_ends_with_1_and_sends_nothing()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        using var ana = new TestHome();
        await using var send = Start(mosquitto, ana, "ana", "", "send", "@ninguem", "oi");
        Assert.Equal(ExitCode.Failed, await send.EndAsync());
        Assert.Contains("Nobody called @ninguem is known here", send.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_room_is_made_and_filled_by_slash_commands()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var tap = await Wiretap.StartAsync(mosquitto.Address);
        using var ana = new TestHome();
        using var bia = new TestHome();
        await using var dora = await Member.ArriveAsync("dora", mosquitto.Address);
        await using var tail = Start(mosquitto, bia, "bia", null, "tail", "--json");
        await dora.UntilAsync<PersonChanged>(static change => change.Person.Who.Name == "bia");
        await using (var hello = Start(mosquitto, ana, "ana", "", "send", "general", "alô"))
        {
            Assert.Equal(ExitCode.Done, await hello.EndAsync());
        }

        await tail.UntilOutAsync(static lines => lines.Count == 1);
        await using var chat = Start(mosquitto, ana, "ana", "/create --private toca\n/invite bia\n/msg bia oi\n/join ~toca\nentre nós\n", "--plain");
        await tail.UntilOutAsync(static lines => lines.Count == 3);
        var rooms = tail.Out.Skip(1).Select(static line => JsonDocument.Parse(line).RootElement).ToDictionary(static line => line.GetProperty("room").GetString()!, static line => line.GetProperty("text").GetString());
        Assert.Equal("oi", rooms["@ana"]);
        Assert.Equal("entre nós", rooms["~toca"]);
        Assert.Equal(ExitCode.Done, await chat.EndAsync());
        Assert.False(tap.Heard("toca"));
        Assert.False(tap.Heard("entre nós"));
    }

    private static PapoProgram Start(Mosquitto mosquitto, TestHome home, string name, string? input, params string[] arguments) =>
        PapoProgram.Start(home.Path, input, null, [.. arguments, "--broker", mosquitto.Address.ToString(), "--name", name]);
}
