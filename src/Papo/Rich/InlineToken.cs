// Owns: one sign of Markdown, name or address found in a line.
// Must never: span lines.
namespace Papo.Rich;

/// <summary>What was found.</summary>
internal enum InlineKind
{
    /// <summary>Text that means itself: after a backslash, or an opening bracket until its link is complete.</summary>
    Literal,

    /// <summary>A sign that is not shown.</summary>
    Sign,

    /// <summary>Signs of emphasis; those that find no partner are shown.</summary>
    Emphasis,

    /// <summary>Code within a line.</summary>
    Code,

    /// <summary>A bare address.</summary>
    Address,

    /// <summary>The sign before the text of a link.</summary>
    LinkStart,

    /// <summary>The sign after the text of a link, with its address.</summary>
    LinkEnd,

    /// <summary>The name of a person or a room.</summary>
    Name,
}

/// <summary>Something found in a line.</summary>
internal sealed class InlineToken(int at, int length, InlineKind kind)
{
    /// <summary>Where it begins in the message.</summary>
    public int At { get; } = at;

    /// <summary>Its UTF-16 units.</summary>
    public int Length { get; } = length;

    /// <summary>What it is.</summary>
    public InlineKind Kind { get; set; } = kind;

    /// <summary>Of a name: whose.</summary>
    public Tone Tone { get; init; }

    /// <summary>Of an address and both ends of a link.</summary>
    public Address? Address { get; set; }

    /// <summary>Of emphasis: the signs that end a stretch, from its left.</summary>
    public List<Face> Ends { get; } = [];

    /// <summary>Of emphasis: the signs that begin a stretch, from its right.</summary>
    public List<Face> Begins { get; } = [];

    /// <summary>Of emphasis: signs without a partner yet.</summary>
    public int Free { get; set; } = length;

    /// <summary>Where it ends.</summary>
    public int End => At + Length;

    /// <summary>Signs that one beginning or end of a stretch takes.</summary>
    public static int SignsOf(Face face) => face == Face.Italic ? 1 : 2;
}
