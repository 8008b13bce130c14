// Owns: showing where own messages stand: in place at the bottom, in the prompt, or as a line of its own.
// Must never: show a state that the library did not tell.
using Papo.Client;
using Papo.Output;

namespace Papo.Chat;

/// <summary>Own messages from handed over to safe.</summary>
internal static class OwnStates
{
    /// <summary>A message was handed over; true when its lines went to the bottom of a live surface.</summary>
    public static bool Begin(ChatModel model, ChatMessage message, IReadOnlyList<StyledLine> lines, ChatStep step)
    {
        var number = message.Number!.Value;
        var state = model.Own.TryGetValue(number, out var known) ? known.State : message.State ?? MessageState.Queued;
        model.Sent.Add(number);
        if (state != MessageState.Held)
        {
            model.Own[number] = new OwnMessage(message.Room, model.Lines(null).Quote(message.Text), state, message.State ?? state, message);
        }

        if (!model.Live || step.Tail is not null)
        {
            return false;
        }

        model.TailNumber = number;
        step.Tail = new TailChange(lines, Replace: false) { Above = [.. step.Lines] };
        step.Lines.Clear();
        return true;
    }

    /// <summary>Something else is printed below: the own lines at the bottom stay as they are.</summary>
    public static void Settle(ChatModel model) => model.TailNumber = null;

    /// <summary>A state changed.</summary>
    public static void Advance(ChatModel model, StateChanged change, ChatStep step)
    {
        if (!model.Own.TryGetValue(change.Number, out var own))
        {
            own = new OwnMessage(change.Room, model.Words.SomethingEarlier, change.State, change.State, null);
        }

        own = own with { State = change.State };
        model.Own[change.Number] = own;
        var inPlace = model.TailNumber == change.Number && own.Message is not null;
        if (inPlace)
        {
            var lines = MessageLines.Of(own.Message! with { State = change.State, Id = change.Id ?? own.Message!.Id }, model.Lines(change.Room));
            step.Tail = new TailChange(lines, step.Tail?.Replace ?? true);
        }

        if (change.State == MessageState.Failed)
        {
            Settle(model);
            step.Remark(model.Words.NotSent(own.Quote, model.Words.Send(change.Reason ?? SendProblem.Refused)), Ink.Warning);
        }
        else if (change.State == MessageState.Held && (model.Live || own.Shown == MessageState.Held))
        {
            model.Own.Remove(change.Number);
        }
    }

    /// <summary>The states of messages that are no longer at the bottom, for the prompt: <c>…2 ✓1</c>; empty when all are safe.</summary>
    public static string Summary(ChatModel model)
    {
        List<string> parts = [];
        foreach (var state in (MessageState[])[MessageState.Queued, MessageState.Sent, MessageState.Failed])
        {
            var count = model.Own.Count(pair => pair.Value.State == state && pair.Key != model.TailNumber);
            if (count > 0)
            {
                parts.Add(LineContext.Mark(state) + (count > 1 ? count.ToString(System.Globalization.CultureInfo.InvariantCulture) : ""));
            }
        }

        return string.Join(' ', parts);
    }

    /// <summary>Where lines cannot be changed: says once where messages stand now, several of one state in one line.</summary>
    public static void TellSettled(ChatModel model, ChatStep step)
    {
        var moved = model.Own.Where(static pair => pair.Value.State != pair.Value.Shown).ToList();
        foreach (var group in moved.Where(static pair => pair.Value.State != MessageState.Failed).GroupBy(static pair => pair.Value.State))
        {
            var mark = LineContext.Mark(group.Key);
            var count = group.Count();
            step.Tell(count == 1 ? model.Words.StateOne(mark, group.First().Value.Quote) : model.Words.StateMany(mark, count));
        }

        foreach (var (number, own) in moved)
        {
            model.Own[number] = own with { Shown = own.State };
            if (own.State == MessageState.Held)
            {
                model.Own.Remove(number);
            }
        }
    }
}
