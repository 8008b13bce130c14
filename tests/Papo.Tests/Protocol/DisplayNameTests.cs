// Owns: the tests of what a person may be called.
// Must never: let a character through that could hide, reorder or imitate.
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class DisplayNameTests
{
    [Theory]
    [InlineData("ana", "ana")]
    [InlineData("  ana \t", "ana")]
    [InlineData("\u3000ana\u00a0", "ana")]
    [InlineData("Ana Souza", "Ana Souza")]
    [InlineData("José", "José")]
    [InlineData("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦")]
    [InlineData("❤️", "❤️")]
    [InlineData("نام‌ها", "نام‌ها")]
    [InlineData("葛󠄀", "葛󠄀")]
    [InlineData("a@b", "a@b")]
    public void A_name_is_kept_but_for_white_space_around_it(string text, string kept)
    {
        Assert.Equal(NameProblem.None, DisplayName.TryParse(text, out var name));
        Assert.Equal(kept, name!.Text);
        Assert.Equal(kept, name.ToString());
    }

    [Theory]
    [InlineData(null, NameProblem.Empty)]
    [InlineData("", NameProblem.Empty)]
    [InlineData(" \t\u2003", NameProblem.Empty)]
    [InlineData("\u200d", NameProblem.Empty)]
    [InlineData("\ufe0f \u200c", NameProblem.Empty)]
    [InlineData("ana\nbia", NameProblem.BadCharacter)]
    [InlineData("ana\u001b[2J", NameProblem.BadCharacter)]
    [InlineData("ana\u0085bia", NameProblem.BadCharacter)]
    [InlineData("ana\u2028bia", NameProblem.BadCharacter)]
    [InlineData("ana\u202ebia", NameProblem.BadCharacter)]
    [InlineData("ana\u2066bia", NameProblem.BadCharacter)]
    [InlineData("ana\u061cbia", NameProblem.BadCharacter)]
    [InlineData("ana\u200b", NameProblem.BadCharacter)]
    [InlineData("\ufeffana", NameProblem.BadCharacter)]
    [InlineData("ana\u00ad", NameProblem.BadCharacter)]
    [InlineData("\u3164", NameProblem.BadCharacter)]
    [InlineData("\u2800", NameProblem.BadCharacter)]
    [InlineData("ana·k7m2", NameProblem.BadCharacter)]
    [InlineData("ana\ufffd", NameProblem.BadCharacter)]
    [InlineData("ana\ud800", NameProblem.BadCharacter)]
    [InlineData("ana\ue000", NameProblem.BadCharacter)]
    [InlineData("ana\U000E0041", NameProblem.BadCharacter)]
    [InlineData("@ana", NameProblem.BadStart)]
    [InlineData("#ana", NameProblem.BadStart)]
    [InlineData("/ana", NameProblem.BadStart)]
    [InlineData("~ana", NameProblem.BadStart)]
    [InlineData("<ana>", NameProblem.BadStart)]
    [InlineData("\u200d@ana", NameProblem.BadStart)]
    public void A_name_that_hides_or_reorders_is_refused_with_its_reason(string? text, NameProblem problem)
    {
        Assert.Equal(problem, DisplayName.TryParse(text, out var name));
        Assert.Null(name);
    }

    [Fact]
    public void Forty_code_points_are_a_name_and_forty_one_are_not()
    {
        Assert.Equal(NameProblem.None, DisplayName.TryParse(new string('x', 40), out _));
        Assert.Equal(NameProblem.TooLong, DisplayName.TryParse(new string('x', 41), out _));
        Assert.Equal(NameProblem.None, DisplayName.TryParse(string.Concat(Enumerable.Repeat("😀", 40)), out _));
        Assert.Equal(NameProblem.TooLong, DisplayName.TryParse(string.Concat(Enumerable.Repeat("😀", 41)), out _));
    }

    [Theory]
    [InlineData("Ana", "ana")]
    [InlineData("ÉLIO", "élio")]
    [InlineData("an\u200da", "ana")]
    [InlineData("ana\ufe0e", "ana")]
    [InlineData("ana \u200c", "ana")]
    [InlineData("ana\u00a0bia", "ana bia")]
    public void Names_that_look_the_same_to_a_reader_are_the_same_name(string one, string other) =>
        Assert.Equal(Cast.Name(other).Key, Cast.Name(one).Key);

    [Fact]
    public void Any_text_is_judged_without_throwing_and_an_accepted_name_is_accepted_again() => Gen.String.Sample(
        static text => DisplayName.TryParse(text, out var name) != NameProblem.None || (DisplayName.TryParse(name!.Text, out var again) == NameProblem.None && again == name),
        threads: 1);
}
