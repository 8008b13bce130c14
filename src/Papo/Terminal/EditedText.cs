// Owns: a text with a cursor, and undoing what was done to it.
// Must never: let the cursor stand inside a user-perceived character.
namespace Papo.Terminal;

/// <summary>What kind of change; runs of one kind are undone together.</summary>
internal enum ChangeKind
{
    /// <summary>A change of its own.</summary>
    Single,

    /// <summary>Typing: a run ends where a new word begins.</summary>
    Typing,

    /// <summary>Deleting towards the start.</summary>
    DeletingBack,

    /// <summary>Deleting towards the end.</summary>
    DeletingForward,
}

/// <summary>A text being edited.</summary>
internal sealed class EditedText
{
    /// <summary>Steps that can be undone; older ones are forgotten.</summary>
    public const int MostSteps = 200;

    private readonly List<Change> _done = [];
    private readonly Stack<Change> _undone = [];
    private ChangeKind _run;
    private int? _typedTo;

    /// <summary>The text.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Where the cursor stands, in UTF-16 units.</summary>
    public int Cursor { get; private set; }

    /// <summary>Begins anew with a text; nothing of before can be undone.</summary>
    public void Begin(string text, int cursor)
    {
        _done.Clear();
        _undone.Clear();
        EndRun();
        Text = text;
        Cursor = TextBorders.AtOrAfter(text, Math.Clamp(cursor, 0, text.Length));
    }

    /// <summary>What comes next is a step of its own.</summary>
    public void EndRun() => (_run, _typedTo) = (ChangeKind.Single, null);

    /// <summary>Moves the cursor; false when it stood there.</summary>
    public bool MoveTo(int cursor)
    {
        EndRun();
        var moved = cursor != Cursor;
        Cursor = cursor;
        return moved;
    }

    /// <summary>
    /// Types at the cursor. A code point may join the characters around it, which moves the cursor behind all of them; the next one still
    /// belongs after the last one typed, or an emoji of several code points could not be typed before another.
    /// </summary>
    public bool Type(string text)
    {
        var at = _typedTo ?? Cursor;
        var changed = Replace(at, at, text, ChangeKind.Typing);
        _typedTo = at + text.Length;
        return changed;
    }

    /// <summary>Puts a text in place of a part; the cursor then stands after it. False when nothing changes.</summary>
    public bool Replace(int start, int end, string text, ChangeKind kind = ChangeKind.Single)
    {
        if (start == end && text.Length == 0)
        {
            return false;
        }

        Note(new Change(start, Text[start..end], text, Cursor), kind);
        _undone.Clear();
        Put(start, end - start, text);
        return true;
    }

    /// <summary>Takes the last step back; false when there is none.</summary>
    public bool Undo()
    {
        EndRun();
        if (_done.Count == 0)
        {
            return false;
        }

        var change = _done[^1];
        _done.RemoveAt(_done.Count - 1);
        _undone.Push(change);
        Put(change.Start, change.Inserted.Length, change.Removed);
        Cursor = change.CursorBefore;
        return true;
    }

    /// <summary>Does again what was taken back last; false when nothing was.</summary>
    public bool Redo()
    {
        EndRun();
        if (!_undone.TryPop(out var change))
        {
            return false;
        }

        _done.Add(change);
        Put(change.Start, change.Removed.Length, change.Inserted);
        return true;
    }

    private void Put(int start, int length, string text)
    {
        Text = string.Concat(Text.AsSpan(0, start), text, Text.AsSpan(start + length));
        Cursor = TextBorders.AtOrAfter(Text, start + text.Length);
    }

    private void Note(Change change, ChangeKind kind)
    {
        var grown = kind != ChangeKind.Single && kind == _run && _done.Count > 0 ? Grown(_done[^1], change, kind) : null;
        (_run, _typedTo) = (kind, null);
        if (grown is not null)
        {
            _done[^1] = grown;
            return;
        }

        _done.Add(change);
        if (_done.Count > MostSteps)
        {
            _done.RemoveAt(0);
        }
    }

    private static Change? Grown(Change last, Change next, ChangeKind kind) => kind switch
    {
        ChangeKind.Typing when next.Start == last.Start + last.Inserted.Length && !BeginsWord(last.Inserted, next.Inserted) =>
            last with { Inserted = last.Inserted + next.Inserted },
        ChangeKind.DeletingBack when next.Start + next.Removed.Length == last.Start => last with { Start = next.Start, Removed = next.Removed + last.Removed },
        ChangeKind.DeletingForward when next.Start == last.Start => last with { Removed = last.Removed + next.Removed },
        _ => null,
    };

    private static bool BeginsWord(string typed, string next) =>
        typed.Length > 0 && next.Length > 0 && char.IsWhiteSpace(typed[^1]) && !char.IsWhiteSpace(next[0]);

    private sealed record Change(int Start, string Removed, string Inserted, int CursorBefore);
}
