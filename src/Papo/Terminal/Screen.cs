// Owns: the live part at the bottom of the terminal: the newest own lines, the prompt, the input; erased and drawn again around what is printed.
// Must never: know what a message is, or leave anything of the live part in the scrollback.
using System.Globalization;
using System.Text;
using Papo.Output;

namespace Papo.Terminal;

/// <summary>Builds what goes to the terminal. Raw mode: a line end is written as <c>\r\n</c>.</summary>
/// <param name="palette">Colours.</param>
internal sealed class Screen(Palette palette)
{
    private const string BeginUpdate = "\e[?2026h"; // drawn at once where the terminal knows it, ignored elsewhere
    private const string EndUpdate = "\e[?2026l";

    private IReadOnlyList<StyledLine> _tail = [];
    private List<int> _drawn = []; // width of each drawn row
    private int _cursorRow;
    private int _cursorColumn;

    /// <summary>Columns of the terminal.</summary>
    public int Columns { get; private set; } = 80;

    /// <summary>Rows of the terminal.</summary>
    public int Rows { get; private set; } = 24;

    /// <summary>Whether own lines are in the live part.</summary>
    public bool HasTail => _tail.Count > 0;

    /// <summary>The screen was cleared: nothing is drawn any more.</summary>
    public void Forget() => _drawn = [];

    /// <summary>The terminal has this size now.</summary>
    public void Resize(int columns, int rows) => (Columns, Rows) = (Math.Max(columns, 10), Math.Max(rows, 3));

    /// <summary>Prints lines above the live part; the own lines that were live become print first.</summary>
    public string Print(IReadOnlyList<StyledLine> lines, InputView input)
    {
        var text = new StringBuilder(BeginUpdate);
        Erase(text);
        foreach (var line in _tail.Concat(lines))
        {
            text.Append(palette.Render(line)).Append("\r\n");
        }

        _tail = [];
        Draw(text, input);
        return text.Append(EndUpdate).ToString();
    }

    /// <summary>Puts own lines into the live part in place of those there (<paramref name="replace"/>) or after printing them.</summary>
    public string SetTail(IReadOnlyList<StyledLine> lines, bool replace, InputView input)
    {
        var text = new StringBuilder(BeginUpdate);
        Erase(text);
        foreach (var line in replace ? [] : _tail)
        {
            text.Append(palette.Render(line)).Append("\r\n");
        }

        _tail = lines;
        Draw(text, input);
        return text.Append(EndUpdate).ToString();
    }

    /// <summary>Draws the live part again.</summary>
    public string Redraw(InputView input)
    {
        var text = new StringBuilder(BeginUpdate);
        Erase(text);
        Draw(text, input);
        return text.Append(EndUpdate).ToString();
    }

    /// <summary>Ends the live part: own lines stay, prompt and input go.</summary>
    public string Close()
    {
        var text = new StringBuilder();
        Erase(text);
        foreach (var line in _tail)
        {
            text.Append(palette.Render(line)).Append("\r\n");
        }

        _tail = [];
        return text.ToString();
    }

    // After a resize terminals have wrapped each drawn row by itself; the count of rows above the cursor follows from that.
    private void Erase(StringBuilder text)
    {
        if (_drawn.Count > 0)
        {
            var above = _drawn.Take(_cursorRow).Sum(width => Math.Max(1, (width + Columns - 1) / Columns)) + (_cursorColumn / Columns);
            text.Append('\r').Append(above > 0 ? string.Create(CultureInfo.InvariantCulture, $"\e[{above}A") : "").Append("\e[J");
        }

        _drawn = [];
    }

    private void Draw(StringBuilder text, InputView input)
    {
        var layout = InputLayout.Of(input.Prompt, input.Text, input.Cursor, Columns).Fit(Rows - 1);
        var tailRows = _tail.Sum(line => InputLayout.RowsOf(line.Plain, Columns));
        if (tailRows + layout.Rows.Count > Rows - 1)
        {
            foreach (var line in _tail)
            {
                text.Append(palette.Render(line)).Append("\r\n");
            }

            _tail = [];
            tailRows = 0;
        }

        foreach (var line in _tail)
        {
            text.Append(palette.Render(line)).Append("\r\n");
            _drawn.Add(TextWidth.Of(line.Plain));
        }

        text.AppendJoin("\r\n", layout.Rows);
        var before = _drawn.Count;
        _drawn.AddRange(layout.Rows.Select(static row => TextWidth.Of(row)));
        AddHint(text, layout, input.Hint);
        var up = layout.Rows.Count - 1 - layout.CursorRow;
        text.Append(up > 0 ? string.Create(CultureInfo.InvariantCulture, $"\e[{up}A") : "");
        text.Append(CultureInfo.InvariantCulture, $"\e[{layout.CursorColumn + 1}G");
        _cursorRow = before + layout.CursorRow;
        _cursorColumn = layout.CursorColumn;
    }

    // A hint (who is typing) stands at the right edge of a short input, so that nothing moves when it comes and goes.
    private void AddHint(StringBuilder text, InputLayout layout, string hint)
    {
        var width = TextWidth.Of(hint);
        if (width == 0 || layout.Rows.Count > 1 || _drawn[^1] + width + 3 > Columns)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"\e[{Columns - width}G").Append(palette.Render(StyledLine.Of(hint, Ink.Quiet)));
        _drawn[^1] = Columns - 1;
    }
}

/// <summary>What the input line shows.</summary>
/// <param name="Prompt">Before the text.</param>
/// <param name="Text">What was typed.</param>
/// <param name="Cursor">Where the cursor is in the text.</param>
/// <param name="Hint">At the right edge, when there is room.</param>
internal readonly record struct InputView(string Prompt, string Text, int Cursor, string Hint);
