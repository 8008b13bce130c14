// Owns: as much of a terminal as the screen uses: text with late wrapping, line ends, cursor up and column, erase below.
// Must never: forgive a sequence it does not know.
using System.Globalization;
using Papo.Output;

namespace Papo.Tests.Program;

internal sealed class EmulatedTerminal(int columns, int rows)
{
    private readonly List<string[]> _rows = [Blank(columns)];
    private int _row;
    private int _column;

    public int Columns { get; } = columns;

    public int Rows { get; } = rows;

    public (int Row, int Column) Cursor => (_row, _column);

    public string[] Text
    {
        get
        {
            var lines = _rows.Select(static row => string.Concat(row).TrimEnd()).ToList();
            while (lines.Count > 0 && lines[^1].Length == 0)
            {
                lines.RemoveAt(lines.Count - 1);
            }

            return [.. lines];
        }
    }

    public void Write(string output)
    {
        for (var at = 0; at < output.Length;)
        {
            at += output[at] switch
            {
                '\e' => Obey(output.AsSpan(at)),
                '\r' => Return(),
                '\n' => LineFeed(),
                _ => Put(output.AsSpan(at)),
            };
        }
    }

    private static string[] Blank(int columns)
    {
        var row = new string[columns];
        Array.Fill(row, " ");
        return row;
    }

    private int Return()
    {
        _column = 0;
        return 1;
    }

    private int LineFeed()
    {
        _row++;
        if (_row == _rows.Count)
        {
            _rows.Add(Blank(Columns));
        }

        return 1;
    }

    private int Put(ReadOnlySpan<char> text)
    {
        var length = TextWidth.NextCluster(text);
        var width = TextWidth.OfCluster(text[..length]);
        if (_column + width > Columns)
        {
            _column = 0;
            LineFeed();
        }

        _rows[_row][_column] = text[..length].ToString();
        if (width == 2)
        {
            _rows[_row][_column + 1] = "";
        }

        _column += width;
        return length;
    }

    private int Obey(ReadOnlySpan<char> text)
    {
        var end = 2;
        while (text[end] is < '@')
        {
            end++;
        }

        var parameter = text[2..end].ToString();
        var number = int.TryParse(parameter, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 1;
        switch (text[end])
        {
            case 'A':
                _row = Math.Max(0, _row - number);
                break;
            case 'G':
                _column = number - 1;
                break;
            case 'J':
                _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
                Array.Fill(_rows[_row], " ", Math.Min(_column, Columns - 1), Columns - Math.Min(_column, Columns - 1));
                break;
            case 'h' or 'l' when parameter == "?2026":
                break;
            default:
                throw new InvalidOperationException("unknown sequence: " + text[..(end + 1)].ToString().Replace('\e', '^'));
        }

        return end + 1;
    }
}
