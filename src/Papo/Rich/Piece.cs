// Owns: a stretch of a line after its Markdown is read: what is shown, how, and where it was in the message.
// Must never: know where rows end.
namespace Papo.Rich;

/// <summary>How a stretch looks.</summary>
internal readonly record struct Style(Tone Tone, Face Face = Face.None, string? Link = null);

/// <summary>A stretch of a line.</summary>
/// <param name="Text">The message, or a sign that the layout adds.</param>
/// <param name="At">Where the stretch begins in <paramref name="Text"/>.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Style">How it looks.</param>
/// <param name="Anchor">Where an added sign belongs in the message; null when <paramref name="Text"/> is the message itself.</param>
/// <param name="RunsRight">Whether its signs keep their order within right-to-left text, as those of addresses and code do.</param>
internal readonly record struct Piece(string Text, int At, int Length, Style Style, int? Anchor = null, bool RunsRight = false)
{
    /// <summary>Where it ends in <see cref="Text"/>.</summary>
    public int End => At + Length;
}
