// Owns: what a person may be called, and when two names are the same name.
// Must never: let a name carry control characters, line breaks or direction overrides to a screen.
using System.Text;

namespace Papo.Protocol;

/// <summary>Why a display name is refused.</summary>
public enum NameProblem
{
    /// <summary>The name is fine.</summary>
    None,

    /// <summary>Nothing that can be seen.</summary>
    Empty,

    /// <summary>More than <see cref="Limits.NameCodePoints"/> code points.</summary>
    TooLong,

    /// <summary>A control, private or invisible character, a line break, or <c>·</c>, which separates name and account suffix.</summary>
    BadCharacter,

    /// <summary>Begins with a character that commands and targets use: <c>@ # / ~ &lt;</c>.</summary>
    BadStart,
}

/// <summary>A label for a person: 1 to 40 code points, trimmed. Labels prove nothing; keys do.</summary>
public sealed record DisplayName
{
    private DisplayName(string text, string key)
    {
        Text = text;
        Key = key;
    }

    /// <summary>The name as shown.</summary>
    public string Text { get; }

    /// <summary>The form under which two names count as the same: case folded, without joiners and variation selectors.</summary>
    public string Key { get; }

    /// <summary>Checks and trims a name; <paramref name="name"/> is null exactly when there is a problem.</summary>
    public static NameProblem TryParse(string? text, out DisplayName? name)
    {
        name = null;
        var trimmed = (text ?? "").Trim();
        if (trimmed.Length == 0)
        {
            return NameProblem.Empty;
        }

        var count = 0;
        foreach (var rune in trimmed.EnumerateRunes())
        {
            if (++count > Limits.NameCodePoints)
            {
                return NameProblem.TooLong;
            }

            if (!IsAllowed(rune))
            {
                return NameProblem.BadCharacter;
            }
        }

        var visible = Visible(trimmed);
        if (visible.Length == 0)
        {
            return NameProblem.Empty;
        }

        if (visible[0] is '@' or '#' or '/' or '~' or '<')
        {
            return NameProblem.BadStart;
        }

        name = new DisplayName(trimmed, visible.ToLowerInvariant());
        return NameProblem.None;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    // A fixed list, not the runtime's Unicode tables: a card that one build accepts must not be refused by an older one.
    private static bool IsAllowed(Rune rune) => rune.Value switch
    {
        < 0x20 or (>= 0x7F and <= 0x9F) or 0xAD or 0xB7 => false, // controls, soft hyphen, the separator of name and suffix
        0x61C or (>= 0x200B and <= 0x200F and not 0x200C and not 0x200D) => false, // marks of direction, zero-width space
        (>= 0x2028 and <= 0x202E) or (>= 0x2060 and <= 0x206F) => false, // line breaks, embeddings, overrides, isolates
        0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x180E or 0x2800 or 0x3164 or 0xFFA0 => false, // letters that show nothing
        (>= 0xE000 and <= 0xF8FF) or (>= 0xFDD0 and <= 0xFDEF) or 0xFEFF or (>= 0xFFF0 and <= 0xFFFF) => false,
        (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE00FF) or (>= 0xE01F0) => false,
        _ => (rune.Value & 0xFFFE) != 0xFFFE,
    };

    // Joiners and variation selectors, which Persian, Indic scripts and emoji need between characters, and which show nothing alone.
    private static bool IsInvisible(Rune rune) =>
        rune.Value is 0x200C or 0x200D or 0x34F or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static string Visible(string text)
    {
        var visible = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsInvisible(rune))
            {
                visible.Append(Rune.IsWhiteSpace(rune) ? " " : rune.ToString());
            }
        }

        return visible.ToString().Trim();
    }
}
