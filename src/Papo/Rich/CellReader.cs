// Owns: finding the user-perceived characters of a line, with their columns and the places where a row may end.
// Must never: let an invisible character take part in a row; what is left of it is where it allows or forbids a break, and its direction.
using System.Globalization;
using System.Text;
using Papo.Output;

namespace Papo.Rich;

/// <summary>Reads the cells of a line; code keeps its spaces and breaks anywhere.</summary>
internal sealed class CellReader
{
    private readonly List<Cell> _cells;
    private readonly List<Piece> _pieces;

    /// <summary>Replaces cells by those of pieces.</summary>
    public CellReader(List<Piece> pieces, List<Cell> cells, bool code)
    {
        (_pieces, _cells) = (pieces, cells);
        cells.Clear();
        var length = 0;
        foreach (var piece in pieces)
        {
            length += piece.Length;
        }

        cells.EnsureCapacity(length);
        var ends = new RowEnds();
        for (var at = 0; at < pieces.Count; at++)
        {
            Read(at, ends, code);
        }
    }

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
            if (rest[0] < 0x80 && (rest.Length == 1 || rest[1] < 0x80))
            {
                length = 1;
                var isSpace = rest[0] == ' ' && !code;
                var end = ends.Before(new Rune(rest[0]), 1, inAddress);
                _cells.Add(new Cell(number, at, 1, 1, code ? RowEnd.Never : end, isSpace ? CellKind.Space : CellKind.Shown));
                continue;
            }

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
            var kind = width == 0 ? CellKind.Lonely : !code && length == units && RowEnds.IsSpace(first) ? CellKind.Space : CellKind.Shown;
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
