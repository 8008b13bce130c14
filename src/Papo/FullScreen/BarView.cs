// Owns: drawing the rooms and the people at the left.
// Must never: tell rooms or people apart by colour alone.
using System.Globalization;
using Papo.Chat;
using Papo.Client;
using Papo.Drawing;
using Papo.Output;

namespace Papo.FullScreen;

/// <summary>Draws the bar.</summary>
internal static class BarView
{
    /// <summary>Draws what of it is shown.</summary>
    public static void Draw(ScreenModel model, Canvas canvas, Hits hits, ScreenLayout layout)
    {
        DrawRooms(model, canvas, hits, layout.Rooms);
        DrawPeople(model, canvas, hits, layout.People);
        if (layout.Talk.Column > 0)
        {
            for (var row = layout.Talk.Row; row < layout.Talk.Bottom; row++)
            {
                canvas.Put(layout.Talk.Column - 1, row, "│", model.Theme[Role.Border]);
            }
        }
    }

    private static void DrawRooms(ScreenModel model, Canvas canvas, Hits hits, Area area)
    {
        if (area.IsEmpty)
        {
            return;
        }

        // The open room is always in view.
        var rooms = model.Chat.Joined;
        var current = model.Chat.Current is { } open ? rooms.IndexOf(open) : 0;
        var first = Math.Clamp(current - area.Rows + 1, 0, Math.Max(0, rooms.Count - area.Rows));
        for (var i = 0; i < area.Rows && first + i < rooms.Count; i++)
        {
            var room = rooms[first + i];
            var conversation = model.Of(room);
            var place = area with { Row = area.Row + i, Rows = 1 };
            var role = room == model.Chat.Current ? Role.RoomCurrent : conversation.Mentions > 0 ? Role.RoomMention : conversation.Unread > 0 ? Role.RoomUnread : Role.Room;
            var style = model.Theme[role];
            if (role == Role.RoomCurrent)
            {
                canvas.Fill(place, style);
            }

            var count = Count(conversation, model.Chat.Muted.Contains(room));
            var draft = conversation.Draft.Text.Length > 0 && room != model.Chat.Current ? "✎" : "";
            var mark = draft + count;
            var name = TextWidth.Cut($"{(role == Role.RoomCurrent ? "▸" : " ")}{room}", Math.Max(2, area.Columns - TextWidth.Of(mark) - 1));
            canvas.Put(place.Column, place.Row, name, style, place.Right);
            canvas.Put(place.Right - TextWidth.Of(mark), place.Row, mark, style, place.Right);
            hits.Add(place, (m, step) => ScreenActions.GoTo(m, room, step));
        }
    }

    private static string Count(Conversation conversation, bool muted)
    {
        if (muted)
        {
            return "–";
        }

        var unread = conversation.Unread > 99 ? "99+" : conversation.Unread.ToString(CultureInfo.InvariantCulture);
        return conversation.Mentions > 0 ? "@" + unread : conversation.Unread > 0 ? unread : "";
    }

    private static void DrawPeople(ScreenModel model, Canvas canvas, Hits hits, Area area)
    {
        if (area.IsEmpty)
        {
            return;
        }

        var people = People(model);
        var title = $" {model.Chat.Words.PeopleTitle} ";
        canvas.Put(area.Column, area.Row, "─" + title + new string('─', area.Columns), model.Theme[Role.Border], area.Right);
        for (var i = 0; i < area.Rows - 1 && i < people.Count; i++)
        {
            var row = area.Row + 1 + i;
            if (i == area.Rows - 2 && people.Count > area.Rows - 1)
            {
                canvas.Put(area.Column, row, " " + model.Chat.Words.AndMore(people.Count - i), model.Theme[Role.Quiet], area.Right);
                return;
            }

            var person = people[i];
            var sign = !person.Online ? " " : person.Away ? "○" : "●";
            var typing = model.Chat.Typing.Keys.Any(key => key.Room == model.Chat.Current && key.Name == person.Who.Name) ? "…" : "";
            var column = canvas.Put(area.Column, row, sign + " ", model.Theme[person.Away ? Role.Quiet : Role.Text], area.Right);
            var verified = person.Who.Trust == Trust.Verified ? LineContext.VerifiedSign : "";
            var name = TextWidth.Cut(verified + Harmless.Name(person.Who.Name) + (person.Who.Trust == Trust.Changed ? "!" : "") + typing, area.Right - column);
            canvas.Put(column, row, name, person.Who.Account is { } account && person.Online && !person.Away ? model.Theme.Person((uint)account.Value) : model.Theme[Role.Quiet], area.Right);
            hits.Add(area with { Row = row, Rows = 1 }, (_, step) => ScreenActions.Address(person, step));
        }
    }

    /// <summary>Who is shown: those who are here, this room's first; present before away, then by name.</summary>
    public static List<Person> People(ScreenModel model) => [.. model.Chat.People.Values
        .Where(static person => person.Online)
        .OrderByDescending(person => person.IsMe || (model.Chat.Current is { } room && person.Rooms.Contains(room)))
        .ThenBy(static person => person.Away)
        .ThenBy(static person => person.Who.Name, StringComparer.OrdinalIgnoreCase)];
}
