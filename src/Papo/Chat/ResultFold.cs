// Owns: what the answers of the library mean for the person who asked.
// Must never: ask the library; an answer and the time come in, a step goes out.
using Papo.Client;
using Papo.Output;
using Papo.Protocol;

namespace Papo.Chat;

/// <summary>Folds answers into the model and says what to show.</summary>
internal static class ResultFold
{
    /// <summary>Takes one answer.</summary>
    public static void Apply(ChatModel model, ChatEvent answer, DateTimeOffset now, ChatStep step)
    {
        var words = model.Words;
        switch (answer)
        {
            case SendTaken taken:
                model.Sent.Add(taken.Number);
                break;
            case SendNotTaken refused:
                step.Remark(words.Send(refused.Problem), Ink.Warning);
                step.Restore = refused.Typed;
                model.Code = ExitCode.Failed;
                break;
            case NoSuchId missing:
                step.Remark(words.NoSuchMessage(missing.Prefix), Ink.Warning);
                step.Restore = missing.Typed;
                model.Code = ExitCode.Failed;
                break;
            case HiddenKept:
                break; // told when it was asked for
            case NotDone:
                step.Remark(words.Send(SendProblem.StoreFailed), Ink.Warning);
                model.Code = ExitCode.Failed;
                break;
            case HistoryLoaded loaded:
                Apply(model, loaded, now, step);
                break;
            case SearchDone search:
                Apply(model, search, step);
                break;
            case ThreadKnown thread:
                ShowPast(model, thread.Messages, step);
                break;
            case RoomsListed listed:
                step.Lines.AddRange(ListLines.Rooms(listed.Rooms, model.Lines(null)));
                break;
            case PeopleListed listed:
                Apply(model, listed, step);
                break;
            case NameChanged renamed:
                step.Tell(words.NowCalled(renamed.Name.Text));
                break;
            case StatusSet status:
                model.Away = status.Away;
                step.Tell(status.Away ? words.AwaySet : words.AwayCleared);
                break;
            case RoomJoined joined:
                Enter(model, joined.Room, step);
                break;
            case DirectOpened direct:
                Know(model, direct.Room);
                Apply(model, direct.Sent, now, step);
                break;
            case NobodyCalled nobody:
                step.Remark(words.NobodyCalled(Harmless.Line(nobody.Name)), Ink.Warning);
                step.Restore = nobody.Typed;
                model.Code = ExitCode.Failed;
                break;
            case MemberChanged member:
                step.Remark(words.Member(member.Result, Harmless.Name(member.Name), member.Room.ToString(), member.IsIn));
                model.Code = member.Result is MemberResult.Done or MemberResult.NoChange ? model.Code : ExitCode.Failed;
                break;
            case LinkMade { Link: null } refused:
                step.Remark(words.Member(MemberResult.NotAllowed, "", refused.Room.ToString(), isIn: true), Ink.Warning);
                model.Code = ExitCode.Failed;
                break;
            case DeviceAnswer devices:
                DeviceCommands.Apply(model, devices, step);
                break;
            case DeviceChanged changed:
                DeviceCommands.Apply(model, changed, step);
                break;
            case NameHeldElsewhere:
                step.Remark(words.NameElsewhere, Ink.Warning);
                model.Code = ExitCode.Failed;
                break;
            case LinkMade made:
                Apply(model, made, step);
                break;
            case SafetyKnownOf known:
                TrustCommands.Show(model, known, step);
                break;
            case EmojiAskedFor { Begun: var begun }:
                step.Tell(words.EmojiBegun(Harmless.Name(begun.Who.Name), begun.IsAsked));
                break;
            case RoomLeft left:
                Leave(model, left.Room, step);
                break;
        }
    }

    // A line of its own: it is copied whole.
    private static void Apply(ChatModel model, LinkMade made, ChatStep step)
    {
        var words = model.Words;
        var until = TimeZoneInfo.ConvertTime(made.Until, model.Zone).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        step.Lines.Add(StyledLine.Of(made.Link!.ToString()));
        step.Tell(words.LinkHow(made.Room.ToString(), made.Link.Token is null ? null : until));
        if (made.OnlyHere)
        {
            step.Remark(words.LinkOnlyHere(made.Link.Broker.ToString()), Ink.Warning);
        }
    }

