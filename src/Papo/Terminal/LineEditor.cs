// Owns: the line being written: what each editing action does to text, cursor, history, kill ring, completion.
// Must never: draw, know a key, or lose text that was typed.
namespace Papo.Terminal;

/// <summary>The state of the composer.</summary>
internal sealed class LineEditor
{
    /// <summary>More lines than this are asked about before they go out.</summary>
    public const int LinesToAsk = 20;

    private readonly EditedText _text = new();
    private readonly CompletionCycle _completion;
    private readonly Func<string, int, (int Start, string Text)?>? _turn;
    private readonly LineHistory _history = new();
    private readonly KillRing _killed = new();
    private bool _asking;
    private KeyAction _last; // the action before this one
    private int? _column; // that moving up and down keeps to

    /// <summary>An empty line.</summary>
    /// <param name="complete">Finds completions for a text and a cursor.</param>
    /// <param name="turn">Finds what was typed up to the cursor and stands for something else: where it begins, and what for.</param>
    public LineEditor(Func<string, int, Completions> complete, Func<string, int, (int Start, string Text)?>? turn = null) =>
        (_completion, _turn) = (new CompletionCycle(_text, complete), turn);

    /// <summary>The text so far.</summary>
    public string Text => _text.Text;

    /// <summary>Where the cursor stands, in UTF-16 units, always between two user-perceived characters.</summary>
    public int Cursor => _text.Cursor;

    /// <summary>How many lines the text has.</summary>
    public int Lines => Text.Count(static c => c == '\n') + 1;

    /// <summary>Whether the cursor stands on characters instead of between them (vi's normal mode).</summary>
    public bool IsBlock { get; private set; }

    /// <summary>What could be inserted here; while Tab goes round, what it goes round in.</summary>
    public Completions Offers => _completion.Offers;

    /// <summary>Which of them stands in the text; null when none was taken.</summary>
    public int? Chosen => _completion.Chosen;

    /// <summary>What the meaning of a stroke may depend on.</summary>
    public ComposerState State(bool isFullScreen) => new(Text.Length == 0, Cursor == Text.Length, _asking || Chosen is not null, isFullScreen);

    /// <summary>Takes the finished line and empties the editor.</summary>
    public string TakeLine()
    {
        _history.Add(Text);
        return TakeDraft().Text;
    }

    /// <summary>Takes what was begun, for later, and empties the editor.</summary>
    public LineDraft TakeDraft()
    {
        var draft = new LineDraft(Text, Cursor);
        SetDraft(new LineDraft("", 0));
        return draft;
    }

    /// <summary>Goes on with a draft in place of what stands here.</summary>
    public void SetDraft(LineDraft draft)
    {
        _history.Leave();
        Begin(draft.Text, draft.Cursor);
    }

    /// <summary>Puts a line back that could not be sent, unless something new was begun.</summary>
    public void Restore(string line)
    {
        if (Text.Length == 0)
        {
            Begin(line, line.Length);
        }
    }

    /// <summary>Carries out an action; those of the screen do nothing here.</summary>
    public EditOutcome Apply(KeyCommand command)
    {
        var asking = _asking;
        _asking = false;
        var outcome = command.Action switch
        {
            KeyAction.Submit when asking => EditOutcome.Submitted,
            KeyAction.Interrupt when asking => Drop(),
            _ => Apply(command.Action, command.Text),
        };
        _last = command.Action;
        return outcome;
    }

