// Owns: a private room over a long time: whoever may read it reads the same, and nobody else anything.
// Must never: hold what is judged; PrivateLife does.
using Papo.Tests.World;

namespace Papo.Tests.Chat;

public sealed class PrivateLifeTests
{
    [Fact]
    public async Task After_200_changes_and_2000_messages_all_who_are_in_read_the_same_and_nobody_reads_what_was_said_without_him()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var life = await PrivateLife.BeginAsync(mosquitto, seed: 6);
        await life.LiveAsync(changes: 200, messagesEach: 10, deaths: 4);
        Assert.Empty(await life.EndAsync());
    }
}
