// Owns: what the terminal shows now, and the bytes that turn it into the next picture.
// Must never: write to the terminal itself, or trust that terminal and program agree on the width of anything but ASCII.
using System.Globalization;
using System.Text;

namespace Papo.Drawing;

/// <summary>Makes the shortest simple update from one picture to the next.</summary>
/// <param name="terminal">What the terminal can do.</param>
internal sealed class Painter(TerminalKind terminal)
{
    private const string BeginUpdate = "\e[?2026h"; // drawn at once where the terminal knows it, ignored elsewhere
    private const string EndUpdate = "\e[?2026l";
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";
    private const int WorthAJump = 6; // unchanged cells fewer than this are cheaper written than jumped over
    private const int Small = 24; // an update of so few characters is drawn at once by every terminal

    private readonly StringBuilder _text = new();
    private Canvas _shown = new();
    private Canvas _spare = new();
    private bool _known; // whether what is shown is known
    private (int Column, int Row)? _at; // where the terminal's cursor is; null where that is not certain
    private bool _cursorVisible = true;
    private Look? _style;
    private string? _link;

    /// <summary>A canvas to draw the next picture on.</summary>
    public Canvas Next => _spare;

    /// <summary>Nothing is known of what the terminal shows: the next update draws everything.</summary>
    public void Forget() => _known = false;

    /// <summary>Whether some rows of <see cref="Next"/> can be drawn alone, because what is shown is known and has this size.</summary>
    public bool MayUpdateRows(int columns, int rows) =>
        _known && (_shown.Columns, _shown.Rows) == (columns, rows) && (_spare.Columns, _spare.Rows) == (columns, rows);

    /// <summary>The update to those rows of <see cref="Next"/>, and to its cursor; of its other rows nothing is asked.</summary>
    public string UpdateRows(int from, int to)
    {
        _text.Clear();
        var next = _spare;
        for (var row = from; row < to; row++)
        {
            Update(next, row);
            _shown.Take(next, row);
        }

        _shown.Cursor = next.Cursor;
        SetLink(null);
        return Finish(next, whole: false);
    }

    /// <summary>The update to what was drawn on <see cref="Next"/>; empty when nothing changed.</summary>
    public string Update()
    {
        _text.Clear();
        var next = _spare;
        var whole = !_known || next.Columns != _shown.Columns || next.Rows != _shown.Rows;
        if (whole)
        {
            _text.Append("\e[0m\e[H\e[2J");
            (_at, _style, _link, _cursorVisible) = ((0, 0), default(Look), null, true);
            _shown.Begin(next.Columns, next.Rows, default);
        }

        for (var row = 0; row < next.Rows; row++)
        {
            Update(next, row);
        }

        SetLink(null);
        (_shown, _spare, _known) = (next, _shown, true);
        return Finish(next, whole);
    }

    // A cursor that jumps about while cells are written flickers in terminals without synchronized updates.
    private string Finish(Canvas next, bool whole)
    {
        var large = whole || _text.Length > Small;
        var hide = _cursorVisible && (large || next.Cursor is null);
        var show = next.Cursor is not null && (hide || !_cursorVisible);
        if (next.Cursor is { } cursor)
        {
            MoveTo(cursor.Column, cursor.Row);
        }

        _cursorVisible = next.Cursor is not null;
        return !large && !hide && !show
            ? _text.ToString()
            : (large ? BeginUpdate : "") + (hide ? HideCursor : "") + _text + (show ? ShowCursor : "") + (large ? EndUpdate : "");
    }

    private void Update(Canvas next, int row)
    {
        var now = next.Row(row);
        var was = _shown.Row(row);
        var first = now.CommonPrefixLength(was);
        if (first == now.Length)
        {
            return;
        }

        var last = now.Length - 1;
        while (now[last] == was[last])
        {
            last--;
        }

        var blank = BlankFrom(now, last);
        for (var column = first; column <= last;)
        {
            if (column >= blank)
            {
                EraseRest(row, column, now[column].Look);
                return;
            }

            column = now[column] == was[column] && Unchanged(now, was, column) is >= WorthAJump and var skip
                ? column + skip
                : Write(now, row, column);
        }
    }

    // From where on a row is blank to its very end, if that saves something. A background of its own is not erased alike everywhere.
    private static int BlankFrom(ReadOnlySpan<Cell> cells, int last)
    {
        var end = cells.Length;
        while (end > 0 && cells[end - 1] is { Text: " ", Link: null, Look: { Back.IsDefault: true, Face: Rich.Face.None } })
        {
            end--;
        }

        return last - end < WorthAJump ? cells.Length : end;
    }

    private static int Unchanged(ReadOnlySpan<Cell> now, ReadOnlySpan<Cell> was, int column)
    {
        var count = 0;
        while (column + count < now.Length && now[column + count] == was[column + count])
        {
            count++;
        }

        return count;
    }

    private int Write(ReadOnlySpan<Cell> cells, int row, int column)
    {
        var cell = cells[column];
        if (cell.Text.Length == 0)
        {
            return column + 1; // its left half is drawn, or was drawn and did not change
        }

        var width = 1;
        while (column + width < cells.Length && cells[column + width].Text.Length == 0)
        {
            width++;
        }

        MoveTo(column, row);
        SetStyle(cell.Look);
        SetLink(cell.Link);
        var text = terminal.HasSmallFont ? SmallFont.Of(cell.Text) : cell.Text;
        var isAscii = text.Length == 1 && text[0] < 0x80;
        if (width > 1)
        {
            // Where the terminal thinks the character narrow, its second cell must not keep what stood there.
            _text.Append(' ', width);
            _at = null;
            MoveTo(column, row);
        }

        _text.Append(text);
        _at = isAscii && column + 1 < cells.Length ? (column + 1, row) : null;
        return column + width;
    }

    private void EraseRest(int row, int column, Look style)
    {
        MoveTo(column, row);
        SetLink(null);
        SetStyle(style with { Fore = default });
        _text.Append("\e[K");
    }

    private void MoveTo(int column, int row)
    {
        if (_at == (column, row))
        {
            return;
        }

        _text.Append(CultureInfo.InvariantCulture, $"\e[{row + 1};{column + 1}H");
        _at = (column, row);
    }

    private void SetStyle(Look style)
    {
        if (_style != style)
        {
            style.AppendTo(_text, terminal.Depth);
            _style = style;
        }
    }

    // OSC 8. Parts of one link that stand on several rows belong together by its id.
    private void SetLink(string? link)
    {
        if (_link == link || !terminal.TakesCommands)
        {
            return;
        }

        _text.Append(link is null ? "\e]8;;\e\\" : string.Create(CultureInfo.InvariantCulture, $"\e]8;id={(uint)string.GetHashCode(link, StringComparison.Ordinal):x};{link}\e\\"));
        _link = link;
    }
}
