// Owns: the order of right-to-left text, in cases checked by hand against UAX #9. Capitals stand for Hebrew letters, as in the standard itself.
// Must never: test what only an editor that reorders its own source could check.
using System.Text;
using Papo.Rich;

namespace Papo.Tests.Rich;

public sealed class BidiTests
{
    // Within a pair: what was written, and what is seen from the left to the right.
    [Theory]
    [InlineData("SHALOM", "MOLAHS")]
    [InlineData("abc DEF ghi", "abc FED ghi")]
    [InlineData("ABC def GHI", "IHG def CBA")]
    [InlineData("ABC 123 DEF", "FED 123 CBA")]
    [InlineData("abc DEF 123", "abc 123 FED")]
    [InlineData("ABC 1.5, 2,000!", "!2,000 ,1.5 CBA")]
    [InlineData("ABC -5%", "5%- CBA")]
    [InlineData("ABC $5 DEF", "FED $5 CBA")]
    [InlineData("ABC (DEF) GHI", "IHG (FED) CBA")]
    [InlineData("abc (DEF) ghi", "abc (FED) ghi")]
    [InlineData("abc (DEF", "abc (FED")]
    [InlineData("ABC (def)", "(def) CBA")]
    [InlineData("ABC def (GHI) jkl", "jkl (IHG) def CBA")]
    [InlineData("ABC [d (e) F] g", "g [F d (e)] CBA")]
    [InlineData("abc DEF, GHI jkl", "abc IHG ,FED jkl")]
    [InlineData("ABC? def!", "!def ?CBA")]
    [InlineData("ABC <b", "b> CBA")]
    [InlineData("1. ABC", "CBA .1")]
    [InlineData("123", "123")]
    [InlineData("1:30 ABC", "CBA 1:30")]
    public void Hebrew_runs_from_the_right(string written, string seen) => Assert.Equal(seen, Seen(written, 'א'));

    // After Arabic letters European digits are Arabic numbers: signs before them do not join them, a comma between them does.
    [Theory]
    [InlineData("ABC 123", "123 CBA")]
    [InlineData("ABC 1,5 DEF", "FED 1,5 CBA")]
    [InlineData("ABC 12% DEF", "FED %12 CBA")]
    [InlineData("ABC 1-2 DEF", "FED 2-1 CBA")]
    [InlineData("abc DEF 12 ghi", "abc 12 FED ghi")]
    public void Arabic_runs_from_the_right(string written, string seen) => Assert.Equal(seen, Seen(written, 'ا'));

    [Theory]
    [InlineData("ראו https://a.example/x/ כאן", "ןאכ https://a.example/x/ ואר")]
    [InlineData("קוד `a.b(c);`", "a.b(c); דוק")]
    [InlineData("x\u200f!", "x!")]
    [InlineData("\u200fx!", "!x")]
    [InlineData("שָׁלוֹם", "םוֹלשָׁ")]
    [InlineData("١٢٣ ABC", "١٢٣ ABC")]
    public void Addresses_code_marks_and_numbers_keep_their_order(string written, string seen) =>
        Assert.Equal(seen, RowText.Seen(Assert.Single(RichText.Lay(written, 80, RowText.Ana))));

    [Fact]
    public void A_paragraph_runs_as_its_first_letter_does_and_each_line_is_a_paragraph() =>
        Assert.Equal([false, true, true, false], RichText.Lay("abc אבג\n123 אבג abc\nاب\n123", 80, RowText.Ana).Select(static row => row.RightToLeft));

    [Fact]
    public void Every_row_of_a_paragraph_that_runs_from_the_right_does_so() =>
        Assert.Equal(["abc גבא", "והד def"], RichText.Lay("אבג abc def דהו", 7, RowText.Ana).Select(RowText.Seen));

    [Theory]
    [InlineData('a', "L")]
    [InlineData('\u05d0', "R")]
    [InlineData('\u0627', "AL")]
    [InlineData('7', "EN")]
    [InlineData('\u06f7', "EN")]
    [InlineData('\u0667', "AN")]
    [InlineData('-', "ES")]
    [InlineData('\u20ac', "ET")]
    [InlineData(',', "CS")]
    [InlineData('\u060c', "CS")]
    [InlineData('\u0301', "NSM")]
    [InlineData('\u05b8', "NSM")]
    [InlineData('\u200d', "BN")]
    [InlineData('\u200f', "R")]
    [InlineData(' ', "WS")]
    [InlineData('\u3000', "WS")]
    [InlineData('!', "ON")]
    [InlineData('\u2460', "ON")]
    [InlineData('\ufffd', "ON")]
    [InlineData('\u6f22', "L")]
    public void Every_character_has_the_class_that_unicode_gives_it(char c, string expected) => Assert.Equal(expected, BidiClasses.Of(new Rune(c)).ToString());

    [Fact]
    public void Mirror_images_are_mutual() =>
        Assert.All(Enumerable.Range(0, 0x10000).Select(static code => (char)code), static c => Assert.Equal(c, Mirrors.Of(Mirrors.Of(c))));

    private static string Seen(string written, char first)
    {
        var hebrew = string.Concat(written.Select(c => char.IsAsciiLetterUpper(c) ? (char)(first + Letter(c, first)) : c));
        var row = Assert.Single(RichText.Lay(hebrew, 80, new RichContext([], [])));
        return string.Concat(RowText.Seen(row).Select(c => c >= first && c < first + 40 ? Latin(c, first) : c));
    }

    // Places of 26 letters in a row of the alphabet: Hebrew has 27, Arabic has letters at 0x627 to 0x63A and 0x641 to 0x64A.
    private static int Letter(char c, char first) => first == 'א' || c < 'U' ? c - 'A' : c - 'U' + (0x641 - first);

    private static char Latin(char c, char first) => (char)(first == 'א' || c < 0x641 ? 'A' + (c - first) : 'U' + (c - 0x641));
}
