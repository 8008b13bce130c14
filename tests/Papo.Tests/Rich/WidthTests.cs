// Owns: how many columns user-perceived characters take.
// Must never: ask a terminal.
using Papo.Output;

namespace Papo.Tests.Rich;

public sealed class WidthTests
{
    [Theory]
    [InlineData("👩‍👩‍👧‍👦", 2)] // a family joined
    [InlineData("👍🏽", 2)] // a colour of skin
    [InlineData("☝🏽", 2)] // on a sign that is narrow alone
    [InlineData("❤", 1)]
    [InlineData("❤\ufe0f", 2)]
    [InlineData("❤\ufe0e", 1)]
    [InlineData("1\ufe0f\u20e3", 2)] // a keycap
    [InlineData("🇧🇷🇵🇹", 4)]
    [InlineData("🇧", 2)] // half a flag
    [InlineData("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 2)]
    [InlineData("e\u0301\u0323", 1)]
    [InlineData("\u1112\u1161\u11ab", 2)] // a syllable in parts
    [InlineData("ทำ", 2)]
    [InlineData("नि", 2)]
    [InlineData("ﷺ", 1)]
    [InlineData("\u0600\u0661", 2)] // an Arabic number sign is seen
    [InlineData("\u200b\u200d\u2060\ufeff\u00ad\ufe0f", 0)]
    [InlineData("ｶﾞ", 2)]
    [InlineData("Ａ", 2)]
    public void Columns_are_those_that_terminals_give_at_most(string text, int columns) => Assert.Equal(columns, TextWidth.Of(text));
}
