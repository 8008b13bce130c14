// Owns: how many columns a text takes on a terminal, grapheme by grapheme.
// Must never: ask the terminal; where terminals disagree the wider answer is taken, so that lines break early, never late.
using System.Globalization;
using System.Text;

namespace Papo.Output;

/// <summary>Columns of texts. Texts are expected to be harmless already: no control characters.</summary>
internal static class TextWidth
{
    /// <summary>The most columns that one user-perceived character takes.</summary>
    public const int Widest = 2;

    /// <summary>Columns of a whole text.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        var width = 0;
        while (text.Length > 0)
        {
            var length = NextCluster(text);
            width += OfCluster(text[..length]);
            text = text[length..];
        }

        return width;
    }

    /// <summary>Characters of the first user-perceived character of a text.</summary>
    public static int NextCluster(ReadOnlySpan<char> text) =>
        text[0] < 0x80 && (text.Length == 1 || text[1] < 0x80) ? 1 : StringInfo.GetNextTextElementLength(text);

    /// <summary>Columns of one user-perceived character: 0, 1 or 2.</summary>
    public static int OfCluster(ReadOnlySpan<char> cluster)
    {
        if (cluster.Length == 1 && cluster[0] is >= ' ' and < (char)0x300)
        {
            return cluster[0] == 0xAD ? 0 : 1;
        }

        var width = 0;
        foreach (var rune in cluster.EnumerateRunes())
        {
            // U+FE0F asks for the emoji form of the character before it, which is wide. Where a terminal does not join the parts of an emoji
            // or a syllable it shows them side by side; two columns are the most that is ever counted, so that every cluster fits a narrow row.
            width += rune.Value == 0xFE0F && width > 0 ? Widest : OfRune(rune);
            if (width >= Widest)
            {
                return Widest;
            }
        }

        return width;
    }

    /// <summary>The longest beginning of a text that fits, with an ellipsis when something is cut off.</summary>
    public static string Cut(string text, int columns)
    {
        if (Of(text) <= columns)
        {
            return text;
        }

        int used = 0, at = 0;
        while (at < text.Length)
        {
            var length = NextCluster(text.AsSpan(at));
            var width = OfCluster(text.AsSpan(at, length));
            if (used + width > columns - 1)
            {
                break;
            }

            used += width;
            at += length;
        }

        return text[..at] + "…";
    }

    private static int OfRune(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Format when IsVisibleFormat(rune.Value) => 1,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format or UnicodeCategory.Control => 0,
        _ when rune.Value is (>= 0x1160 and <= 0x11FF) or (>= 0xD7B0 and <= 0xD7FF) => 0, // Hangul vowels and finals join the syllable before them
        _ => WideRanges.Contains(rune.Value) ? Widest : 1,
    };

    // Signs that enclose or precede the number after them: the only formats that can be seen (Prepended_Concatenation_Mark).
    private static bool IsVisibleFormat(int codePoint) =>
        codePoint is (>= 0x0600 and <= 0x0605) or 0x06DD or 0x070F or 0x0890 or 0x0891 or 0x08E2 or 0x110BD or 0x110CD;
}
