// Owns: folding a line into rows: as many words as fit, in the order of the screen.
// Must never: make a row wider than asked for, or lose a visible character.
using System.Text;
using Papo.Output;

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
    private readonly List<Cell> _cells = [];
    private Style _style;

    /// <summary>Folds one line, given as its pieces.</summary>
    public void Add(FoldedLine line, List<Piece> pieces)
    {
        var cells = new CellReader(pieces, _cells, line.Code);
        var level = Levels(cells, pieces, line.Code, out var levels);
        var signs = string.Concat(Enumerable.Repeat(Bar, line.Bars));
        int start = 0, source = line.Start;
        do
        {
            var end = End(start, width - signs.Length, line.Code);
            var shown = end;
            while (shown > start && _cells[shown - 1].Kind is CellKind.Space or CellKind.Hidden)
            {
                shown--;
            }

            var sourceEnd = end == _cells.Count ? line.End : Source(_cells[end], pieces);
            var runs = Runs(signs, start, shown, levels, level, pieces);
            rows.Add(new Row(runs, Width(runs), Soft: start > 0, line.Code, level == 1) { Source = message.AsMemory(source, sourceEnd - source) });
            signs += start == 0 ? new string(' ', line.Hang) : "";
            (start, source) = (end, sourceEnd);
        }
        while (start < _cells.Count);
    }

    private int End(int start, int limit, bool code)
    {
        int used = 0, word = 0, inside = 0;
        for (var at = start; at < _cells.Count; at++)
        {
            var cell = _cells[at];
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

        return _cells.Count;
    }

    private static int Source(Cell cell, List<Piece> pieces) => pieces[cell.Piece].Anchor ?? cell.At;

    // Most lines hold nothing that runs from the right: their order is that of reading.
    private byte Levels(CellReader cells, List<Piece> pieces, bool code, out byte[] levels)
    {
        levels = [];
        if (!cells.HasRightToLeft)
        {
            return 0;
        }

        var classes = new BidiClass[_cells.Count];
        var characters = new char[classes.Length];
        for (var at = 0; at < classes.Length; at++)
        {
            var cell = _cells[at];
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

    private List<Run> Runs(string signs, int start, int end, byte[] levels, byte paragraph, List<Piece> pieces)
    {
        var runs = new List<Run>(1);
        signs = start == end ? signs.TrimEnd() : signs;
        if (paragraph == 0)
        {
            AddSigns(signs, runs);
        }

        if (levels.Length == 0)
        {
            for (var at = start; at < end; at++)
            {
                Add(_cells[at], pieces, mirrored: false, runs);
            }
        }
        else
        {
            var places = new int[end - start];
            Bidi.Order(levels.AsSpan(start, places.Length), places);
            foreach (var place in places)
            {
                Add(_cells[start + place], pieces, levels[start + place] % 2 == 1, runs);
            }
        }

        if (paragraph == 1)
        {
            AddSigns(string.Concat(signs.Reverse()), runs);
        }

        Flush(runs);
        return runs;
    }

    // Counted once more: where something invisible was left out or the order changed, neighbours may have become one character.
    private static int Width(List<Run> runs)
    {
        var columns = 0;
        foreach (var run in runs)
        {
            columns += TextWidth.Of(run.Text);
        }

        return columns;
    }

    private void AddSigns(string signs, List<Run> runs)
    {
        if (signs.Length > 0)
        {
            Begin(new Style(Tone.Marker), runs);
            _text.Append(signs);
        }
    }

    private void Add(Cell cell, List<Piece> pieces, bool mirrored, List<Run> runs)
    {
        if (cell.Kind == CellKind.Hidden)
        {
            return;
        }

        var piece = pieces[cell.Piece];
        Begin(piece.Style, runs);
        if (cell.Kind == CellKind.Lonely)
        {
            _text.Append('◌');
        }

        _text.Append(mirrored ? Mirrors.Of(piece.Text[cell.At]) : piece.Text[cell.At]);
        if (cell.Length > 1)
        {
            _text.Append(piece.Text, cell.At + 1, cell.Length - 1);
        }
    }

    private void Begin(Style style, List<Run> runs)
    {
        if (style != _style)
        {
            Flush(runs);
            _style = style;
        }
    }

    private void Flush(List<Run> runs)
    {
        if (_text.Length > 0)
        {
            runs.Add(new Run(_text.ToString(), _style.Tone, _style.Face, _style.Link));
            _text.Clear();
        }
    }
}
