// Owns: the main job: people talk through a real broker, and everybody holds everything once.
// Must never: look inside; these tests see what a user of the library sees.
using Papo.Client;
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
}
