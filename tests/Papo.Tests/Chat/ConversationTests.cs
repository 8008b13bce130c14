// Owns: the main job: people talk through a real broker, and everybody holds everything once.
// Must never: look inside; these tests see what a user of the library sees.
using Papo.Client;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Chat;

public sealed class ConversationTests
{
    [Fact]
    public async Task Ana_and_bia_talk_through_an_unconfigured_mosquitto()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);

        var number = await ana.SayAsync("oi, bia!");
        var heard = await bia.UntilSaidAsync("oi, bia!");
        await bia.SayAsync("oi, ana!");
        await ana.UntilSaidAsync("oi, ana!");
        await ana.UntilAsync<StateChanged>(change => change.Number == number && change.State == MessageState.Held);

        Assert.Equal("ana", heard.From.Name);
        Assert.Equal(Trust.Signed, heard.From.Trust);
        Assert.False(heard.Late);
        Assert.Equal(["oi, bia!", "oi, ana!"], ana.Lines);
        Assert.Equal(["oi, bia!", "oi, ana!"], bia.Lines);
    }

    [Fact]
    public async Task A_thread_is_what_a_message_answers_and_all_that_answers_it()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        var question = await AnswerAsync(ana, "quem traz o bolo?", null);
        await AnswerAsync(ana, "outra coisa", null);
        var answer = await AnswerAsync(bia, "eu trago", question);
        await AnswerAsync(ana, "obrigada!", answer);
        var other = await AnswerAsync(bia, "ou o caio", question);
        await ana.UntilSaidAsync("ou o caio");

        string[] all = ["quem traz o bolo?", "eu trago", "obrigada!", "ou o caio"];
        foreach (var about in (EntryId[])[question, answer, other])
        {
            var thread = await ana.Client.ThreadAsync(about, TestContext.Current.CancellationToken);
            Assert.Equal(all, thread.Select(static message => message.Text));
        }
    }

    // Says it once everybody holds what was said before, so that there is one order.
    private static async Task<EntryId> AnswerAsync(Member who, string text, EntryId? target)
    {
        if (target is not null)
        {
            await who.UntilAsync<MessageArrived>(change => change.Message.Id == target);
        }

        var receipt = await who.Client.SendAsync(Room.General, new Draft(text) { Target = target }, TestContext.Current.CancellationToken);
        return (await who.UntilAsync<StateChanged>(change => change.Number == receipt.Number && change.State == MessageState.Held)).Id!.Value;
    }
}
