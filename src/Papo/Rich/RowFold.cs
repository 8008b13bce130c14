// Owns: folding a line into rows: as many words as fit, in the order of the screen.
// Must never: make a row wider than asked for, or lose a visible character.
using System.Text;

namespace Papo.Rich;

/// <summary>One line of a message, ready to be folded.</summary>
/// <param name="Start">Where it begins in the message.</param>
/// <param name="End">Where it ends, without its line break.</param>
/// <param name="Bars">Bars of quotes before every row.</param>
/// <param name="Hang">Columns that every row but the first is indented by.</param>
/// <param name="Code">Whether it is code: it keeps its spaces and breaks anywhere.</param>
internal readonly record struct FoldedLine(int Start, int End, int Bars, int Hang, bool Code);

/// <summary>Folds lines.</summary>
internal sealed class RowFold(string message, int width, List<Row> rows)
{
    /// <summary>The bar of a quote.</summary>
    public const string Bar = "│ ";

    private readonly StringBuilder _text = new();

    /// <summary>Folds one line, given as its pieces; they are changed.</summary>
    public void Add(FoldedLine line, List<Piece> pieces)
    {
        var cells = new CellList(pieces, line.Code);
        var level = Levels(cells, pieces, line.Code, out var levels);
        var bars = Signs(string.Concat(Enumerable.Repeat(Bar, line.Bars)), line, pieces);
        var hang = Signs(new string(' ', line.Hang), line, pieces);
        var row = new List<Cell>();
        int start = 0, source = line.Start;
        do
        {
            var isFirst = start == 0;
            var end = End(cells.Cells, start, width - (Bar.Length * line.Bars) - (isFirst ? 0 : line.Hang), line.Code);
            row.Clear();
            row.AddRange(bars);
            row.AddRange(isFirst ? [] : hang);
            var before = row.Count;
            row.AddRange(cells.Cells[start..end]);
            while (row.Count > 0 && row[^1].Kind is CellKind.Space or CellKind.Hidden)
            {
                row.RemoveAt(row.Count - 1);
            }

            var sourceEnd = end == cells.Cells.Count ? line.End : Source(cells.Cells[end], pieces);
            rows.Add(new Row(Runs(row, before, levels.AsSpan(level == 0 && levels.Length == 0 ? 0 : start), level, pieces), row.Sum(static cell => cell.Width), !isFirst, line.Code, level == 1)
            {
                Source = message.AsMemory(source, sourceEnd - source),
            });
            (start, source) = (end, sourceEnd);
        }
        while (start < cells.Cells.Count);
    }

    private static int End(List<Cell> cells, int start, int limit, bool code)
    {
        int used = 0, word = 0, inside = 0;
        for (var at = start; at < cells.Count; at++)
        {
            var cell = cells[at];
            if (at > start)
            {
                word = cell.Before == RowEnd.Word ? at : word;
                inside = cell.Before == RowEnd.Long ? at : inside;
            }

            used += cell.Width;
            if (used > limit && (code || cell.Kind != CellKind.Space)) // spaces hang over the end and are left out there
            {
                return word > start ? word : inside > start ? inside : Math.Max(at, start + 1);
            }
        }

        return cells.Count;
    }

    private static int Source(Cell cell, List<Piece> pieces) => pieces[cell.Piece].Anchor ?? cell.At;

    private static Cell[] Signs(string signs, FoldedLine line, List<Piece> pieces)
    {
        pieces.Add(new Piece(signs, 0, signs.Length, new Style(Tone.Marker), line.Start));
        return [.. signs.Select((sign, at) => new Cell(pieces.Count - 1, at, 1, 1, RowEnd.Never, sign == ' ' ? CellKind.Space : CellKind.Shown))];
    }

    // Most lines hold nothing that runs from the right: their order is that of reading.
    private static byte Levels(CellList cells, List<Piece> pieces, bool code, out byte[] levels)
    {
        levels = [];
        if (!cells.HasRightToLeft)
        {
            return 0;
        }

        var classes = new BidiClass[cells.Cells.Count];
        var characters = new char[classes.Length];
        for (var at = 0; at < classes.Length; at++)
        {
            var cell = cells.Cells[at];
            var own = BidiClasses.Of(cells.First(cell));
            var sign = own is not (BidiClass.R or BidiClass.AL or BidiClass.AN or BidiClass.NSM);
            classes[at] = pieces[cell.Piece].RunsRight && sign ? BidiClass.L : own;
            characters[at] = pieces[cell.Piece].Text[cell.At];
        }

        var level = code ? (byte)0 : Bidi.ParagraphLevel(classes);
        levels = new byte[classes.Length];
        Bidi.Resolve(classes, characters, level, levels);
        return level;
    }

    private List<Run> Runs(List<Cell> row, int before, ReadOnlySpan<byte> levels, byte paragraph, List<Piece> pieces)
    {
        var runs = new List<Run>();
        var places = new int[row.Count];
        var own = new byte[row.Count];
        own.AsSpan().Fill(paragraph);
        if (levels.Length > 0)
        {
            levels[..(row.Count - Math.Min(before, row.Count))].CopyTo(own.AsSpan(Math.Min(before, row.Count)));
        }

        Bidi.Order(own, places);
        var style = default(Style);
        foreach (var place in places)
        {
            var piece = pieces[row[place].Piece];
            if (_text.Length > 0 && piece.Style != style)
            {
                Flush(runs, style);
            }

            style = piece.Style;
            Append(row[place], piece.Text, own[place] % 2 == 1);
        }

        Flush(runs, style);
        return runs;
    }

    private void Append(Cell cell, string text, bool mirrored)
    {
        if (cell.Kind == CellKind.Hidden)
        {
            return;
        }

        if (cell.Kind == CellKind.Lonely)
        {
            _text.Append('◌');
        }

        _text.Append(mirrored ? Mirrors.Of(text[cell.At]) : text[cell.At]).Append(text, cell.At + 1, cell.Length - 1);
    }

    private void Flush(List<Run> runs, Style style)
    {
        if (_text.Length > 0)
        {
            runs.Add(new Run(_text.ToString(), style.Tone, style.Face, style.Link));
            _text.Clear();
        }
    }
}
