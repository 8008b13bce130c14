// Owns: what each change that the library tells means for the person who watches.
// Must never: ask the library or read a clock; a change and the time come in, a step goes out.
using Papo.Client;
using Papo.Output;

namespace Papo.Chat;

/// <summary>Folds changes into the model and says what to show.</summary>
internal static class ChangeFold
{
    private static readonly TimeSpan TypingFades = TimeSpan.FromSeconds(8);

    /// <summary>Takes one change.</summary>
    public static void Apply(ChatModel model, ChatChange change, DateTimeOffset now, ChatStep step)
    {
        if (model.Opening && change is not (ConnectionChanged or Noticed))
        {
            model.Waiting.Add(change); // bounded by what arrives in the few seconds of loading the first screen
            return;
        }

        switch (change)
        {
            case ConnectionChanged connection:
                Apply(model, connection.Connection, step);
                break;
            case MessageArrived arrived:
                Show(model, arrived.Message, step);
                break;
            case MessageAmended amended:
                Amend(model, amended, step);
                break;
            case StateChanged state:
                Apply(model, state, step);
                break;
            case MissingChanged missing:
                Apply(model, missing, step);
                break;
            case RoomOpened opened:
                ResultFold.Know(model, opened.Room);
                step.Remark(model.Words.RoomOpened(opened.Room.ToString(), Harmless.Name(opened.By.Name)));
                break;
            case PersonChanged person:
                Apply(model, person, now, step);
                break;
            case TypingChanged typing:
                Apply(model, typing, now);
                break;
            case EmojiAsked or EmojiShown or EmojiEnded:
                TrustCommands.Show(model, change, step);
                break;
            case Noticed { Notice: var notice }:
                // A key is compared to its last digit; everything else is a name.
                var text = notice.Kind == NoticeKind.KeyPinned || string.IsNullOrEmpty(notice.Text) ? Harmless.Line(notice.Text) : Harmless.Name(notice.Text);
                step.Remark(model.Words.Notice(notice, notice.Room?.ToString() ?? "", text), Ink.Warning);
                break;
        }
    }

    /// <summary>The first screen is there: what waited follows.</summary>
    public static void Open(ChatModel model, DateTimeOffset now, ChatStep step)
    {
        model.Opening = false;
        foreach (var change in model.Waiting)
        {
            Apply(model, change, now, step);
        }

        model.Waiting.Clear();
    }

    /// <summary>Time passed: tells who came and left, lets typing fade, tells states that a dead surface could not show in place.</summary>
    public static void Tick(ChatModel model, DateTimeOffset now, ChatStep step)
    {
        var (came, left) = model.Crowd.Take(now);
        if (came.Count > 0)
        {
            step.Lines.Add(StyledLine.Of(model.Words.Came(model.Words.Names(came), came.Count), Ink.Quiet));
        }

        if (left.Count > 0)
        {
            step.Lines.Add(StyledLine.Of(model.Words.Left(model.Words.Names(left), left.Count), Ink.Quiet));
        }

        foreach (var faded in model.Typing.Where(pair => now - pair.Value > TypingFades).Select(static pair => pair.Key).ToList())
        {
            model.Typing.Remove(faded);
        }

        if (!model.Live)
        {
            OwnStates.TellSettled(model, step);
        }
    }

    /// <summary>Shows a message unless it was shown before or is hidden; a new day begins with its line.</summary>
    public static void Show(ChatModel model, ChatMessage message, ChatStep step)
    {
        var isNew = model.Remember(message);
        var own = message.Mine && message.Number is not null;
        if (!isNew || model.Muted.Contains(message.Room) || (!message.Mine && model.IsIgnored(message.From)))
        {
            return;
        }

        model.Typing.Remove((message.Room, message.From.Name));
        var context = model.Lines(message.Room);
        AddDay(model, context, message.At, step);
        var lines = MessageLines.Of(message, context);
        if (own && OwnStates.Begin(model, message, lines, step))
        {
            return;
        }

        OwnStates.Settle(model);
        step.Lines.AddRange(lines);
    }

    private static void AddDay(ChatModel model, LineContext context, DateTimeOffset at, ChatStep step)
    {
        var day = context.Day(at);
        if (model.LastDay is null || day > model.LastDay)
        {
            step.Lines.Add(context.DayLine(day));
            model.LastDay = day;
        }
    }

