// Owns: what happens to the model when the library tells or answers something.
// Must never: ask the library or read a clock; an event and the time come in, a step goes out.
using Papo.Chat;
using Papo.Client;
using Papo.Output;
using Papo.Protocol;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <summary>Folds events into the model.</summary>
internal static partial class ScreenFold
{
    /// <summary>Begins: the rooms of the profile, how far they were read, the drafts.</summary>
    public static void Begin(ScreenModel model, ScreenState kept, ChatStep step)
    {
        model.Chat.Opening = false;
        model.Refresh();
        foreach (var room in model.Chat.Joined)
        {
            var conversation = model.Of(room);
            if (kept.Rooms.TryGetValue(room, out var known))
            {
                (conversation.ReadTo, conversation.Draft) = (known.ReadTo, new LineDraft(known.Draft, known.Draft.Length));
            }

            ScreenActions.Open(conversation, step);
        }

        if (kept.Current is { } last && model.Chat.Joined.Contains(last))
        {
            model.Chat.Current = last;
        }

        model.Editor.SetDraft(model.Current?.Draft ?? new LineDraft("", 0));
        step.Effects.Add(new CrowdEffect());
    }

    /// <summary>Takes what the library tells.</summary>
    public static void Apply(ScreenModel model, ChatChange change, DateTimeOffset now, ChatStep step)
    {
        switch (change)
        {
            case MessageArrived { Message: var message }:
                if (message.Room == model.Chat.Current && message.From.Account is { } speaker && !model.Inside.Contains((message.Room, speaker)))
                {
                    AskInside(model, step);
                }

                Arrive(model, message, step);
                break;
            case MessageAmended { Target: { } target }:
                model.Chat.Remember(target);
                model.Of(target.Room).Amend(target);
                break;
            case MessageAmended:
                break; // of a message that is not known here: it shows once that is loaded
            case StateChanged state:
                Advance(model, state);
                break;
            case MissingChanged missing:
                model.Chat.Missing[missing.Room] = missing.Missing;
                break;
            case CaughtUp { Room: var room } when model.Of(room).AtNewest:
                step.Effects.Add(new PageEffect(room, new HistoryQuery(ScreenActions.PageSize), PageUse.Newest));
                break;
            case ConnectionChanged { Connection: var connection }:
                Connect(model, connection, now, step);
                break;
            case PersonChanged person:
                AskInside(model, step);
                var known = model.Chat.People.Count;
                ChangeFold.Apply(model.Chat, person, now, step);
                Rename(model, person, known);
                break;
            case Noticed { Notice.Room: { } room } when room == model.Chat.Current:
                AskInside(model, step); // perhaps of somebody who was taken in or out
                ChangeFold.Apply(model.Chat, change, now, step);
                break;
            default:
                ChangeFold.Apply(model.Chat, change, now, step);
                break;
        }
    }

    private static void AskInside(ScreenModel model, ChatStep step)
    {
        if (model.Chat.Current is { IsPrivate: true } room)
        {
            step.Effects.Add(new InsideEffect(room));
        }
    }

    /// <summary>Takes an answer.</summary>
    public static void Apply(ScreenModel model, ChatEvent answer, DateTimeOffset now, ChatStep step)
    {
        switch (answer)
        {
            case PageLoaded loaded:
                Apply(model, loaded, step);
                break;
            case CrowdKnown crowd:
                foreach (var person in crowd.People.Where(static person => person.Who.Account is not null))
                {
                    model.Chat.People[person.Who.Account!.Value] = person;
                }

                model.Refresh();
                break;
            case InsideKnown inside:
                model.Inside.RemoveWhere(pair => pair.Item1 == inside.Room);
                model.Inside.UnionWith(inside.People.Where(static person => person.Who.Account is not null).Select(person => (inside.Room, person.Who.Account!.Value)));
                break;
            case VenueKnown known:
                model.Venue = known.Venue;
                break;
            case ThreadKnown thread:
                model.Found = (thread.Messages, -1);
                model.Box = ScreenChoices.Thread(model, thread.Messages);
                break;
            case SearchDone search:
                model.Found = (search.Found.Messages, -1);
                model.Box = ScreenChoices.Found(model, search);
                break;
            case RoomJoined { Room: var room }:
                if (!model.Chat.Joined.Contains(room))
                {
                    model.Chat.Joined.Add(room);
                }

                ScreenActions.GoTo(model, room, step);
                break;
            case DirectOpened direct:
                ResultFold.Know(model.Chat, direct.Room);
                ScreenActions.GoTo(model, direct.Room, step);
                ResultFold.Apply(model.Chat, direct.Sent, now, step);
                break;
            case RoomLeft { Room: var room }:
                Leave(model, room, step);
                break;
            case SafetyKnownOf { Decision: not null }:
                ResultFold.Apply(model.Chat, answer, now, step);
                foreach (var room in model.Chat.Joined.Where(room => model.Of(room).AtNewest))
                {
                    step.Effects.Add(new PageEffect(room, new HistoryQuery(ScreenActions.PageSize), PageUse.Newest)); // names have another sign now
                }

                break;
            case MemberChanged:
                AskInside(model, step);
                ResultFold.Apply(model.Chat, answer, now, step);
                break;
            case LinkMade { Link: { } link } made:
                ResultFold.Apply(model.Chat, answer, now, step);
                model.Box = ScreenChoices.Link(model, made.Room, link, [.. step.Lines, .. step.Remarks]);
                break;
            case NameChanged renamed:
                model.Me = renamed.Name.Text;
                model.Refresh();
                ResultFold.Apply(model.Chat, answer, now, step);
                break;
            case Kept:
                break;
            default:
                ResultFold.Apply(model.Chat, answer, now, step);
                break;
        }
    }

