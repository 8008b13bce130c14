// Owns: what a programming language looks like, as data.
// Must never: parse anything.
using System.Collections.Frozen;

namespace Papo.Rich;

/// <summary>How a string or a comment that can go on over lines looks.</summary>
/// <param name="Open">What it begins with.</param>
/// <param name="Close">What it ends with.</param>
/// <param name="Tone">What it is.</param>
/// <param name="Escapes">Whether a backslash takes the meaning of the next character.</param>
/// <param name="Lines">Whether it goes on in the next line.</param>
/// <param name="Longest">A longer one is none: in some languages an apostrophe means something else.</param>
internal sealed record Stretch(string Open, string Close, Tone Tone, bool Escapes = true, bool Lines = false, int Longest = int.MaxValue)
{
    /// <summary>A character between apostrophes.</summary>
    public const int Character = 10;

    /// <summary>A string in one line.</summary>
    public static Stretch Text(string quote, int longest = int.MaxValue) => new(quote, quote, Tone.CodeString, Longest: longest);

    /// <summary>A string over lines.</summary>
    public static Stretch LongText(string open, string close, bool escapes = false) => new(open, close, Tone.CodeString, escapes, Lines: true);

    /// <summary>A comment over lines.</summary>
    public static Stretch Comment(string open, string close) => new(open, close, Tone.CodeComment, Escapes: false, Lines: true);
}

/// <summary>One language.</summary>
internal sealed record Language
{
    /// <summary>What people write behind a fence.</summary>
    public required string Names { get; init; }

    /// <summary>Its words.</summary>
    public FrozenSet<string> Keywords { get; private init; } = [];

    /// <summary>What comments to the end of a line begin with.</summary>
    public IReadOnlyList<string> LineComments { get; init; } = [];

    /// <summary>Strings and comments with an end; where two begin alike, the longer one is first.</summary>
    public IReadOnlyList<Stretch> Stretches { get; init; } = [];

    /// <summary>What stands between a key and its value; keys are words of the language.</summary>
    public string KeySigns { get; init; } = "";

    /// <summary>Whether lines begin with plus and minus.</summary>
    public bool IsDiff { get; init; }

    /// <summary>The language with its words, separated by spaces.</summary>
    public Language With(string words, bool ignoreCase = false) =>
        this with { Keywords = words.Split(' ').ToFrozenSet(ignoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal) };
}
