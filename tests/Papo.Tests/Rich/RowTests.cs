// Owns: that any text at all becomes rows that keep their width and hold nothing harmful.
// Must never: try only texts that people would write.
using System.Globalization;
using System.Text;
using CsCheck;
using Papo.Output;
using Papo.Rich;

namespace Papo.Tests.Rich;

public sealed class RowTests
{
    private static readonly string[] Parts =
    [
        "*", "**", "***", "_", "~~", "`", "```", "```cs\n", "\n```\n", "\n", "\n> ", ">> ", "- ", "1. ", "# ", "#general", "@bia", "@דנה", "ana", "[", "](", ")", "\\",
        "https://", "mailto:", "example.com/a", "example.com", ":", "/", " ", "    ", "\t", "\r", "\e[31m", "\u0007", "\u009b", "\u202e", "\u2066", "\u200b", "\u2060", "\u00a0", "\u200f", "\ufe0f",
        "\u0301", "\u0600", "\ud83d", "\udc69", "👩‍💻", "🇧🇷", "👍🏽", "漢字", "。", "「", "한국", "\u1161", "שלום", "مرحبا", "١٢٣", "123", "(", "word", "longer-words-than-usual", "\"", "'", "/*", "*/",
    ];

    private static readonly Gen<string> Anything = Gen.OneOf(Gen.Int[0, Parts.Length - 1].Select(static at => Parts[at]), Gen.Char.Select(static c => c.ToString()))
        .Array[0, 40].Select(static parts => string.Concat(parts));

    private static readonly Gen<int> Widths = Gen.Int[RichText.NarrowestRow, 90];

    // Words without a sign that Markdown, names or links know.
    private static readonly Gen<string> Unmarked = Gen.OneOf(
        Gen.Int[0, 5].Select(static at => new[] { " ", "  ", "\n", "שלום", "(a) b", "漢字" }[at]),
        Gen.Char.Where(static c => !@"*_~`[]\:@#>-.)".Contains(c)).Select(static c => c.ToString())).Array[0, 40].Select(static parts => string.Concat(parts));

    public static TheoryData<string, string> Extremes => new()
    {
        { "nothing", "" },
        { "spaces", new string(' ', 65_536) },
        { "one letter", new string('a', 65_536) },
        { "one wide letter", new string('漢', 65_536) },
        { "one letter with all the marks", "a" + new string('\u0301', 65_535) },
        { "marks alone", new string('\u0301', 65_536) },
        { "half a character", new string('\ud83d', 65_536) },
        { "one emoji of all the people", string.Concat(Enumerable.Repeat("👩‍", 13_000)) + "👩" },
        { "line breaks", new string('\n', 65_536) },
        { "stars", new string('*', 65_536) },
        { "links that never end", string.Concat(Enumerable.Repeat("[a](http://", 6_000)) },
        { "brackets that never end", string.Concat(Enumerable.Repeat("(א", 32_000)) },
        { "blocks that never end", string.Concat(Enumerable.Repeat("> ```a\n>> x\n", 5_000)) },
        { "quotes without an end", new string('>', 65_535) + " " },
        { "direction marks", new string('\u200f', 65_536) },
    };

    [Fact]
    public void No_row_is_wider_than_asked_for_and_none_lies_about_its_width() =>
        Gen.Select(Anything, Widths).Sample(static (text, width) => Check(text, width));

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Extreme_texts_become_rows_as_well(string name, string text)
    {
        Assert.NotEmpty(name);
        Assert.All(new[] { RichText.NarrowestRow, 5, 80 }, width => Assert.True(Check(text, width)));
        Assert.True(Check($"```cs\n{text}\n```", 80));
    }

    [Fact]
    public void The_same_text_and_width_give_the_same_rows() =>
        Gen.Select(Anything, Widths).Sample(static (text, width) => RowText.Of(text, width) == RowText.Of(text, width));

    [Fact]
    public void Nothing_that_can_be_seen_is_lost() =>
        Gen.Select(Unmarked, Widths).Sample(static (text, width) =>
            Sorted(string.Concat(RichText.Lay(text, width, new RichContext([], [])).Select(RowText.Seen))) == Sorted(RichText.Plain(text)));

    [Fact]
    public void Rows_joined_again_are_the_text_that_is_copied() =>
        Gen.Select(Anything.Where(static text => !text.Contains("```") && !text.Contains("~~~")), Widths)
            .Sample(static (text, width) => RowText.Copied(RichText.Lay(text, width, RowText.Ana)) == RichText.Plain(text));

    [Fact]
    public void A_link_is_visible_ascii_and_of_a_scheme_that_leads_to_people_or_pages() =>
        Anything.Sample(static text => RichText.Lay("https://" + text + " [a](papo:" + text + ")", 40, RowText.Ana).SelectMany(static row => row.Runs).All(static run =>
            run.Link is null || (run.Link.All(static c => c is > ' ' and < '\u007f') && Address.Of(run.Link) is not null)));

    [Fact]
    public void The_text_that_is_copied_is_harmless_and_keeps_its_signs()
    {
        Assert.Equal("**a** `b`␛[31m\n> c d", RichText.Plain("**a** `b`\e[31m\r\n> c\td\n"));
        Assert.Equal("a   b\n    c", RichText.Plain("a\tb\n\tc"));
        Assert.Equal("漢  x", RichText.Plain("漢\tx"));
    }

    [Fact]
    public void A_row_narrower_than_the_narrowest_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => RichText.Lay("a", RichText.NarrowestRow - 1, RowText.Ana));

    private static bool Check(string text, int width)
    {
        var rows = RichText.Lay(text, width, RowText.Ana);
        return rows is [{ Soft: false }, ..] && rows.All(row =>
            row.Width <= width
            && row.Width == row.Runs.Sum(static run => TextWidth.Of(run.Text))
            && row.Runs.All(static run => run.Text.Length > 0 && !run.Text.Any(IsDangerous)));
    }

    private static bool IsDangerous(char c) =>
        c is < ' ' or (>= '\u007f' and <= '\u009f') or '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    // Order, mirrored brackets, spaces and what is invisible do not count; the circle under a lonely mark is the layout's.
    private static string Sorted(string text) => string.Concat(text.EnumerateRunes()
        .Where(static rune => !Rune.IsWhiteSpace(rune) && rune.Value != '◌' && TextWidth.Of(rune.ToString()) > 0 && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
        .Select(static rune => rune.IsBmp ? new Rune((char)Math.Min(rune.Value, Mirrors.Of((char)rune.Value))) : rune)
        .OrderBy(static rune => rune.Value));
}