    private EditOutcome Apply(KeyAction action, string text)
    {
        if (action is not (KeyAction.Complete or KeyAction.CompleteBack or KeyAction.Cancel))
        {
            _completion.End();
        }

        _column = action is KeyAction.Up or KeyAction.Down ? _column ?? TextBorders.Column(Text, Cursor) : null;
        var outcome = action switch
        {
            KeyAction.Insert => Of(Type(text)),
            KeyAction.Paste => Insert(text.TrimEnd('\n')),
            KeyAction.Submit => Submit(),
            KeyAction.Interrupt => Text.Length == 0 ? EditOutcome.Leave : Replace(0, Text.Length, ""),
            KeyAction.EndOfInput => Text.Length == 0 ? EditOutcome.Leave : DeleteForward(),
            KeyAction.Suspend => EditOutcome.Suspend,
            KeyAction.Redraw => EditOutcome.Redraw,
            KeyAction.Complete => Of(_completion.Go(1)),
            KeyAction.CompleteBack => Of(_completion.Go(-1)),
            KeyAction.Cancel => Of(_completion.TakeBack()),
            KeyAction.Undo => Of(_text.Undo()),
            KeyAction.Redo => Of(_text.Redo()),
            KeyAction.NormalMode or KeyAction.InsertMode or KeyAction.Append => Change(action),
            _ => ApplyMove(action) ?? ApplyChange(action),
        };
        return outcome is EditOutcome.None or EditOutcome.Changed && StepOntoCharacter() ? EditOutcome.Changed : outcome;
    }

    private EditOutcome? ApplyMove(KeyAction action) => action switch
    {
        KeyAction.Left => Move(TextBorders.Previous(Text, Cursor)),
        KeyAction.Right => Move(TextBorders.Next(Text, Cursor)),
        KeyAction.WordLeft => Move(TextBorders.WordStart(Text, Cursor)),
        KeyAction.WordRight => Move(TextBorders.WordEnd(Text, Cursor)),
        KeyAction.NextWord => Move(TextBorders.NextWord(Text, Cursor)),
        KeyAction.LineStart => Move(TextBorders.LineStart(Text, Cursor)),
        KeyAction.LineEnd => Move(TextBorders.LineEnd(Text, Cursor)),
        KeyAction.TextStart => Move(0),
        KeyAction.TextEnd => Move(Text.Length),
        KeyAction.Up => TextBorders.Above(Text, Cursor, _column ?? 0) is { } above ? Move(above) : Recall(_history.Earlier(Text)),
        KeyAction.Down => TextBorders.Below(Text, Cursor, _column ?? 0) is { } below ? Move(below) : Recall(_history.Later(Text)),
        _ => null,
    };

    private EditOutcome ApplyChange(KeyAction action) => action switch
    {
        KeyAction.NewLine => Insert("\n"),
        KeyAction.DeleteBack => Replace(TextBorders.Previous(Text, Cursor), Cursor, "", ChangeKind.DeletingBack),
        KeyAction.DeleteForward => DeleteForward(),
        KeyAction.DeleteWordBack => Kill(TextBorders.WordStart(Text, Cursor), Cursor),
        KeyAction.DeleteWordForward => Kill(Cursor, TextBorders.WordEnd(Text, Cursor)),
        KeyAction.DeleteToNextWord => Kill(Cursor, Math.Min(TextBorders.NextWord(Text, Cursor), TextBorders.LineEnd(Text, Cursor))),
        KeyAction.KillToEnd => Kill(Cursor, TextBorders.LineEnd(Text, Cursor)),
        KeyAction.KillToStart => Kill(TextBorders.LineStart(Text, Cursor), Cursor),
        KeyAction.KillLine => KillLine(),
        KeyAction.CopyLine => CopyLine(),
        KeyAction.Yank => Insert(_killed.Current),
        KeyAction.YankEarlier => YankEarlier(),
        KeyAction.PutAfter => PutAfter(),
        KeyAction.Transpose => Transpose(),
        _ => EditOutcome.None,
    };

    // What it turns into is a step of its own: one undo gives back what was typed.
    private bool Type(string text)
    {
        var changed = _text.Type(text);
        return _turn?.Invoke(Text, Cursor) is var (start, meant) ? _text.Replace(start, Cursor, meant) : changed;
    }

