// Owns: the line being written: text, cursor, history, kill buffer, completion.
// Must never: draw, read a terminal, or lose text that was typed.
namespace Papo.Terminal;

/// <summary>What a key led to.</summary>
internal enum EditOutcome
{
    /// <summary>Nothing changed.</summary>
    None,

    /// <summary>Text or cursor changed.</summary>
    Changed,

    /// <summary>The line is done: take <see cref="LineEditor.TakeLine"/>.</summary>
    Submitted,

    /// <summary>Many pasted lines are about to go out as one message: say so; Enter again submits.</summary>
    AskFirst,

    /// <summary>The question was answered with no.</summary>
    Dropped,

    /// <summary>Ctrl+C or Ctrl+D on an empty line.</summary>
    Leave,

    /// <summary>Ctrl+Z.</summary>
    Suspend,

    /// <summary>Ctrl+L.</summary>
    Redraw,
}

/// <summary>What could stand at the cursor in place of the text from <paramref name="Start"/> on.</summary>
internal readonly record struct Completions(int Start, IReadOnlyList<string> Candidates);

/// <summary>The state of one line of input.</summary>
/// <param name="complete">Finds completions for a text and a cursor.</param>
internal sealed class LineEditor(Func<string, int, Completions> complete)
{
    /// <summary>More lines than this are asked about before they go out.</summary>
    public const int LinesToAsk = 20;

    private const int RememberedLines = 500;

    private readonly List<string> _history = [];
    private int _at; // position in the history; Count is the line being written
    private string _stash = "";
    private string _killed = "";
    private bool _asking;
    private (Completions Found, int Index)? _cycle;

    /// <summary>The text so far.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where the cursor stands, in UTF-16 units, always between two user-perceived characters.</summary>
    public int Cursor { get; private set; }

    /// <summary>How many lines the text has.</summary>
    public int Lines => Text.Count(static c => c == '\n') + 1;

    /// <summary>Takes the finished line and empties the editor.</summary>
    public string TakeLine()
    {
        var line = Text;
        if (line.Length > 0 && (_history.Count == 0 || _history[^1] != line))
        {
            _history.Add(line);
            if (_history.Count > RememberedLines)
            {
                _history.RemoveAt(0);
            }
        }

        Set("");
        _at = _history.Count;
        _stash = "";
        return line;
    }

    /// <summary>Puts a line back that could not be sent, unless something new was begun.</summary>
    public void Restore(string line)
    {
        if (Text.Length == 0)
        {
            Set(line);
        }
    }

    /// <summary>Takes one key.</summary>
    public EditOutcome Apply(Key key)
    {
        if (key.Kind != KeyKind.Tab)
        {
            _cycle = null;
        }

        if (_asking)
        {
            _asking = false;
            if (key.Kind is KeyKind.Enter or KeyKind.Interrupt)
            {
                return key.Kind == KeyKind.Enter ? EditOutcome.Submitted : Drop();
            }
        }

        return key.Kind switch
        {
            KeyKind.Enter => Enter(),
            KeyKind.Interrupt => Text.Length == 0 ? EditOutcome.Leave : Set(""),
            KeyKind.EndOfInput => Text.Length == 0 ? EditOutcome.Leave : Remove(Cursor, TextBorders.Next(Text, Cursor)),
            KeyKind.Suspend => EditOutcome.Suspend,
            KeyKind.Redraw => EditOutcome.Redraw,
            KeyKind.Tab => Complete(),
            KeyKind.Text => Insert(key.Text),
            KeyKind.Paste => Insert(key.Text.TrimEnd('\n')),
            KeyKind.NewLine => Insert("\n"),
            KeyKind.Other => EditOutcome.None,
            _ => ApplyEditing(key.Kind),
        };
    }

