// Owns: what a person may be called, and when two names are the same name.
// Must never: let a name carry control characters, line breaks or direction overrides to a screen.
using System.Globalization;
using System.Text;

namespace Papo.Protocol;

/// <summary>Why a display name is refused.</summary>
public enum NameProblem
{
    /// <summary>The name is fine.</summary>
    None,

    /// <summary>Nothing but white space.</summary>
    Empty,

    /// <summary>More than <see cref="Limits.NameCodePoints"/> code points.</summary>
    TooLong,

    /// <summary>A control, format or unassigned character, a line break, or <c>·</c>, which separates name and account suffix.</summary>
    BadCharacter,

    /// <summary>Begins with a character that commands and targets use: <c>@ # / ~ &lt;</c>.</summary>
    BadStart,
}

/// <summary>A label for a person: 1 to 40 code points, trimmed. Labels prove nothing; keys do.</summary>
public sealed record DisplayName
{
    private DisplayName(string text) => Text = text;

    /// <summary>The name as shown.</summary>
    public string Text { get; }

    /// <summary>The form under which two names count as the same: case folded.</summary>
    public string Key => Text.ToLowerInvariant();

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

        if (trimmed[0] is '@' or '#' or '/' or '~' or '<')
        {
            return NameProblem.BadStart;
        }

        name = new DisplayName(trimmed);
        return NameProblem.None;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static bool IsAllowed(Rune rune) => rune.Value is not (0xB7 or 0xFFFD) && Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => false,
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D, // joiners that Persian, Indic scripts and emoji need
        _ => true,
    };
}
