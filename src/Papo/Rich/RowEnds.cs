// Owns: where a row may end: the line breaking rules of Unicode (UAX #14), as far as chats need them.
// Must never: look further back than two characters.
using System.Globalization;
using System.Text;

namespace Papo.Rich;

/// <summary>Whether a row may end before a character.</summary>
internal enum RowEnd : byte
{
    /// <summary>No, unless nothing else is left.</summary>
    Never,

    /// <summary>When the word is longer than a row.</summary>
    Long,

    /// <summary>Yes.</summary>
    Word,
}

/// <summary>Walks along a line and tells where rows may end.</summary>
internal sealed class RowEnds
{
    // Small kana, marks of repetition and of length: nothing begins with them.
    private const string NonStarters = "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶー々〻ゝゞヽヾ・";
    private const string Closers = "!,.:;?%、。，．！？：；…‥％°";
    private const string AddressSeparators = "/?&=-_.#+,;:%";

    private static readonly Kind[] OfAscii = [.. Enumerable.Range(0, 0x80).Select(static code => KindOfAscii((char)code))];

    private Kind _before;
    private Kind _last;
    private bool _separated;
    private RowEnd? _forced;

    private enum Kind : byte
    {
        Nothing,
        Letter,
        Other,
        Space,
        Glue,
        Ideograph,
        Open,
        Close,
        Hyphen,
    }

    /// <summary>Whether a character is a space that may be left out where a row ends.</summary>
    public static bool IsSpace(Rune rune) => rune.Value == ' ' || (rune.Value > 0xA0 && KindOf(rune, 1) == Kind.Space);

    /// <summary>Goes past an invisible character: some allow or forbid a break.</summary>
    public void Pass(Rune rune) => _forced = rune.Value switch
    {
        0x200B => RowEnd.Word,
        0x2060 or 0xFEFF => RowEnd.Never,
        _ => _forced,
    };

    /// <summary>Goes past a character and tells whether a row may end before it.</summary>
    public RowEnd Before(Rune rune, int width, bool inAddress)
    {
        var own = KindOf(rune, width);
        var separator = inAddress && rune.IsAscii && AddressSeparators.Contains((char)rune.Value, StringComparison.Ordinal);
        var end = _forced ?? (inAddress && _last != Kind.Space ? (_separated && !separator ? RowEnd.Long : RowEnd.Never) : Between(own));
        (_before, _last, _separated, _forced) = (_last, own, separator, null);
        return end;
    }

    private RowEnd Between(Kind own) => (_last, own) switch
    {
        (Kind.Nothing, _) or (_, Kind.Space) => RowEnd.Never,
        (Kind.Space, _) => RowEnd.Word,
        (Kind.Glue or Kind.Open, _) or (_, Kind.Glue or Kind.Close) => RowEnd.Never,
        (Kind.Ideograph, _) or (_, Kind.Ideograph) => RowEnd.Word,
        (Kind.Hyphen, Kind.Letter) when _before == Kind.Letter => RowEnd.Word,
        _ => RowEnd.Never,
    };

    private static Kind KindOf(Rune rune, int width)
    {
        if (rune.IsAscii)
        {
            return OfAscii[rune.Value];
        }

        if (rune.Value is 0xA0 or 0x2007 or 0x2011 or 0x202F)
        {
            return Kind.Glue;
        }

        if (rune.IsBmp && (Closers.Contains((char)rune.Value, StringComparison.Ordinal) || NonStarters.Contains((char)rune.Value, StringComparison.Ordinal)))
        {
            return Kind.Close;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.SpaceSeparator => Kind.Space,
            UnicodeCategory.OpenPunctuation => Kind.Open,
            UnicodeCategory.ClosePunctuation => Kind.Close,
            UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation => Kind.Glue,
            UnicodeCategory.DashPunctuation when width == 1 => Kind.Hyphen,
            _ when width == 2 => Kind.Ideograph,
            <= UnicodeCategory.OtherLetter => Kind.Letter,
            _ => Kind.Other,
        };
    }

    private static Kind KindOfAscii(char c) => c switch
    {
        ' ' => Kind.Space,
        '-' => Kind.Hyphen,
        '(' or '[' or '{' => Kind.Open,
        ')' or ']' or '}' => Kind.Close,
        '"' or '\'' => Kind.Glue,
        _ when char.IsAsciiLetter(c) => Kind.Letter,
        _ => Closers.Contains(c, StringComparison.Ordinal) ? Kind.Close : Kind.Other,
    };
}
