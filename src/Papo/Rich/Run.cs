// Owns: what a stretch of message text means and how it stands out, without a colour yet.
// Must never: know a theme or a terminal; whoever draws turns tones into colours.
namespace Papo.Rich;

/// <summary>Characters that stand side by side and look alike.</summary>
/// <param name="Text">Harmless text, never empty, in the order of the screen: the first character is the leftmost.</param>
/// <param name="Tone">What it is; the theme knows its colour.</param>
/// <param name="Face">How it stands out besides its colour.</param>
/// <param name="Link">The address that it leads to.</param>
internal readonly record struct Run(string Text, Tone Tone = Tone.Text, Face Face = Face.None, string? Link = null);

/// <summary>What a stretch of text is.</summary>
internal enum Tone
{
    /// <summary>What people wrote.</summary>
    Text,

    /// <summary>Of less weight: the real host behind a link.</summary>
    Quiet,

    /// <summary>Code that is nothing more special.</summary>
    Code,

    /// <summary>A word of the programming language; the head of a hunk in a diff.</summary>
    CodeKeyword,

    /// <summary>A string; an added line in a diff.</summary>
    CodeString,

    /// <summary>A comment; a removed line in a diff.</summary>
    CodeComment,

    /// <summary>A number.</summary>
    CodeNumber,

    /// <summary>Words of somebody else.</summary>
    Quote,

    /// <summary>A sign that the layout sets: a bullet, a number of a list, the bar of a quote.</summary>
    Marker,

    /// <summary>A text that leads to an address.</summary>
    Link,

    /// <summary>A name of somebody.</summary>
    Mention,

    /// <summary>The own name.</summary>
    MentionMe,

    /// <summary>A name of a room.</summary>
    RoomName,
}

/// <summary>How a stretch of text stands out besides its colour.</summary>
[Flags]
internal enum Face
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Heavier.</summary>
    Bold = 1,

    /// <summary>Slanted.</summary>
    Italic = 2,

    /// <summary>With a line below.</summary>
    Underline = 4,

    /// <summary>With a line through it.</summary>
    Strike = 8,

    /// <summary>Foreground and background exchanged.</summary>
    Reverse = 16,
}