    /// <summary>Time passed.</summary>
    public static void Tick(ScreenModel model, DateTimeOffset now, ChatStep step)
    {
        ChangeFold.Tick(model.Chat, now, step);
        if (model.Flash is var (_, until) && now >= until)
        {
            model.Flash = null;
        }

        if (model.Connection.Up)
        {
            step.Effects.Add(new VenueEffect());
            if (!model.Chat.People.Values.Any(static person => person is { IsMe: true, Online: true }))
            {
                step.Effects.Add(new CrowdEffect()); // the broker had not shown this user's own presence yet when everybody was asked for
            }
        }
    }

    private static void Arrive(ScreenModel model, ChatMessage message, ChatStep step)
    {
        model.Chat.Remember(message);
        model.Chat.Typing.Remove((message.Room, message.From.Name));
        if (!message.Mine && model.Chat.IsIgnored(message.From))
        {
            return;
        }

        if (message.Mine && message.Number is not null)
        {
            OwnStates.Begin(model.Chat, message, [], new ChatStep());
        }

        var conversation = model.Of(message.Room);
        var isNew = conversation.Arrive(message);
        if (!isNew || message.Mine)
        {
            if (message.Mine && conversation == model.Current && conversation.Chosen is null && isNew)
            {
                ScreenActions.ToNewest(model, step);
            }

            return;
        }

        var seen = conversation == model.Current && model.Focused && conversation.Bottom is null;
        if (!seen && !model.Chat.Muted.Contains(message.Room))
        {
            conversation.Unread++;
            conversation.Mentions += message.MentionsMe ? 1 : 0;
            if (message.MentionsMe)
            {
                step.Effects.Add(new AttentionEffect($"{Harmless.Name(message.From.Name)} {message.Room}", Harmless.Line(message.Text)));
            }

            if (conversation == model.Current && conversation is { NewFrom: null, AtNewest: true })
            {
                conversation.NewFrom = conversation.Items.Count > 0 ? conversation.Items[^1] as MessageItem : null;
            }
        }

        ScreenActions.MarkRead(model, conversation);
    }

    private static void Advance(ScreenModel model, StateChanged state)
    {
        model.Chat.Update(state.Room, state.Number, state.Id, state.State);
        OwnStates.Advance(model.Chat, state, new ChatStep());
        if (model.Of(state.Room).Advance(state) is { } item)
        {
            item.Problem = state.State == MessageState.Failed ? model.Chat.Words.FailedBelow(model.Chat.Words.Send(state.Reason ?? SendProblem.Refused)) : null;
        }
    }

    private static void Connect(ScreenModel model, Connection connection, DateTimeOffset now, ChatStep step)
    {
        model.Connection = connection;
        var aside = new ChatStep(); // the status line says it, for as long as it is so
        ChangeFold.Apply(model.Chat, new ConnectionChanged(connection), now, aside);
        if (connection.Up)
        {
            step.Effects.Add(new CrowdEffect());
        }
    }

    private static void Rename(ScreenModel model, PersonChanged change, int known)
    {
        if (change.What == PersonEvent.Updated || model.Chat.People.Count != known)
        {
            model.Refresh();
        }
    }

    private static void Leave(ScreenModel model, Room room, ChatStep step)
    {
        model.Chat.Joined.Remove(room);
        model.Drop(room);
        if (model.Chat.Current != room)
        {
            return;
        }

        model.Chat.Current = null;
        model.Editor.SetDraft(new LineDraft("", 0));
        if (model.Chat.Joined.Count > 0)
        {
            ScreenActions.GoTo(model, model.Chat.Joined[0], step);
        }
    }
}
