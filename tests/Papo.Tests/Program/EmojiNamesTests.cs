// Owns: the names of emoji.
// Must never: depend on which emoji a terminal can draw.
using Papo.Chat;
using Papo.Output;

namespace Papo.Tests.Program;

public class EmojiNamesTests
{
    [Fact]
    public void Names_are_in_order_and_each_stands_for_one_emoji()
    {
        Assert.InRange(EmojiNames.All.Count, 300, 500);
        Assert.Equal(EmojiNames.All.Select(static each => each.Name).Order(StringComparer.Ordinal).Distinct(), EmojiNames.All.Select(static each => each.Name));
        Assert.All(EmojiNames.All, static each =>
        {
            Assert.Equal(each.Emoji.Length, TextWidth.NextCluster(each.Emoji));
            Assert.Equal(2, TextWidth.Of(each.Emoji));
            Assert.Matches("^[a-z0-9_+-]+$", each.Name);
        });
    }

    [Theory]
    [InlineData(":sm", "😄")]
    [InlineData(":+1", "👍")]
    [InlineData(":HEART:", "❤️")]
    [InlineData(":tad", "🎉")]
    [InlineData(":thumbsu", "👍")]
    public void A_begun_name_finds_the_emoji_people_mean_first(string begun, string emoji) =>
        Assert.Equal(emoji + " ", EmojiNames.Find(begun).First().Text);

    [Fact]
    public void A_smiley_of_characters_finds_nothing() => Assert.Empty(EmojiNames.Find(":)"));
}
