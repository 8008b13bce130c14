// Owns: comparing keys by emoji through real brokers, as users of the library see it, and what a stranger by hand gets out of it.
// Must never: look inside.
using System.Security.Cryptography;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Tests.Chat;

public sealed class EmojiComparingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ana_and_bia_see_the_same_seven_whoever_asks_first(bool lowerFirst)
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        await using var bia = await Member.ArriveAsync("bia", mosquitto.Address);
        await MeetAsync(ana, bia);
        var isLower = ana.Client.Me.Account!.Value.Value < bia.Client.Me.Account!.Value.Value;
        var (one, other) = isLower == lowerFirst ? (ana, bia) : (bia, ana);
        var begun = await one.Client.CompareEmojiAsync(other.Name, Stop);
        Assert.Equal((other.Name, false), (begun!.Who.Name, begun.IsAsked));
        Assert.Equal(one.Name, (await other.UntilAsync<EmojiAsked>()).Who.Name);
        Assert.Empty(other.Told.OfType<EmojiShown>());

        Assert.True((await other.Client.CompareEmojiAsync(one.Name, Stop))!.IsAsked);
        await SeeTheSameAsync(one, other);
        Assert.Empty(one.Told.OfType<EmojiAsked>());
        Assert.Null((await ana.Client.SafetyAsync("bia", Stop))!.Verified); // looking is not saying
    }

    [Fact]
    public async Task Nobody_begins_with_a_stranger_or_with_himself()
    {
        await using var mosquitto = await Mosquitto.StartAsync();
        await using var ana = await Member.ArriveAsync("ana", mosquitto.Address);
        Assert.Null(await ana.Client.CompareEmojiAsync("ana", Stop));
        Assert.Null(await ana.Client.CompareEmojiAsync("caio", Stop));
    }

    private static async Task<IReadOnlyList<int>> SeeTheSameAsync(Member one, Member other)
    {
        var seen = (await one.UntilAsync<EmojiShown>()).Emoji;
        var shown = await other.UntilAsync<EmojiShown>();
        Assert.Equal((one.Name, EmojiCode.Count), (shown.Who.Name, seen.Count));
        Assert.Equal(seen, shown.Emoji);
        return seen;
    }

    private static async Task MeetAsync(Member one, Member other)
    {
        await one.UntilAsync<PersonChanged>(change => change.Person.Who.Account == other.Client.Me.Account);
        await other.UntilAsync<PersonChanged>(change => change.Person.Who.Account == one.Client.Me.Account);
    }
}
