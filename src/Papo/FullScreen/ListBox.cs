// Owns: a box with rows to choose from, narrowed by what is typed: the palette, the help, what a search found.
// Must never: carry a choice out; who opened it does.
using Papo.Chat;
using Papo.Pictures;

namespace Papo.FullScreen;

/// <summary>A row of a box.</summary>
/// <param name="Label">What it is, harmless.</param>
/// <param name="Detail">What there is to say about it, harmless.</param>
/// <param name="Choose">What choosing it does; null where it is only to be read.</param>
internal sealed record Choice(string Label, string Detail, Action<ScreenModel, ChatStep>? Choose = null);

/// <summary>A box above the conversation.</summary>
/// <param name="title">Its title.</param>
/// <param name="all">Its rows, the best first.</param>
/// <param name="search">Called when Enter finds no row to choose; null where the box is narrowed by itself.</param>
internal sealed class ListBox(string title, IReadOnlyList<Choice> all, Action<ScreenModel, string, ChatStep>? search = null)
{
    private readonly IReadOnlyList<Choice> _all = all;
    private IReadOnlyList<Choice>? _shown;

    /// <summary>The title.</summary>
    public string Title { get; } = title;

    /// <summary>A code to be read by a camera, in place of a list; null where there is none.</summary>
    public QrCode? Code { get; init; }

    /// <summary>What was typed.</summary>
    public string Typed { get; private set; } = "";

    /// <summary>The rows that match it.</summary>
    public IReadOnlyList<Choice> Shown => _shown ?? _all;

    /// <summary>The chosen row of them.</summary>
    public int Chosen { get; private set; }

    /// <summary>What Enter does with the words themselves; null where only rows are chosen.</summary>
    public Action<ScreenModel, string, ChatStep>? Search { get; } = search;

    /// <summary>Types on.</summary>
    public void Type(string text) => Narrow(Typed + text);

    /// <summary>Takes the last character back.</summary>
    public void Back() => Narrow(Typed[..Terminal.TextBorders.Previous(Typed, Typed.Length)]);

    /// <summary>Begins anew.</summary>
    public void Empty() => Narrow("");

    /// <summary>Chooses another row.</summary>
    public void Move(int by) => Chosen = Shown.Count == 0 ? 0 : Math.Clamp(Chosen + by, 0, Shown.Count - 1);

    /// <summary>Chooses a row.</summary>
    public void MoveTo(int row) => Chosen = Math.Clamp(row, 0, Math.Max(0, Shown.Count - 1));

    private void Narrow(string typed)
    {
        (Typed, Chosen) = (typed, 0);
        if (Search is not null)
        {
            return;
        }

        var words = typed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _shown = words.Length == 0 ? null : [.. _all
            .Select((choice, place) => (Choice: choice, Rank: words.Min(word => Rank(choice, word)), Place: place))
            .Where(static row => row.Rank > 0)
            .OrderByDescending(static row => row.Rank).ThenBy(static row => row.Place)
            .Select(static row => row.Choice)];
    }

    // 5 the label itself, 4 its beginning, 3 the beginning of a word in it, 2 anywhere in label or detail, 1 its letters in order; 0 not at all.
    private static int Rank(Choice choice, string word)
    {
        var label = choice.Label.TrimStart('#', '@', '/');
        word = word.TrimStart('#', '@', '/');
        var at = label.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        if (at == 0)
        {
            return label.Length == word.Length ? 5 : 4;
        }

        if (at > 0)
        {
            return char.IsLetterOrDigit(label[at - 1]) ? 2 : 3;
        }

        return choice.Detail.Contains(word, StringComparison.OrdinalIgnoreCase) ? 2 : IsSubsequence(label, word) ? 1 : 0;
    }

    private static bool IsSubsequence(string label, string word)
    {
        var at = 0;
        foreach (var letter in word)
        {
            at = label.IndexOf(letter.ToString(), at, StringComparison.OrdinalIgnoreCase) + 1;
            if (at == 0)
            {
                return false;
            }
        }

        return true;
    }
}
