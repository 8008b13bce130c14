// Owns: a terminal in memory that obeys what the painter writes, as a real one would, and refuses what it does not know.
// Must never: share code with the painter: it is the other opinion.
using System.Globalization;
using System.Text;
using Papo.Output;

namespace Papo.Tests.Drawing;

/// <summary>Cells by the bytes that came.</summary>
internal sealed class PictureTerminal
{
    private readonly (string Text, string Style, string Link)[,] _cells;
    private readonly int _columns;
    private readonly int _rows;
    private int _column;
    private int _row;
    private string _style = "0";
    private string _link = "";

    /// <summary>A blank terminal.</summary>
    public PictureTerminal(int columns, int rows)
    {
        (_columns, _rows) = (columns, rows);
        _cells = new (string, string, string)[columns, rows];
        Erase(0, 0, columns * rows);
    }

    /// <summary>Where the cursor is.</summary>
    public (int Column, int Row) Cursor => (_column, _row);

    /// <summary>Whether it shows.</summary>
    public bool CursorVisible { get; private set; } = true;

    /// <summary>Whether an update is open.</summary>
    public bool Updating { get; private set; }

    /// <summary>Takes what was written.</summary>
    public void Write(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '\e')
            {
                at = text[at + 1] == ']' ? Command(text, at) : Sequence(text, at);
                continue;
            }

            Assert.False(char.IsControl(text[at]), $"control character {(int)text[at]:X2} drawn");
            var length = TextWidth.NextCluster(text.AsSpan(at));
            var width = TextWidth.OfCluster(text.AsSpan(at, length));
            Put(text.Substring(at, length), width);
            at += length;
        }
    }

    /// <summary>Texts, styles and links of all cells.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (var row = 0; row < _rows; row++)
        {
            for (var column = 0; column < _columns; column++)
            {
                var (cluster, style, link) = _cells[column, row];
                style = cluster == " " && !style.Contains(";4", StringComparison.Ordinal) ? "0" : style; // the colour of letters does not show on a blank
                text.Append(CultureInfo.InvariantCulture, $"[{cluster}|{style}|{link}]");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private void Put(string cluster, int width)
    {
        Assert.InRange(_column + width, 1, _columns);
        for (var i = 0; i < width; i++)
        {
            Break(_column + i);
            _cells[_column + i, _row] = (i == 0 ? cluster : "", _style, _link);
        }

        // Beyond the last column terminals differ; a painter has to say where it goes on.
        _column = Math.Min(_column + width, _columns - 1);
    }

    // Half of a wide character does not stand alone.
    private void Break(int column)
    {
        if (_cells[column, _row].Text.Length == 0 && column > 0)
        {
            _cells[column - 1, _row].Text = " ";
        }

        if (column + 1 < _columns && _cells[column + 1, _row].Text.Length == 0)
        {
            _cells[column + 1, _row].Text = " ";
        }
    }

    private int Sequence(string text, int at)
    {
        Assert.Equal('[', text[at + 1]);
        var end = at + 2;
        while (text[end] is < '@' or > '~')
        {
            end++;
        }

        var parameters = text[(at + 2)..end];
        switch (text[end])
        {
            case 'H':
                var place = parameters.Length == 0 ? [1, 1] : parameters.Split(';').Select(static part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray();
                (_row, _column) = (place[0] - 1, place[1] - 1);
                Assert.InRange(_row, 0, _rows - 1);
                Assert.InRange(_column, 0, _columns - 1);
                break;
            case 'J' when parameters == "2":
                Erase(0, 0, _columns * _rows);
                break;
            case 'K' when parameters.Length == 0:
                Erase(_column, _row, _columns - _column);
                break;
            case 'm':
                _style = parameters;
                break;
            case 'h' or 'l' when parameters == "?25":
                CursorVisible = text[end] == 'h';
                break;
            case 'h' or 'l' when parameters == "?2026":
                Updating = text[end] == 'h';
                break;
            default:
                Assert.Fail($"unknown sequence {parameters}{text[end]}");
                break;
        }

        return end + 1;
    }

    private int Command(string text, int at)
    {
        var end = text.IndexOf("\e\\", at + 2, StringComparison.Ordinal);
        Assert.StartsWith("8;", text[(at + 2)..end], StringComparison.Ordinal);
        _link = text[(text.IndexOf(';', at + 4) + 1)..end];
        return end + 2;
    }

    private void Erase(int column, int row, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _cells[(column + i) % _columns, row + ((column + i) / _columns)] = (" ", "0", "");
        }
    }
}
