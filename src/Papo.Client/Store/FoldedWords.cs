// Owns: cutting a text into words and folding them: case and accents of Latin letters make no difference.
// Must never: yield anything but letters and digits.
using System.Globalization;
using System.Text;

namespace Papo.Client.Store;

/// <summary>
/// Words as an index holds them, the same in every database. The program runs without a culture's tables, in which normalisation does
/// nothing: hence the tables here.
/// </summary>
internal static class FoldedWords
{
    private const int MostCharacters = 64; // of one word; the rest makes no difference to a search
    private const char First = '\u00E0';
    private const char FirstAdditional = '\u1E00';

    // What the lower-case letters from U+00E0 to U+024F are without their marks; letters of their own (æ, ð, ø, đ, ł…) stay.
    private const string Bare =
        "aaaaaaæceeeeiiiiðnooooo÷øuuuuyþyaaaaaaccccccccddđđeeeeeeeeeegggggggghhħħiiiiiiiiiıĳĳjjkkĸllllllŀŀłłnnnnnnŉŋŋooooooœœrrrr"
        + "rrssssssssttttŧŧuuuuuuuuuuuuwwyyyzzzzzzſƀɓƃƃƅƅɔƈƈɖɗƌƌƍǝəɛƒƒɠɣƕɩɨƙƙƚƛɯɲƞɵooƣƣƥƥʀƨƨʃƪƫƭƭʈuuʊʋƴƴƶƶʒƹƹƺƻƽƽƾƿǀǁǂǃǆǆǆǉǉǉǌǌǌaai"
        + "ioouuuuuuuuuuǝaaaaææǥǥggkkooooʒʒjǳǳǳggƕƿnnaaææøøaaaaeeeeiiiioooorrrruuuussttȝȝhhƞȡȣȣȥȥaaeeooooooooyyȴȵȶȷȸȹⱥȼȼƚⱦȿɀɂɂƀʉʌɇɇ"
        + "ɉɉɋɋɍɍɏɏ";

    // The same from U+1E00 to U+1EFF, where the letters of Vietnamese are.
    private const string BareAdditional =
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuu"
        + "uuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyẚſẜẝßẟaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuu"
        + "uuyyyyyyyyỻỻỽỽỿỿ";

    /// <summary>The words of a text in their order.</summary>
    public static List<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                if (word.Length < MostCharacters)
                {
                    Append(word, rune);
                }
            }
            else if (word.Length > 0 && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            words.Add(word.ToString());
        }

        return words;
    }

    private static void Append(StringBuilder word, Rune rune)
    {
        var lower = Rune.ToLowerInvariant(rune);
        if (lower.IsBmp)
        {
            word.Append(Fold((char)lower.Value));
        }
        else
        {
            word.Append(lower.ToString());
        }
    }

    private static char Fold(char lower) => (lower - First, lower - FirstAdditional) switch
    {
        ( < 0, _) => lower,
        ( < 0x170, _) => Bare[lower - First],
        (_, >= 0 and < 0x100) => BareAdditional[lower - FirstAdditional],
        _ => lower,
    };
}
