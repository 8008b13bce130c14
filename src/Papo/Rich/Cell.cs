// Owns: the user-perceived characters of a line, with their columns and the places where a row may end.
// Must never: let an invisible character take part in a row; what is left of it is where it allows or forbids a break, and its direction.
using System.Globalization;
using System.Text;
using Papo.Output;

namespace Papo.Rich;

/// <summary>What a cell is to a row.</summary>
internal enum CellKind : byte
{
    /// <summary>A character.</summary>
    Shown,

    /// <summary>A space: left out where a row ends.</summary>
    Space,

    /// <summary>A mark without a character under it: shown on a dotted circle.</summary>
    Lonely,

    /// <summary>A direction mark: it turns its neighbours and is not shown.</summary>
    Hidden,
}

/// <summary>One user-perceived character.</summary>
/// <param name="Piece">The piece it belongs to.</param>
/// <param name="At">Where it begins in the text of the piece.</param>
/// <param name="Length">Its UTF-16 units.</param>
/// <param name="Width">Its columns.</param>
/// <param name="Before">Whether a row may end before it.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct Cell(int Piece, int At, int Length, byte Width, RowEnd Before, CellKind Kind);

/// <summary>The cells of a line.</summary>
internal sealed class CellList
{
    private readonly List<Cell> _cells;
    private readonly List<Piece> _pieces;

    /// <summary>Reads the cells of pieces; code keeps its spaces and breaks anywhere.</summary>
    public CellList(List<Piece> pieces, bool code)
    {
        _pieces = pieces;
        _cells = new List<Cell>(pieces.Sum(static piece => piece.Length));
        var ends = new RowEnds();
        for (var at = 0; at < pieces.Count; at++)
        {
            Read(at, ends, code);
        }
    }

    /// <summary>The cells in the order of reading.</summary>
    public List<Cell> Cells => _cells;

    /// <summary>Whether something runs from the right.</summary>
    public bool HasRightToLeft { get; private set; }

    /// <summary>The first code point of a cell.</summary>
    public Rune First(Cell cell) => Rune.GetRuneAt(_pieces[cell.Piece].Text, cell.At);

    private void Read(int number, RowEnds ends, bool code)
    {
        var piece = _pieces[number];
        var inAddress = piece is { RunsRight: true, Style.Link: not null };
        for (int at = piece.At, length; at < piece.End; at += length)
        {
            var rest = piece.Text.AsSpan(at, piece.End - at);
            length = TextWidth.NextCluster(rest);
            var width = TextWidth.OfCluster(rest[..length]);
            Rune.DecodeFromUtf16(rest, out var first, out var units);
            HasRightToLeft |= Bidi.MayRunLeft(first.Value);
            if (width == 0 && !IsMark(first, length > units))
            {
                ends.Pass(first);
                if (first.Value is 0x200E or 0x200F or 0x061C)
                {
                    _cells.Add(new Cell(number, at, length, 0, RowEnd.Never, CellKind.Hidden));
                }

                continue;
            }

            var before = ends.Before(first, width, inAddress);
            var kind = width == 0 ? CellKind.Lonely : !code && RowEnds.IsSpace(first) ? CellKind.Space : CellKind.Shown;
            _cells.Add(new Cell(number, at, length, (byte)Math.Max(width, 1), code ? RowEnd.Never : before, kind));
        }
    }

    // Of what takes no column only marks can be seen; joiners, selectors and other formats cannot.
    private static bool IsMark(Rune first, bool more) => Rune.GetUnicodeCategory(first) switch
    {
        UnicodeCategory.Format or UnicodeCategory.Control => false,
        _ when first.Value is 0x034F or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) => more,
        _ => true,
    };
}