    private EditOutcome Submit()
    {
        // "\" at the end continues the line; two of them are one that is meant.
        var slashes = Text.Length - Text.TrimEnd('\\').Length;
        if (Cursor == Text.Length && slashes % 2 == 1)
        {
            return Replace(Text.Length - 1, Text.Length, "\n");
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
        _killed.Add(Text); // to be put back with Ctrl+Y, or with undo
        Replace(0, Text.Length, "");
        return EditOutcome.Dropped;
    }

    private EditOutcome DeleteForward()
    {
        var end = TextBorders.Next(Text, Cursor);
        if (!IsBlock)
        {
            return Replace(Cursor, end, "", ChangeKind.DeletingForward);
        }

        return Cursor == TextBorders.LineEnd(Text, Cursor) ? EditOutcome.None : Replace(Cursor, end, "");
    }

    private EditOutcome Kill(int start, int end)
    {
        if (start == end)
        {
            return EditOutcome.None;
        }

        var text = Text[start..end];
        if (IsKill(_last))
        {
            _killed.Join(text, before: end == Cursor);
        }
        else
        {
            _killed.Add(text);
        }

        return Replace(start, end, "");
    }

    private EditOutcome KillLine()
    {
        CopyLine();
        var (start, end) = (TextBorders.LineStart(Text, Cursor), TextBorders.LineEnd(Text, Cursor));
        if (end < Text.Length)
        {
            return Replace(start, end + 1, "");
        }

        Replace(Math.Max(0, start - 1), end, ""); // the last line goes with the line end before it
        Move(TextBorders.LineStart(Text, Cursor));
        return EditOutcome.Changed;
    }

    private EditOutcome CopyLine()
    {
        _killed.Add(Text[TextBorders.LineStart(Text, Cursor)..TextBorders.LineEnd(Text, Cursor)] + "\n");
        return EditOutcome.None;
    }

    private EditOutcome YankEarlier()
    {
        if (_last is not (KeyAction.Yank or KeyAction.YankEarlier) || !_text.Undo())
        {
            return EditOutcome.None;
        }

        _killed.Earlier();
        return Insert(_killed.Current);
    }

    // Whole lines go below this one, anything else after the character under the cursor.
    private EditOutcome PutAfter()
    {
        var lineEnd = TextBorders.LineEnd(Text, Cursor);
        if (_killed.Current is not [.. var lines, '\n'])
        {
            Move(Math.Min(TextBorders.Next(Text, Cursor), lineEnd));
            return Insert(_killed.Current);
        }

        return Replace(lineEnd, lineEnd, (Text.Length > 0 ? "\n" : "") + lines);
    }

    private EditOutcome Transpose() => TextBorders.Pair(Text, Cursor) is (var start, var middle, var end)
        ? Replace(start, end, Text[middle..end] + Text[start..middle])
        : EditOutcome.None;

    private EditOutcome Change(KeyAction mode)
    {
        _text.EndRun();
        IsBlock = mode == KeyAction.NormalMode;
        if (mode == KeyAction.InsertMode)
        {
            return EditOutcome.Changed; // the cursor has another shape
        }

        var (start, end) = (TextBorders.LineStart(Text, Cursor), TextBorders.LineEnd(Text, Cursor));
        Move(IsBlock ? Math.Max(start, TextBorders.Previous(Text, Cursor)) : Math.Min(end, TextBorders.Next(Text, Cursor)));
        return EditOutcome.Changed;
    }

    private bool StepOntoCharacter()
    {
        return IsBlock && TextBorders.LineStart(Text, Cursor) is var start && Cursor > start && Cursor == TextBorders.LineEnd(Text, Cursor)
            && _text.MoveTo(Math.Max(start, TextBorders.Previous(Text, Cursor)));
    }

    private EditOutcome Recall(string? line) => line is null ? EditOutcome.None : Replace(0, Text.Length, line);

    private EditOutcome Insert(string text)
    {
        _text.EndRun();
        return Replace(Cursor, Cursor, text);
    }

    private EditOutcome Replace(int start, int end, string text, ChangeKind kind = ChangeKind.Single) => Of(_text.Replace(start, end, text, kind));

    private EditOutcome Move(int cursor) => Of(_text.MoveTo(cursor));

    private void Begin(string text, int cursor)
    {
        _text.Begin(text, cursor);
        _completion.End();
        (_column, _asking) = (null, false);
    }

    private static bool IsKill(KeyAction action) =>
        action is KeyAction.DeleteWordBack or KeyAction.DeleteWordForward or KeyAction.DeleteToNextWord or KeyAction.KillToEnd or KeyAction.KillToStart;

    private static EditOutcome Of(bool changed) => changed ? EditOutcome.Changed : EditOutcome.None;
}
