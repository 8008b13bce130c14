// Owns: cutting a text into words and folding them: case and accents of Latin letters make no difference.
// Must never: yield anything but letters and digits.
using System.Globalization;
using System.Text;

namespace Papo.Hub;

/// <summary>Words as an index holds them. The program runs without a culture's tables, in which normalisation does nothing: hence the table.</summary>
internal static class FoldedWords
{
    private const int MostCharacters = 64; // of one word; the rest makes no difference to a search
    private const char First = '\u00E0';

    // What the lower-case letters from U+00E0 to U+017F are without their marks; letters of their own (æ, ð, ø, đ, ł…) stay.
    private const string Bare =
        "aaaaaaæceeeeiiiiðnooooo÷øuuuuyþy"
        + "aaaaaaccccccccddđđeeeeeeeeeegggggggghhħħiiiiiiiiiıĳĳjjkkĸllllllŀŀłłnnnnnnŉŋŋooooooœœrrrrrrssssssssttttŧŧuuuuuuuuuuuuwwyyyzzzzzzſ";

    /// <summary>The words of a text in their order.</summary>
    public static IEnumerable<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                if (word.Length < MostCharacters)
                {
                    word.Append(Fold(Rune.ToLowerInvariant(rune)).ToString());
                }
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static Rune Fold(Rune lower) => lower.Value - First is var at and >= 0 && at < Bare.Length ? new Rune(Bare[at]) : lower;
}