    private EditOutcome ApplyEditing(KeyKind kind) => kind switch
    {
        KeyKind.Backspace => Remove(TextBorders.Previous(Text, Cursor), Cursor),
        KeyKind.Delete => Remove(Cursor, TextBorders.Next(Text, Cursor)),
        KeyKind.DeleteWordBack => Kill(TextBorders.WordStart(Text, Cursor), Cursor),
        KeyKind.DeleteWordForward => Kill(Cursor, TextBorders.WordEnd(Text, Cursor)),
        KeyKind.KillToEnd => Kill(Cursor, TextBorders.LineEnd(Text, Cursor)),
        KeyKind.KillToStart => Kill(TextBorders.LineStart(Text, Cursor), Cursor),
        KeyKind.Yank => Insert(_killed),
        KeyKind.Left => Move(TextBorders.Previous(Text, Cursor)),
        KeyKind.Right => Move(TextBorders.Next(Text, Cursor)),
        KeyKind.WordLeft => Move(TextBorders.WordStart(Text, Cursor)),
        KeyKind.WordRight => Move(TextBorders.WordEnd(Text, Cursor)),
        KeyKind.Home => Move(TextBorders.LineStart(Text, Cursor)),
        KeyKind.End => Move(TextBorders.LineEnd(Text, Cursor)),
        KeyKind.Up => Up(),
        KeyKind.Down => Down(),
        _ => EditOutcome.None,
    };

    private EditOutcome Enter()
    {
        // "\" at the end continues the line; two of them are one that is meant.
        var slashes = Text.Length - Text.TrimEnd('\\').Length;
        if (Cursor == Text.Length && slashes % 2 == 1)
        {
            Set(Text[..^1] + "\n");
            return EditOutcome.Changed;
        }

        if (Lines <= LinesToAsk)
        {
            return EditOutcome.Submitted;
        }

        _asking = true;
        return EditOutcome.AskFirst;
    }

    private EditOutcome Drop()
    {
        _killed = Text; // Ctrl+Y brings it back
        Set("");
        return EditOutcome.Dropped;
    }

    private EditOutcome Complete()
    {
        if (_cycle is { } cycle)
        {
            cycle.Index = (cycle.Index + 1) % cycle.Found.Candidates.Count;
            _cycle = cycle;
            return Put(cycle.Found.Start, cycle.Found.Candidates[cycle.Index]);
        }

        var found = complete(Text, Cursor);
        if (found.Candidates.Count == 0)
        {
            return EditOutcome.None;
        }

        if (found.Candidates.Count > 1)
        {
            _cycle = (found, 0);
        }

        return Put(found.Start, found.Candidates[0]);
    }

    private EditOutcome Put(int start, string candidate)
    {
        Text = Text[..start] + candidate + Text[Cursor..];
        return Move(start + candidate.Length, changed: true);
    }

    private EditOutcome Insert(string text)
    {
        Text = Text.Insert(Cursor, text);
        // A mark that was typed joins the character before it, so the cursor is put at a border again.
        return Move(TextBorders.AtOrAfter(Text, Cursor + text.Length), changed: text.Length > 0);
    }

    private EditOutcome Remove(int start, int end)
    {
        if (start == end)
        {
            return EditOutcome.None;
        }

        Text = Text.Remove(start, end - start);
        return Move(TextBorders.AtOrAfter(Text, start), changed: true);
    }

    private EditOutcome Kill(int start, int end)
    {
        _killed = start == end ? _killed : Text[start..end];
        return Remove(start, end);
    }

    private EditOutcome Set(string text)
    {
        Text = text;
        Cursor = text.Length;
        return EditOutcome.Changed;
    }

    private EditOutcome Move(int cursor, bool changed = false)
    {
        changed |= cursor != Cursor;
        Cursor = cursor;
        return changed ? EditOutcome.Changed : EditOutcome.None;
    }

    private EditOutcome Up() => TextBorders.Above(Text, Cursor) is { } above ? Move(above) : FromHistory(_at - 1);

    private EditOutcome Down() => TextBorders.Below(Text, Cursor) is { } below ? Move(below) : FromHistory(_at + 1);

    private EditOutcome FromHistory(int at)
    {
        if (at < 0 || at > _history.Count)
        {
            return EditOutcome.None;
        }

        if (_at == _history.Count)
        {
            _stash = Text;
        }

        _at = at;
        return Set(at == _history.Count ? _stash : _history[at]);
    }
}