    private static void Amend(ChatModel model, MessageAmended amended, ChatStep step)
    {
        var amendment = amended.Amendment;
        if (amended.Target is { } target)
        {
            var shown = model.Recent(target.Room).Any(message => message.Id == target.Id);
            if (shown)
            {
                model.Remember(target);
            }
        }

        var seen = !amendment.IsToldAgain && amendment.Id is { } id && !model.MarkShown(id);
        if (seen || model.Muted.Contains(amendment.Room) || (!amendment.Mine && model.IsIgnored(amendment.From)))
        {
            return;
        }

        OwnStates.Settle(model);
        step.Lines.AddRange(MessageLines.Amendment(amendment, amended.Target, model.Lines(amendment.Room)));
    }

    private static void Apply(ChatModel model, Connection connection, ChatStep step)
    {
        var words = model.Words;
        if (connection.Up)
        {
            if (!model.Up && model.ToldFailure.Length > 0)
            {
                step.Remark(words.ConnectionBack);
            }

            if (!model.WasUp && !model.Opening && model.Current is { } room)
            {
                step.Effects.Add(new WhoEffect(room, HeaderOnly: true)); // the first screen had to do without
            }

            (model.Up, model.WasUp, model.ToldFailure) = (true, true, "");
            return;
        }

        if (connection.Failure is not { } failure)
        {
            model.Up = false;
            return;
        }

        var why = words.Connect(failure.Kind, Harmless.Line(failure.Detail));
        if (model.Up || model.ToldFailure.Length == 0)
        {
            step.Remark(model.WasUp ? words.ConnectionLost(why) : words.NotYetThere(model.Broker, why), Ink.Warning);
        }
        else if (model.ToldFailure != why)
        {
            step.Remark(words.StillWaiting(why), Ink.Warning);
        }

        (model.Up, model.ToldFailure) = (false, why);
        model.Typing.Clear();
    }

    private static void Apply(ChatModel model, StateChanged change, ChatStep step)
    {
        model.Update(change.Room, change.Number, change.Id, change.State);
        OwnStates.Advance(model, change, step);
    }

    private static void Apply(ChatModel model, MissingChanged change, ChatStep step)
    {
        var before = model.Missing.GetValueOrDefault(change.Room);
        model.Missing[change.Room] = change.Missing;
        if (model.Muted.Contains(change.Room) || (change.Missing <= before && change.Missing > 0) || change.Missing == before)
        {
            return;
        }

        var room = change.Room == model.Current ? "" : change.Room + " ";
        step.Remark(room + (change.Missing > 0 ? model.Words.Missing(change.Missing) : model.Words.Healed));
    }

    private static void Apply(ChatModel model, PersonChanged change, DateTimeOffset now, ChatStep step)
    {
        var person = change.Person;
        if (person.Who.Account is not { } account)
        {
            return;
        }

        var before = model.People.GetValueOrDefault(account);
        model.People[account] = person;
        if (person.IsMe || !model.Up || model.IsIgnored(person.Who))
        {
            return;
        }

        var name = Harmless.Name(person.Who.Name);
        switch (change.What)
        {
            case PersonEvent.Came when before is not { Online: true }:
                model.Crowd.Came(name, now);
                break;
            case PersonEvent.Left:
                model.Crowd.Left(name, now);
                break;
            case PersonEvent.Updated when before is not null:
                TellUpdate(model, before, person, name, step);
                break;
        }
    }

    private static void TellUpdate(ChatModel model, Person before, Person person, string name, ChatStep step)
    {
        if (before.Who.Name != person.Who.Name)
        {
            step.Tell(model.Words.Renamed(Harmless.Name(before.Who.Name), name));
        }

        if (person.Away && (!before.Away || before.Status != person.Status))
        {
            step.Tell(model.Words.WentAway(name, Harmless.Line(person.Status)));
        }
        else if (before.Away && !person.Away)
        {
            step.Tell(model.Words.CameBack(name));
        }
    }

    private static void Apply(ChatModel model, TypingChanged change, DateTimeOffset now)
    {
        const int most = 50; // more than anybody reads; the rest is not shown
        var key = (change.Room, change.Who.Name);
        if (!change.Typing)
        {
            model.Typing.Remove(key);
        }
        else if (model.Typing.Count < most && !model.IsIgnored(change.Who))
        {
            model.Typing[key] = now;
        }
    }
}
