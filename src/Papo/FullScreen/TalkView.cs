// Owns: drawing the visible rows of a conversation.
// Must never: lay anything out; the viewport did.
using Papo.Drawing;
using Papo.Output;
using Papo.Rich;

namespace Papo.FullScreen;

/// <summary>Draws the conversation.</summary>
internal static class TalkView
{
    private const string ChosenSign = "▌"; // between time and name, where nothing else stands: a ground alone is not seen by everybody

    /// <summary>Draws the open room into an area.</summary>
    public static void Draw(ScreenModel model, Canvas canvas, Hits hits, Area area)
    {
        if (area.IsEmpty)
        {
            return;
        }

        if (model.View() is not { } view)
        {
            DrawEmpty(model, canvas, area, model.Chat.Words.EmptyNoRoom);
            return;
        }

        var visible = view.Visible();
        if (visible.Count == 0)
        {
            DrawEmpty(model, canvas, area, model.Chat.Words.EmptyRoom(model.Chat.Current!.ToString()));
        }

        var top = area.Bottom - visible.Count;
        for (var i = 0; i < visible.Count; i++)
        {
            Draw(model, canvas, hits, visible[i], area with { Row = top + i, Rows = 1 });
        }

        if (model.Greeting)
        {
            DrawGreeting(model, canvas, area);
        }
    }

    private static void Draw(ScreenModel model, Canvas canvas, Hits hits, VisibleRow visible, Area area)
    {
        if (model.Copying)
        {
            canvas.Put(area.Column, area.Row, visible.Row.Copy is { } copy ? copy.Span : "", model.Theme[Role.Text], area.Right);
            return;
        }

        var theme = model.Theme;
        var chosen = visible.Item == model.Current?.Chosen;
        if (visible.Row.Code is var (column, columns))
        {
            canvas.Fill(area with { Column = area.Column + column, Columns = columns }, theme[Role.Code]);
        }

        foreach (var patch in visible.Row.Patches)
        {
            var style = patch.Seed is { } seed ? theme.Person(seed) : theme[patch.Role];
            canvas.Put(area.Column + patch.Column, area.Row, patch.Text, style.With(patch.Face), area.Right, patch.Link);
            AddHit(hits, visible, patch, area);
        }

        if (chosen && visible.Row.Patches is not [{ Role: Role.Day or Role.New }, ..])
        {
            canvas.Put(area.Column + model.Context.TimeFormat.Length, area.Row, ChosenSign, theme[Role.Marker], area.Right);
            canvas.Restyle(area, style => style.On(theme[Role.Chosen].Back).With(theme[Role.Chosen].Back.IsDefault ? Face.Reverse : Face.None));
        }
    }

    private static void AddHit(Hits hits, VisibleRow visible, Patch patch, Area area)
    {
        var place = new Area(area.Column + patch.Column, area.Row, TextWidth.Of(patch.Text), 1);
        if (patch.Link is { } link)
        {
            hits.Add(place, (model, step) => ScreenActions.TakeLink(model, link, step));
        }
        else if (visible.Item is MessageItem item && patch.Role is Role.Reaction or Role.ReactionMine)
        {
            var reaction = patch.Text.Trim('[', ']', ' ');
            reaction = reaction[..Math.Max(0, reaction.LastIndexOf(' '))];
            hits.Add(place, (model, step) => ScreenActions.React(model, (MessageItem)visible.Item, reaction, step));
        }
        else if (visible.Item is MessageItem message)
        {
            hits.Add(place, (model, _) => ScreenActions.Choose(model, message));
        }
    }

    private static void DrawEmpty(ScreenModel model, Canvas canvas, Area area, string text)
    {
        var lines = WordWrap.Lines(text, Math.Max(10, Math.Min(60, area.Columns - 4))).ToList();
        var row = area.Row + Math.Max(0, (area.Rows - lines.Count) / 2);
        foreach (var line in lines.Take(area.Rows))
        {
            canvas.Put(area.Column + Math.Max(0, (area.Columns - TextWidth.Of(line)) / 2), row++, line, model.Theme[Role.Quiet], area.Right);
        }
    }

    // The three lines of a first start, at the top where nothing moves them.
    private static void DrawGreeting(ScreenModel model, Canvas canvas, Area area)
    {
        var row = area.Row;
        foreach (var line in model.Chat.Words.Greeting.Take(Math.Max(0, area.Rows - 1)))
        {
            canvas.Fill(area with { Row = row, Rows = 1 }, model.Theme[Role.Box]);
            canvas.Put(area.Column + 1, row++, TextWidth.Cut(line, Math.Max(1, area.Columns - 2)), model.Theme[Role.Box], area.Right);
        }
    }
}