    private static void Apply(ChatModel model, HistoryLoaded loaded, DateTimeOffset now, ChatStep step)
    {
        var words = model.Words;
        if (loaded is { IsFromTime: false, Page.Messages: [{ Id: { } oldest }, ..] })
        {
            model.Oldest[loaded.Room] = oldest;
        }

        if (loaded.Use == HistoryUse.Asked)
        {
            ShowPast(model, loaded.Page.Messages, step);
        }
        else
        {
            foreach (var message in loaded.Page.Messages)
            {
                ChangeFold.Show(model, message with { Number = null, Late = false }, step);
            }
        }

        if (loaded.Page.Messages.Count == 0)
        {
            step.Tell(words.NothingYet);
        }

        if (!loaded.Page.Complete && loaded.Here is not null)
        {
            step.Remark(words.PastIncomplete);
        }

        if (loaded.Use == HistoryUse.Asked)
        {
            if (words.PastFrom(loaded.Page.Source) is { } from)
            {
                step.Remark(from);
            }

            return;
        }

        step.Lines.Add(StyledLine.Of(Header(model, loaded.Room, loaded.Here)));
        if (loaded.Use == HistoryUse.Opening)
        {
            ChangeFold.Open(model, now, step);
        }
    }

    // What was asked for explicitly is printed even if it was shown before: it is a look back, not news.
    private static void ShowPast(ChatModel model, IReadOnlyList<ChatMessage> messages, ChatStep step)
    {
        var context = model.Lines(null);
        DateOnly? day = null;
        foreach (var message in messages)
        {
            model.Remember(message);
            var own = context.Day(message.At);
            if (own != day)
            {
                step.Lines.Add(context.DayLine(own));
                day = own;
            }

            step.Lines.AddRange(MessageLines.Of(message with { Late = false }, context));
        }

        if (day is not null && day != model.LastDay && model.LastDay is { } today)
        {
            step.Lines.Add(context.DayLine(today));
        }
    }

    private static void Apply(ChatModel model, SearchDone search, ChatStep step)
    {
        if (search.Found.Messages.Count == 0)
        {
            step.Tell(model.Words.SearchNothing);
            step.Remark(model.Words.Searched(search.Found.Source));
            return;
        }

        var context = new LineContext(model.Words, model.Zone) { ShowIds = true, ShowRoom = true };
        DateOnly? day = null;
        foreach (var message in search.Found.Messages.Reverse()) // newest last, where the eye is
        {
            if (context.Day(message.At) != day)
            {
                day = context.Day(message.At);
                step.Lines.Add(context.DayLine(day.Value));
            }

            step.Lines.AddRange(MessageLines.Of(message, context));
        }

        step.Remark(model.Words.Searched(search.Found.Source));
    }

    private static void Apply(ChatModel model, PeopleListed listed, ChatStep step)
    {
        foreach (var person in listed.People)
        {
            if (person.Who.Account is { } account)
            {
                model.People[account] = person;
            }
        }

        if (listed.HeaderOnly && listed.Room is { } room)
        {
            step.Lines.Add(StyledLine.Of(Header(model, room, listed.People.Count(static person => person.Online))));
            return;
        }

        step.Lines.AddRange(ListLines.People(listed.People, model.Lines(null)));
        if (listed.People.Count == 0)
        {
            step.Tell(model.Words.NobodyHere);
        }
    }

    private static void Enter(ChatModel model, Room room, ChatStep step)
    {
        var isNew = !model.Joined.Contains(room);
        if (isNew)
        {
            model.Joined.Add(room);
        }

        model.Current = room;
        step.Tell(model.Words.NowIn(room.ToString()));
        if (isNew || !model.Oldest.ContainsKey(room))
        {
            step.Effects.Add(new HistoryEffect(room, RoomCommands.EnteringCount, null, HistoryUse.Entering));
        }
        else
        {
            step.Effects.Add(new WhoEffect(room, HeaderOnly: true));
        }
    }

    /// <summary>A room is among those that are joined.</summary>
    internal static void Know(ChatModel model, Room room)
    {
        if (!model.Joined.Contains(room))
        {
            model.Joined.Add(room);
        }
    }

    private static void Leave(ChatModel model, Room room, ChatStep step)
    {
        model.Joined.Remove(room);
        model.Oldest.Remove(room);
        step.Tell(model.Words.LeftRoom(room.ToString()));
        if (model.Current != room)
        {
            return;
        }

        model.Current = model.Joined.Count > 0 ? model.Joined[0] : null;
        step.Tell(model.Current is { } next ? model.Words.NowIn(next.ToString()) : model.Words.NoRoomLeft);
    }

    private static string Header(ChatModel model, Room room, int? here) =>
        here is { } count ? model.Words.Header(room.ToString(), Math.Max(1, count)) : model.Words.HeaderOffline(room.ToString());
}
