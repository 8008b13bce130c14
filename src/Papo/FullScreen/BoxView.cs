// Owns: drawing boxes above the rest: lists to choose from, completions.
// Must never: cover the whole of a screen that is large enough to show what lies behind.
using System.Globalization;
using Papo.Chat;
using Papo.Drawing;
using Papo.Output;
using Papo.Rich;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <summary>Draws boxes.</summary>
internal static class BoxView
{
    private const int MostColumns = 100;
    private const int MostCompletions = 8;
    private const int WholeRows = 2; // for what the chosen row has no room to say
    private const int RowsForWhole = 6; // the list keeps at least these

    /// <summary>Draws the open box.</summary>
    public static void Draw(ScreenModel model, ListBox box, Canvas canvas, Hits hits)
    {
        if (box.Code is { } code && CodeView.Fits(code, canvas.Columns, canvas.Rows))
        {
            CodeView.Draw(box, code, canvas, hits, model.Theme);
            return;
        }

        var columns = Math.Min(canvas.Columns, Math.Min(MostColumns, Math.Max(40, canvas.Columns - 4)));
        var rows = Math.Min(canvas.Rows - 1, Math.Max(8, canvas.Rows * 3 / 4));
        var area = new Area((canvas.Columns - columns) / 2, Math.Max(0, (canvas.Rows - rows) / 3), columns, rows);
        var theme = model.Theme;
        canvas.Fill(area, theme[Role.Box]);
        hits.Add(canvas.Whole, static (m, _) => m.Box = null);
        hits.Add(area, static (_, _) => { });
        Frame(canvas, area, box.Title, theme);

        var inside = new Area(area.Column + 2, area.Row + 1, area.Columns - 4, area.Rows - 2);
        var typed = canvas.Put(inside.Column, inside.Row, "› ", theme[Role.Box].With(Face.Bold), inside.Right);
        typed = canvas.Put(typed, inside.Row, box.Typed, theme[Role.Box], inside.Right - 1);
        canvas.Cursor = (typed, inside.Row);
        var list = inside with { Row = inside.Row + 1, Rows = inside.Rows - 1 };
        if (box.Shown.Count == 0)
        {
            canvas.Put(list.Column, list.Row, box.Search is null ? model.Chat.Words.BoxNothing : model.Chat.Words.BoxSearchHint, theme[Role.Box], list.Right);
            return;
        }

        var labels = LabelWidth(box, list.Columns);
        list = DrawWhole(canvas, box, labels, list, theme);
        var first = Math.Clamp(box.Chosen - (list.Rows / 2), 0, Math.Max(0, box.Shown.Count - list.Rows));
        for (var i = 0; i < list.Rows && first + i < box.Shown.Count; i++)
        {
            var number = first + i;
            var place = new Area(area.Column + 1, list.Row + i, area.Columns - 2, 1);
            DrawChoice(canvas, place, box.Shown[number], labels, number == box.Chosen, theme);
            hits.Add(place, (m, step) => ScreenActions.Pick(m, box, number, step));
        }

        var count = $" {(box.Chosen + 1).ToString(CultureInfo.InvariantCulture)}/{box.Shown.Count.ToString(CultureInfo.InvariantCulture)} ";
        canvas.Put(area.Right - count.Length - 2, area.Bottom - 1, count, theme[Role.Box]);
    }

    /// <summary>Whether there may be something to offer for what is being written.</summary>
    public static bool HasOffers(LineEditor editor) => editor.Chosen is not null || IsBegun(editor);

    /// <summary>Draws what Tab offers, above the composer.</summary>
    public static void DrawCompletions(ScreenModel model, Canvas canvas, ScreenLayout layout)
    {
        var composer = layout.Composer;
        if (composer.IsEmpty || !HasOffers(model.Editor))
        {
            return;
        }

        var offered = model.Editor.Offers;
        if (offered.Candidates.Count == 0)
        {
            return;
        }

        var rows = Math.Min(Math.Min(MostCompletions, offered.Candidates.Count), layout.Talk.Bottom - 1);
        var labels = offered.Candidates.Max(static candidate => TextWidth.Of(candidate.Label));
        var abouts = offered.Candidates.Select(candidate => SlashCommand.Find(candidate.Label)?.Help(model.Chat.Words).About ?? "").ToList();
        var columns = Math.Min(canvas.Columns, 2 + labels + (abouts.Exists(static about => about.Length > 0) ? 2 + abouts.Max(static about => TextWidth.Of(about)) : 0));
        var column = Math.Clamp((canvas.Cursor?.Column ?? 0) - 1, 0, Math.Max(0, canvas.Columns - columns));
        var chosen = model.Editor.Chosen ?? -1;
        var first = Math.Clamp(chosen - (rows / 2), 0, Math.Max(0, offered.Candidates.Count - rows));
        for (var i = 0; i < rows; i++)
        {
            var place = new Area(column, layout.Talk.Bottom - rows + i, columns, 1); // the status line stays to be read
            var style = model.Theme[first + i == chosen ? Role.BoxChosen : Role.Box];
            canvas.Fill(place, style);
            canvas.Put(place.Column, place.Row, first + i == chosen ? "▸" : " ", style);
            canvas.Put(place.Column + 1, place.Row, offered.Candidates[first + i].Label, style.With(Face.Bold), place.Right);
            var about = place.Column + labels + 3;
            canvas.Put(about, place.Row, TextWidth.Cut(abouts[first + i], Math.Max(1, place.Right - 1 - about)), style, place.Right);
        }
    }

