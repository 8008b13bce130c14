// Owns: one line of output as pieces of text with a meaning; the palette turns the meaning into colour.
// Must never: hold an escape sequence or a line break.
namespace Papo.Output;

/// <summary>What a piece of a line is, for colour alone: the text says everything without it.</summary>
internal enum Ink
{
    /// <summary>Ordinary text.</summary>
    Plain,

    /// <summary>Times, ids, notes: quieter.</summary>
    Quiet,

    /// <summary>A person's name, in that person's colour.</summary>
    Person,

    /// <summary>Something to look at.</summary>
    Warning,

    /// <summary>A line that names this user.</summary>
    Mention,
}

/// <summary>One piece of a line.</summary>
/// <param name="Text">Harmless text.</param>
/// <param name="Ink">What it is.</param>
/// <param name="Seed">With <see cref="Ink.Person"/>: picks the colour, the same one for the same account everywhere.</param>
internal readonly record struct Piece(string Text, Ink Ink, uint Seed = 0);

/// <summary>One line.</summary>
internal sealed class StyledLine
{
    private const string NoteMark = "· ";
    private readonly List<Piece> _pieces = [];

    /// <summary>Whether it is Papo's own sentence, which may be broken between words.</summary>
    public bool IsNote { get; private init; }

    /// <summary>The pieces in order.</summary>
    public IReadOnlyList<Piece> Pieces => _pieces;

    /// <summary>The text without any colour.</summary>
    public string Plain => string.Concat(_pieces.Select(static piece => piece.Text));

    /// <summary>Columns it takes.</summary>
    public int Width => _pieces.Sum(static piece => TextWidth.Of(piece.Text));

    /// <summary>A line of one piece.</summary>
    public static StyledLine Of(string text, Ink ink = Ink.Plain) => new StyledLine().Add(text, ink);

    /// <summary>Papo's own sentence, not somebody's words: a terminal breaks it between words.</summary>
    public static StyledLine Note(string sentence, Ink ink) => new StyledLine { IsNote = true }.Add(NoteMark + sentence, ink);

    /// <summary>The lines of at most so many columns that a note makes; anything else stays whole, for whoever copies it.</summary>
    public IEnumerable<StyledLine> Wrapped(int columns)
    {
        if (!IsNote || Width <= columns)
        {
            return [this];
        }

        return WordWrap.Lines(Plain[NoteMark.Length..], columns - NoteMark.Length).Select(Part);
    }

    /// <summary>Adds a piece; empty ones are left out.</summary>
    public StyledLine Add(string text, Ink ink = Ink.Plain, uint seed = 0)
    {
        if (text.Length > 0)
        {
            _pieces.Add(new Piece(text, ink, seed));
        }

        return this;
    }

    /// <summary>Adds the pieces of another line.</summary>
    public StyledLine Add(StyledLine other)
    {
        _pieces.AddRange(other._pieces);
        return this;
    }

    private StyledLine Part(string text, int number) => Of((number == 0 ? NoteMark : new string(' ', NoteMark.Length)) + text, _pieces[0].Ink);

    /// <inheritdoc/>
    public override string ToString() => Plain;
}
