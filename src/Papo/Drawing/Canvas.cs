// Owns: the cells of one picture of the screen.
// Must never: draw outside itself, tear a wide character in two, or know a terminal.
using System.Text;
using Papo.Output;

namespace Papo.Drawing;

/// <summary>A part of the screen, in columns and rows from the upper left corner, zero-based.</summary>
internal readonly record struct Area(int Column, int Row, int Columns, int Rows)
{
    /// <summary>The column after the last.</summary>
    public int Right => Column + Columns;

    /// <summary>The row after the last.</summary>
    public int Bottom => Row + Rows;

    /// <summary>Whether nothing can be drawn there.</summary>
    public bool IsEmpty => Columns <= 0 || Rows <= 0;

    /// <summary>Whether a cell lies inside.</summary>
    public bool Contains(int column, int row) => column >= Column && column < Right && row >= Row && row < Bottom;
}

/// <summary>One cell.</summary>
/// <param name="Text">One user-perceived character; empty in the second cell of a wide one.</param>
/// <param name="Look">How it looks.</param>
/// <param name="Link">Where it leads, or null.</param>
internal readonly record struct Cell(string Text, Look Look, string? Link);

/// <summary>A picture of the screen. Texts are expected to be harmless.</summary>
internal sealed class Canvas
{
    private const int KeptClusters = 4096; // other than ASCII; beyond that they are made anew

    private static readonly string[] Ascii = [.. Enumerable.Range(0, 0x7F).Select(static c => ((char)c).ToString())];

    private readonly Dictionary<string, string> _clusters = new(StringComparer.Ordinal);
    private Cell[] _cells = [];

    /// <summary>Columns.</summary>
    public int Columns { get; private set; }

    /// <summary>Rows.</summary>
    public int Rows { get; private set; }

    /// <summary>Where the cursor stands; null hides it.</summary>
    public (int Column, int Row)? Cursor { get; set; }

    /// <summary>All of it.</summary>
    public Area Whole => new(0, 0, Columns, Rows);

    /// <summary>One cell.</summary>
    public ref readonly Cell this[int column, int row] => ref _cells[(row * Columns) + column];

    /// <summary>A row of cells.</summary>
    public ReadOnlySpan<Cell> Row(int row) => _cells.AsSpan(row * Columns, Columns);

    /// <summary>Begins a new picture of this size: blank, no cursor.</summary>
    public void Begin(int columns, int rows, Look style)
    {
        (Columns, Rows, Cursor) = (columns, rows, null);
        if (_cells.Length != columns * rows)
        {
            _cells = new Cell[columns * rows];
        }

        Array.Fill(_cells, new Cell(" ", style, null));
    }

    /// <summary>Takes over a row of a canvas of the same size.</summary>
    public void Take(Canvas other, int row) => other.Row(row).CopyTo(_cells.AsSpan(row * Columns, Columns));

    /// <summary>Makes an area blank.</summary>
    public void Fill(Area area, Look style)
    {
        var (left, right) = (Math.Max(0, area.Column), Math.Min(Columns, area.Right));
        for (var row = Math.Max(0, area.Row); row < Math.Min(Rows, area.Bottom) && left < right; row++)
        {
            Mend(left, row);
            Mend(right, row);
            _cells.AsSpan((row * Columns) + left, right - left).Fill(new Cell(" ", style, null));
        }
    }

    /// <summary>Writes a text from a cell on, at most to the end of its row or <paramref name="limit"/> (exclusive). Returns the column after it.</summary>
    public int Put(int column, int row, ReadOnlySpan<char> text, Look style, int limit = int.MaxValue, string? link = null)
    {
        limit = Math.Min(limit, Columns);
        if (row < 0 || row >= Rows || column < 0)
        {
            return column;
        }

        while (text.Length > 0)
        {
            var length = TextWidth.NextCluster(text);
            var width = TextWidth.OfCluster(text[..length]);
            if (column + Math.Max(1, width) > limit)
            {
                break;
            }

            if (width > 0)
            {
                Set(column, row, Cluster(text[..length]), width, style, link);
                column += width;
            }

            text = text[length..];
        }

        return column;
    }

    /// <summary>Changes how the cells of an area look, and keeps what stands there.</summary>
    public void Restyle(Area area, Func<Look, Look> change)
    {
        for (var row = Math.Max(0, area.Row); row < Math.Min(Rows, area.Bottom); row++)
        {
            for (var column = Math.Max(0, area.Column); column < Math.Min(Columns, area.Right); column++)
            {
                ref var cell = ref _cells[(row * Columns) + column];
                cell = cell with { Look = change(cell.Look) };
            }
        }
    }

    /// <summary>The picture as lines of text, without trailing blanks.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var row = 0; row < Rows; row++)
        {
            var line = new StringBuilder();
            foreach (var cell in Row(row))
            {
                line.Append(cell.Text);
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private void Set(int column, int row, string text, int width, Look style, string? link)
    {
        Mend(column, row);
        Mend(column + width, row);
        var at = (row * Columns) + column;
        _cells[at] = new Cell(text, style, link);
        for (var i = 1; i < width; i++)
        {
            _cells[at + i] = new Cell("", style, link);
        }
    }

    // What begins at this column is about to lose, or has lost, its left half: its right half becomes a blank.
    private void Mend(int column, int row)
    {
        if (column <= 0 || column >= Columns)
        {
            return;
        }

        var at = (row * Columns) + column;
        if (_cells[at].Text.Length == 0)
        {
            _cells[at - 1] = _cells[at - 1] with { Text = " " };
            _cells[at] = _cells[at] with { Text = " " };
        }
    }

    private string Cluster(ReadOnlySpan<char> cluster)
    {
        if (cluster.Length == 1 && cluster[0] < Ascii.Length)
        {
            return Ascii[cluster[0]];
        }

        var kept = _clusters.GetAlternateLookup<ReadOnlySpan<char>>();
        if (kept.TryGetValue(cluster, out var known))
        {
            return known;
        }

        if (_clusters.Count >= KeptClusters)
        {
            _clusters.Clear();
        }

        known = cluster.ToString();
        _clusters.Add(known, known);
        return known;
    }
}
