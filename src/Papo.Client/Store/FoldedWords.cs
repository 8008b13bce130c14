// Owns: cutting a text into words and folding them: case and accents of Latin letters make no difference.
// Must never: yield anything but letters and digits.
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Papo.Client.Store;

/// <summary>
/// Words as an index holds them, the same in every database. The program runs without a culture's tables, in which normalisation does
/// nothing: hence the tables here.
/// </summary>
internal static class FoldedWords
{
    private const int MostBytes = 64; // of one word; the rest makes no difference to a search
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
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new ArrayBufferWriter<byte>();
        Write(Encoding.UTF8.GetBytes(text), words, [], " "u8);
        return Encoding.UTF8.GetString(words.WrittenSpan).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Writes the words of a text (UTF-8) in their order, each with something before and after it.</summary>
    public static void Write(ReadOnlySpan<byte> text, IBufferWriter<byte> to, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var written = 0; // of the word
        while (!text.IsEmpty)
        {
            Rune.DecodeFromUtf8(text, out var rune, out var length);
            text = text[length..];
            if (Rune.IsLetterOrDigit(rune))
            {
                if (written == 0)
                {
                    to.Write(before);
                }

                written += written < MostBytes ? Write(rune, to) : 0;
            }
            else if (written > 0 && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark))
            {
                to.Write(after);
                written = 0;
            }
        }

        if (written > 0)
        {
            to.Write(after);
        }
    }

    private static int Write(Rune rune, IBufferWriter<byte> to)
    {
        var lower = Rune.ToLowerInvariant(rune);
        var folded = lower.IsBmp ? new Rune(Fold((char)lower.Value)) : lower;
        var written = folded.EncodeToUtf8(to.GetSpan(4));
        to.Advance(written);
        return written;
    }

    private static char Fold(char lower) => (lower - First, lower - FirstAdditional) switch
    {
        ( < 0, _) => lower,
        ( < 0x170, _) => Bare[lower - First],
        (_, >= 0 and < 0x100) => BareAdditional[lower - FirstAdditional],
        _ => lower,
    };
}
