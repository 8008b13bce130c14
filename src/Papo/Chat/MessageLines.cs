// Owns: how one message looks in plain lines.
// Must never: let foreign text through that was not made harmless, or start a foreign line at the left edge.
using System.Globalization;
using Papo.Client;
using Papo.Output;

namespace Papo.Chat;

/// <summary>Messages as lines.</summary>
internal static class MessageLines
{
    private const int DeepestIndent = 24;

    /// <summary>The lines of a message: the first one with time and name, further ones aligned under its text.</summary>
    public static IReadOnlyList<StyledLine> Of(ChatMessage message, LineContext context) => message.Kind switch
    {
        MessageKind.Text or MessageKind.Unsupported or MessageKind.Locked => Whole(message, context),
        _ => Amendment(message, null, context),
    };

    /// <summary>The lines of an edit, deletion or reaction; <paramref name="target"/> is what it is about, as far as known.</summary>
    public static IReadOnlyList<StyledLine> Amendment(ChatMessage amendment, ChatMessage? target, LineContext context)
    {
        var words = context.Words;
        var name = context.Name(amendment.From);
        var line = Beginning(amendment, context).Add("* ");
        var author = target is null ? "?" : context.Name(target.From);
        var quote = target is null ? words.SomethingEarlier : context.Quote(target.Text);
        switch (amendment.Kind)
        {
            case MessageKind.Edit:
                return WithText(line.Add($"✎ {words.EditedLine(name)} "), amendment.Text ?? target?.Text ?? "", Ink.Plain);
            case MessageKind.Delete:
                return [line.Add(words.DeletedLine(name, target is null ? "" : context.Time(target.At)))];
            case MessageKind.Reaction when string.IsNullOrEmpty(amendment.Text):
                return [line.Add(words.Unreacted(name, author, quote))];
            case MessageKind.Reaction:
                return [line.Add(words.Reacted(name, Harmless.Line(amendment.Text), author, quote))];
            case MessageKind.Withdrawn:
                return [line.Add(words.WithdrawnLine(name))];
            case MessageKind.Restored:
                return WithText(line.Add(words.RestoredLine(name)), amendment.Text is { } text ? $": {text}" : "", Ink.Plain);
            default:
                return [line.Add($"{name}: {words.UnsupportedText}")];
        }
    }

    private static List<StyledLine> Whole(ChatMessage message, LineContext context)
    {
        var line = Beginning(message, context);
        var ink = message.MentionsMe ? Ink.Mention : Ink.Plain;
        if (message.IsAction)
        {
            context.AddName(line, message.From, "* ", " ");
        }
        else
        {
            context.AddName(line, message.From, "<", "> ");
        }

        if (context.Badge(message.From.Trust) is { Length: > 0 } badge)
        {
            line.Add($"[{badge}] ", Ink.Warning);
        }

        var indent = line.Width;
        if (message.Quote is var (quoted, quotedLine))
        {
            line.Add($"[↪ {Harmless.Name(quoted)}: {context.Quote(quotedLine)}] ", Ink.Quiet);
        }
        else if (message.ReplyTo is not null)
        {
            line.Add($"[↪ {context.Words.SomethingEarlier}] ", Ink.Quiet);
        }

        var lines = message switch
        {
            { Kind: MessageKind.Locked } => [line.Add($"({context.Words.LockedText})", Ink.Quiet)],
            { Kind: MessageKind.Unsupported } => [line.Add($"({context.Words.UnsupportedText})", Ink.Quiet)],
            { Deleted: true } => [line.Add($"({context.Words.DeletedText})", Ink.Quiet)],
            { Text: null } => [line.Add($"({context.Words.MissingText})", Ink.Quiet)],
            _ => WithText(line, message.Text, ink, indent),
        };
        AddMarks(lines[^1], message, context);
        return lines;
    }

    private static StyledLine Beginning(ChatMessage message, LineContext context)
    {
        var line = new StyledLine();
        if (context.ShowRoom)
        {
            line.Add(message.Room + " ", Ink.Quiet);
        }

        line.Add(context.Time(message.At) + " ", Ink.Quiet);
        return context.ShowIds && message.Id is { } id ? line.Add($"[{LineContext.Short(id)}] ", Ink.Quiet) : line;
    }

    private static List<StyledLine> WithText(StyledLine line, string text, Ink ink, int? indent = null)
    {
        var margin = new string(' ', Math.Min(indent ?? line.Width, DeepestIndent));
        var rows = Harmless.Lines(text).Split('\n');
        List<StyledLine> lines = [line.Add(rows[0], ink)];
        lines.AddRange(rows.Skip(1).Select(row => new StyledLine().Add(margin).Add(row, ink)));
        return lines;
    }

    private static void AddMarks(StyledLine line, ChatMessage message, LineContext context)
    {
        var words = context.Words;
        Mark(message.Edited && !message.Deleted, words.MarkEdited);
        Mark(message.Late, words.MarkLate);
        Mark(message.ClockDoubtful, words.MarkClock);
        foreach (var reaction in message.Reactions)
        {
            line.Add($" [{Harmless.Line(reaction.Text)} {reaction.Who.Count.ToString(CultureInfo.InvariantCulture)}]", Ink.Quiet);
        }

        if (message.State is { } state)
        {
            line.Add(" " + LineContext.Mark(state), state == MessageState.Failed ? Ink.Warning : Ink.Quiet);
        }

        void Mark(bool given, string word) => line.Add(given ? $" ({word})" : "", Ink.Quiet);
    }
}
