// Owns: the commands about rooms and the past: /join /leave /rooms /who /history /search.
// Must never: wait; what they ask for comes back as an event.
using System.Globalization;
using Papo.Commands;
using Papo.Output;
using Papo.Protocol;

namespace Papo.Chat;

/// <summary>Handlers.</summary>
internal static class RoomCommands
{
    /// <summary>Messages shown when a room is entered.</summary>
    public const int EnteringCount = 50;

    private const int AskedCount = 20;
    private const int MostAsked = 1000;

    /// <summary><c>/join ROOM</c>.</summary>
    public static void Join(ChatModel model, string rest, ChatStep step)
    {
        if (rest.Length == 0)
        {
            SlashCommand.TellUsage(model, "/join", step);
        }
        else if (rest.StartsWith('@'))
        {
            step.Effects.Add(new DirectEffect(rest[1..], null, "/join " + rest));
        }
        else if (Parse(model, rest, step) is { } room)
        {
            step.Effects.Add(new JoinEffect(room));
        }
    }

    /// <summary><c>/leave [ROOM]</c>.</summary>
    public static void Leave(ChatModel model, string rest, ChatStep step)
    {
        var room = rest.Length == 0 ? model.Current : Parse(model, rest, step);
        if (room is null)
        {
            return;
        }

        if (model.Joined.Contains(room))
        {
            step.Effects.Add(new LeaveEffect(room));
            return;
        }

        step.Remark(model.Words.NotIn(room.ToString()));
    }

    /// <summary><c>/rooms</c>.</summary>
    public static void Rooms(ChatModel model, string rest, ChatStep step) => step.Effects.Add(new RoomsEffect());

    /// <summary><c>/who [ROOM]</c>.</summary>
    public static void Who(ChatModel model, string rest, ChatStep step)
    {
        if (rest.Length == 0)
        {
            step.Effects.Add(new WhoEffect(model.Current is { IsPrivate: true } secret ? secret : null, HeaderOnly: false));
        }
        else if (Parse(model, rest, step) is { } room)
        {
            step.Effects.Add(new WhoEffect(room, HeaderOnly: false));
        }
    }

    /// <summary><c>/history [COUNT|TIME]</c>: what lies before the oldest message shown, or what was said from a time on.</summary>
    public static void History(ChatModel model, string rest, ChatStep step)
    {
        if (model.Current is { } here && Moment.TryParseDate(rest, model.Zone, out var from))
        {
            step.Effects.Add(new HistoryEffect(here, AskedCount, null, HistoryUse.Asked) { From = from });
            return;
        }

        var count = AskedCount;
        if (rest.Length > 0 && (!int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is 0 or > MostAsked))
        {
            SlashCommand.TellUsage(model, "/history", step);
            return;
        }

        if (model.Current is { } room)
        {
            step.Effects.Add(new HistoryEffect(room, count, model.Oldest.TryGetValue(room, out var oldest) ? oldest : null, HistoryUse.Asked));
        }
    }

    /// <summary><c>/search WORDS</c>.</summary>
    public static void Search(ChatModel model, string rest, ChatStep step)
    {
        if (rest.Length == 0)
        {
            SlashCommand.TellUsage(model, "/search", step);
            return;
        }

        step.Effects.Add(new SearchEffect(rest));
    }

    /// <summary>The room that somebody means by <c>#dev</c>, <c>@bia</c> or <c>~toca</c>; null, and said why, where there is none.</summary>
    public static Room? Parse(ChatModel model, string text, ChatStep step)
    {
        if (text.StartsWith('@') || text.StartsWith('~'))
        {
            if (model.Joined.Find(joined => string.Equals(joined.Label, text, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                return known;
            }

            step.Remark(model.Words.NotIn(Harmless.Line(text)), Ink.Warning);
            model.Code = ExitCode.Failed;
            return null;
        }

        if (Room.TryParse(text, out var room))
        {
            return room;
        }

        step.Remark(model.Words.RoomName(Harmless.Line(text)), Ink.Warning);
        model.Code = ExitCode.Failed;
        return null;
    }
}
