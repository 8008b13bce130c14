// Owns: drawing the rooms and the people at the left.
// Must never: tell rooms or people apart by colour alone.
using System.Globalization;
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
        for (var row = layout.Talk.Row; row < layout.Talk.Bottom; row++)
        {
            canvas.Put(layout.Talk.Column - 1, row, "│", model.Theme[Role.Border]);
            canvas.Put(layout.Talk.Right, row, "│", model.Theme[Role.Border]);
        }
    }

    /// <summary>What is new in other rooms, in few signs: the most important room and how many more; empty where nothing is.</summary>
    public static string News(ScreenModel model)
    {
        var rooms = model.Chat.Joined.Where(room => room != model.Chat.Current && !model.Chat.Muted.Contains(room)).Select(model.Of)
            .Where(static conversation => conversation.Unread > 0).OrderByDescending(static conversation => conversation.Mentions).ToList();
        return rooms.Count == 0 ? "" : $"{TextWidth.Cut(rooms[0].Room.ToString(), 16)} {Count(rooms[0], muted: false)}" + (rooms.Count > 1 ? $" +{(rooms.Count - 1).ToString(CultureInfo.InvariantCulture)}" : "");
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
        var here = people.Count(person => IsHere(model, person));
        var row = area.Row;
        for (var i = 0; i < people.Count && row < area.Bottom; i++)
        {
            if (i == 0 || i == here)
            {
                var title = $" {(i < here ? model.Chat.Words.PeopleTitle : model.Chat.Words.ElsewhereTitle)} ";
                canvas.Put(area.Column, row, new string('─', area.Columns), model.Theme[Role.Border], area.Right);
                canvas.Put(area.Column + 1, row++, title, model.Theme[Role.Quiet], area.Right);
            }

            if (row >= area.Bottom - 1 && i < people.Count - 1)
            {
                canvas.Put(area.Column, area.Bottom - 1, " " + model.Chat.Words.AndMore(people.Count - i), model.Theme[Role.Quiet], area.Right);
                return;
            }

            DrawPerson(model, canvas, people[i], area with { Row = row, Rows = 1 });
            var person = people[i];
            hits.Add(area with { Row = row++, Rows = 1 }, (_, step) => ScreenActions.Address(person, step));
        }
    }

    private static void DrawPerson(ScreenModel model, Canvas canvas, Person person, Area place)
    {
        var typing = model.Chat.Typing.Keys.Any(key => key.Room == model.Chat.Current && key.Name == person.Who.Name) ? "…" : "";
        var column = canvas.Put(place.Column, place.Row, person.Away ? "○ " : "● ", model.Theme[person.Away ? Role.Quiet : Role.Text], place.Right);
        var name = TextWidth.Cut(ItemLayout.Sign(person.Who.Trust) + Harmless.Name(person.Who.Name) + typing, place.Right - column);
        canvas.Put(column, place.Row, name, person.Who.Account is { } account && !person.Away ? model.Theme.Person((uint)account.Value) : model.Theme[Role.Quiet], place.Right);
    }

    /// <summary>Who is shown: those who are in the open room first; present before away, then by name.</summary>
    public static List<Person> People(ScreenModel model) => [.. model.Chat.People.Values
        .Where(static person => person.Online)
        .OrderByDescending(person => IsHere(model, person))
        .ThenBy(static person => person.Away)
        .ThenBy(static person => person.Who.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether somebody is in the open room. Presence names no private rooms; who is in one was asked for.</summary>
    public static bool IsHere(ScreenModel model, Person person) => person.IsMe
        || (model.Chat.Current is { } room && (room.IsPrivate ? person.Who.Account is { } account && model.Inside.Contains((room, account)) : person.Rooms.Contains(room)));
}