    // Unasked only for what begins with a sign of its own, and is worth a list: not for each word of a sentence.
    private static bool IsBegun(LineEditor editor)
    {
        var word = editor.Text.AsSpan(0, editor.Cursor);
        word = word[(word.LastIndexOfAny(' ', '\n') + 1)..];
        return word.Length > 0 && word[0] is '/' or '@' or '#' or ':' && (word.Length > 1 || word[0] == '/');
    }

    // Where rows are cut, the chosen one is said in full at the bottom; what is left is for the list.
    private static Area DrawWhole(Canvas canvas, ListBox box, int labels, Area list, Theme theme)
    {
        var details = list.Columns - labels - 3;
        if (list.Rows < RowsForWhole + WholeRows || !box.Shown.Any(choice => choice.Detail.Length == 0
            ? TextWidth.Of(choice.Label) > list.Columns - 1
            : TextWidth.Of(choice.Label) > labels || TextWidth.Of(choice.Detail) > details))
        {
            return list;
        }

        var chosen = box.Shown[box.Chosen];
        var whole = chosen.Detail.Length == 0 ? chosen.Label : $"{chosen.Label} · {chosen.Detail}";
        var row = list.Bottom - WholeRows;
        canvas.Put(list.Column, row - 1, new string('─', list.Columns), theme[Role.Border].On(theme[Role.Box].Back));
        foreach (var line in WordWrap.Lines(TextWidth.Cut(whole, WholeRows * list.Columns), list.Columns).Take(WholeRows))
        {
            canvas.Put(list.Column, row++, line, theme[Role.Box].With(Face.Italic), list.Right);
        }

        return list with { Rows = list.Rows - WholeRows - 1 };
    }

    // Half of the box for the labels, or more where the details leave it.
    private static int LabelWidth(ListBox box, int columns)
    {
        var both = box.Shown.Where(static choice => choice.Detail.Length > 0).ToList();
        var details = both.Select(static choice => TextWidth.Of(choice.Detail)).DefaultIfEmpty(0).Max();
        return Math.Min(Math.Max(columns / 2, columns - details - 5), both.Select(static choice => TextWidth.Of(choice.Label)).DefaultIfEmpty(0).Max());
    }

    private static void DrawChoice(Canvas canvas, Area place, Choice choice, int labels, bool chosen, Theme theme)
    {
        var style = theme[chosen ? Role.BoxChosen : Role.Box];
        canvas.Fill(place, style);
        var column = canvas.Put(place.Column, place.Row, chosen ? "▸" : " ", style);
        var width = choice.Detail.Length > 0 ? labels : place.Columns - 2;
        canvas.Put(column, place.Row, TextWidth.Cut(choice.Label, Math.Max(1, width)), choice.Choose is null ? style : style.With(Face.Bold), place.Right - 1);
        if (choice.Detail.Length > 0)
        {
            column += labels + 2;
            canvas.Put(column, place.Row, TextWidth.Cut(choice.Detail, Math.Max(1, place.Right - 1 - column)), style, place.Right - 1);
        }
    }

    /// <summary>The frame of a box, with its title.</summary>
    public static void Frame(Canvas canvas, Area area, string title, Theme theme)
    {
        var style = theme[Role.Border].On(theme[Role.Box].Back);
        var line = new string('─', Math.Max(0, area.Columns - 2));
        canvas.Put(area.Column, area.Row, $"╭{line}╮", style);
        canvas.Put(area.Column, area.Bottom - 1, $"╰{line}╯", style);
        for (var row = area.Row + 1; row < area.Bottom - 1; row++)
        {
            canvas.Put(area.Column, row, "│", style);
            canvas.Put(area.Right - 1, row, "│", style);
        }

        canvas.Put(area.Column + 2, area.Row, $" {TextWidth.Cut(title, Math.Max(1, area.Columns - 6))} ", theme[Role.Box].With(Face.Bold), area.Right - 2);
    }
}
