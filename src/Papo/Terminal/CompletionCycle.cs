// Owns: going round the candidates for the word before the cursor.
// Must never: leave more than one step to undo, however many candidates were looked at.
namespace Papo.Terminal;

/// <summary>Completing a text.</summary>
/// <param name="text">The text.</param>
/// <param name="complete">Finds completions for a text and a cursor.</param>
internal sealed class CompletionCycle(EditedText text, Func<string, int, Completions> complete)
{
    private (Completions Found, int Index)? _going;

    /// <summary>What could be inserted here; while going round, what it goes round in.</summary>
    public Completions Offers => _going?.Found ?? complete(text.Text, text.Cursor);

    /// <summary>Which of them stands in the text; null when not going round.</summary>
    public int? Chosen => _going?.Index;

    /// <summary>The one that stands in the text is taken.</summary>
    public void End() => _going = null;

    /// <summary>Gives back what was typed; false when not going round.</summary>
    public bool TakeBack()
    {
        var going = _going is not null;
        End();
        return going && text.Undo();
    }

    /// <summary>Inserts the next candidate, or with -1 the one before; false when there is none.</summary>
    public bool Go(int direction)
    {
        var chosen = Chosen;
        var found = Offers;
        var count = found.Candidates.Count;
        if (count == 0)
        {
            return false;
        }

        if (!TakeBack())
        {
            text.EndRun();
        }

        var index = chosen is { } at ? (at + direction + count) % count : direction > 0 ? 0 : count - 1;
        _going = count > 1 ? (found, index) : null;
        return text.Replace(found.Start, text.Cursor, found.Candidates[index].Text);
    }
}
