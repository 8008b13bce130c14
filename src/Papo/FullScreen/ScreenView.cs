// Owns: the picture of a model: which part is drawn where, header, status line and composer.
// Must never: change the model, or draw outside the canvas.
using System.Globalization;
using Papo.Chat;
using Papo.Client;
using Papo.Drawing;
using Papo.Output;
using Papo.Rich;

namespace Papo.FullScreen;

/// <summary>Draws a model.</summary>
internal static class ScreenView
{
    private const int LeastColumns = 20;
    private const int LeastRows = 4;

    /// <summary>Whether only a word fits on the screen.</summary>
    public static bool IsTooSmall(ScreenModel model) => model.Columns < LeastColumns || model.Rows < LeastRows;

    /// <summary>Draws everything.</summary>
    public static void Draw(ScreenModel model, Canvas canvas, Hits hits)
    {
        var theme = model.Theme;
        hits.Clear();
        canvas.Begin(model.Columns, model.Rows, theme[Role.Text]);
        if (IsTooSmall(model))
        {
            canvas.Put(0, 0, model.Chat.Words.TooSmall, theme[Role.Text]);
            return;
        }

        var layout = model.Layout();
        BarView.Draw(model, canvas, hits, layout);
        TalkView.Draw(model, canvas, hits, layout.Talk);
        DrawHeader(model, canvas, layout);
        DrawStatus(model, canvas, layout.Status);
        if (model.Copying)
        {
            return;
        }

        DrawComposer(model, canvas, layout.Composer);
        if (model.Box is { } box)
        {
            BoxView.Draw(model, box, canvas, hits);
        }
        else
        {
            BoxView.DrawCompletions(model, canvas, layout);
        }
    }

    /// <summary>Draws the composer again, on a canvas whose other rows are left as they are; which rows that is.</summary>
    public static Area DrawInput(ScreenModel model, Canvas canvas)
    {
        var area = model.Layout().Composer;
        canvas.Fill(area, model.Theme[Role.Text]);
        DrawComposer(model, canvas, area);
        return area;
    }

    private static void DrawHeader(ScreenModel model, Canvas canvas, ScreenLayout layout)
    {
        var area = layout.Header;
        if (area.IsEmpty)
        {
            return;
        }

        var words = model.Chat.Words;
        var style = model.Theme[Role.Header];
        canvas.Fill(area, style);
        if (model.Copying)
        {
            canvas.Put(1, area.Row, words.CopyModeHeader, style);
            return;
        }

        if (model.Chat.Current is not { } room)
        {
            canvas.Put(1, area.Row, words.NoRoomLeft, style);
            return;
        }

        var here = model.Chat.People.Values.Count(person => person.Online && BarView.IsHere(model, person));
        var column = canvas.Put(1, area.Row, room.ToString(), style);
        column = canvas.Put(column, area.Row, model.Connection.Up ? $" · {words.HereCount(Math.Max(1, here))}" : "", model.Theme[Role.Status]);
        column = canvas.Put(column, area.Row, room.IsPrivate ? TextWidth.Cut($" · {words.EncryptedMark}", Math.Max(1, area.Right - column)) : "", model.Theme[Role.Status]);
        if (model.Chat.Muted.Contains(room))
        {
            column = canvas.Put(column, area.Row, $" · {words.MutedMark}", model.Theme[Role.Status]);
        }

        // Where the rooms are not shown, what is new in them is said here; the hint gives way to it.
        var news = layout.Rooms.IsEmpty ? BarView.News(model) : "";
        string[] hints = news.Length > 0 ? [$"{news} · {words.HelpHint}", news] : [words.HelpHint];
        if (Array.Find(hints, hint => column + TextWidth.Of(hint) + 3 < area.Right) is { } right)
        {
            canvas.Put(area.Right - TextWidth.Of(right) - 1, area.Row, right, model.Theme[news.Length > 0 ? Role.StatusWarning : Role.Status]);
        }
    }

    private static void DrawStatus(ScreenModel model, Canvas canvas, Area area)
    {
        if (area.IsEmpty)
        {
            return;
        }

        var plain = model.Theme[Role.Status];
        var warning = model.Theme[Role.StatusWarning];
        canvas.Fill(area, plain);
        var right = area.Right - 1;
        var own = OwnSummary(model);
        if (own.Length > 0)
        {
            right -= TextWidth.Of(own);
            canvas.Put(right, area.Row, own, plain);
            right--;
        }

        var column = 1;
        foreach (var (text, isWarning) in StatusLine.Parts(model))
        {
            var separated = column > 1 ? " · " + text : text;
            if (column + TextWidth.Of(separated) > right)
            {
                canvas.Put(column, area.Row, TextWidth.Cut(separated, Math.Max(1, right - column)), isWarning ? warning : plain, right);
                return;
            }

            column = canvas.Put(column, area.Row, separated, isWarning ? warning : plain, right);
        }
    }

    // Own messages that are not safe yet, by their sign: "…2 ✓1".
    private static string OwnSummary(ScreenModel model) => string.Join(' ', model.Chat.Own.Values
        .Where(static own => own.State != MessageState.Held)
        .GroupBy(static own => own.State).OrderBy(static group => group.Key)
        .Select(static group => LineContext.Mark(group.Key) + group.Count().ToString(CultureInfo.InvariantCulture)));

    private static void DrawComposer(ScreenModel model, Canvas canvas, Area area)
    {
        var input = model.Input(area.Columns).Fit(area.Rows);
        var prompt = TextWidth.Cut(model.Prompt, Math.Max(8, area.Columns / 2));
        for (var row = 0; row < input.Rows.Count && row < area.Rows; row++)
        {
            var text = input.Rows[row];
            if (row == 0 && text.StartsWith(prompt, StringComparison.Ordinal))
            {
                var column = canvas.Put(area.Column, area.Row, prompt, model.Theme[Role.Prompt]);
                canvas.Put(column, area.Row, text.AsSpan(prompt.Length), model.Theme[Role.Text]);
                continue;
            }

            canvas.Put(area.Column, area.Row + row, text, model.Theme[Role.Text]);
        }

        if (model.Editor.Text.Length == 0 && model.Chat.Current is { } room && model.Box is null)
        {
            var column = area.Column + TextWidth.Of(prompt);
            canvas.Put(column, area.Row, model.Chat.Words.ComposerHint(room.ToString()), model.Theme[Role.Quiet].With(Face.Italic));
        }

        if (model.Box is null && area.Rows > 0)
        {
            canvas.Cursor = (Math.Min(input.CursorColumn, area.Columns - 1), area.Row + Math.Min(input.CursorRow, area.Rows - 1));
        }
    }
}
