// Owns: the crash table of the architecture: the real program dies at each step, and nothing is lost or doubled.
// Must never: guess when a step is reached; the program kills itself exactly there.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Faults;

public sealed class KilledTests
{
    private const int Killed = 137;

    [Theory]
    [InlineData(FaultPoints.Drafted)]
    [InlineData(FaultPoints.Numbered)]
    [InlineData(FaultPoints.Published)]
    [InlineData(FaultPoints.Acknowledged)]
    public async Task A_sender_killed_at_a_step_sends_once_after_the_next_start(string step)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        using var home = new TestHome();

        await using (var first = Papo(home, mosquitto, step, "send", "general", "oi, bia!"))
        {
            Assert.Equal(Killed, await first.EndAsync());
        }

        Assert.Equal(1, home.Waiting);
        await using (var second = Papo(home, mosquitto, null, "send", "general", "de novo"))
        {
            Assert.Equal(ExitCode.Done, await second.EndAsync());
        }

        await bia.UntilSaidAsync("de novo");
        await AssertHeldOnceAsync(bia, "oi, bia!", "de novo");
        Assert.Equal(0, home.Waiting);
        Assert.Equal(["oi, bia!", "de novo"], home.Texts);
    }

    [Theory]
    [InlineData(FaultPoints.Numbered)]
    [InlineData(FaultPoints.Published)]
    [InlineData(FaultPoints.Acknowledged)]
    public async Task A_chat_with_piped_lines_killed_at_a_step_loses_no_line_that_was_taken(string step)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        using var home = new TestHome();

        string[] lines = ["linha um", "linha dois", "linha três"];
        await using (var first = PapoProgram.Start(home.Path, string.Join('\n', lines) + "\n", step, "--broker", mosquitto.Address.ToString(), "--name", "ana"))
        {
            Assert.Equal(Killed, await first.EndAsync());
        }

        var taken = home.Query("SELECT CAST(body AS TEXT) FROM outbox WHERE kind = 1 ORDER BY no").Concat(lines.Where(home.IsAhead)).ToList();
        Assert.NotEmpty(taken);
        await using (var second = Papo(home, mosquitto, null, "send", "general", "fim"))
        {
            Assert.Equal(ExitCode.Done, await second.EndAsync());
        }

        await bia.UntilSaidAsync("fim");
        await AssertHeldOnceAsync(bia, [.. taken, "fim"]);
        Assert.Equal(0, home.Waiting);
    }

    [Theory]
    [InlineData(FaultPoints.Received)]
    [InlineData(FaultPoints.Stored)]
    public async Task A_receiver_killed_at_a_step_holds_the_message_once_after_the_next_start(string step)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        using var home = new TestHome();
        await using var first = PapoProgram.Start(home.Path, null, step, "tail", "general", "--broker", mosquitto.Address.ToString(), "--name", "bia");
        await ana.UntilAsync<PersonChanged>(change => change.Person.Who.Name == "bia" && change.What == PersonEvent.Came);

        var number = await ana.SayAsync("oi, bia!");
        Assert.Equal(Killed, await first.EndAsync());
        Assert.Equal(step == FaultPoints.Stored ? 1 : 0, home.Texts.Count);

        await using var second = PapoProgram.Start(home.Path, null, null, "tail", "general", "--json", "--broker", mosquitto.Address.ToString(), "--name", "bia");
        await second.UntilOutAsync(static lines => lines.Any(static line => line.Contains("oi, bia!", StringComparison.Ordinal)));
        await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Held);
        await ana.SayAndHoldAsync("tudo bem?");
        await second.UntilOutAsync(static lines => lines.Any(static line => line.Contains("tudo bem?", StringComparison.Ordinal)));

        Assert.Equal(2, second.Out.Count);
        Assert.Equal(["oi, bia!", "tudo bem?"], home.Texts);
    }

    private static PapoProgram Papo(TestHome home, Mosquitto mosquitto, string? fault, params string[] arguments) =>
        PapoProgram.Start(home.Path, "", fault, [.. arguments, "--broker", mosquitto.Address.ToString(), "--name", "ana"]);

    private static async Task AssertHeldOnceAsync(Member member, params string[] lines)
    {
        var page = await member.Client.HistoryAsync(Room.General, new HistoryQuery(100), TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Equal(lines, page.Messages.Select(static message => message.Text));
        Assert.Equal(lines, member.Lines);
        Assert.All(page.Messages, static message => Assert.Equal(("ana", Trust.Signed), (message.From.Name, message.From.Trust)));
    }
}
