// Owns: how one item of a conversation becomes rows.
// Must never: let foreign text through that was not made harmless, or make a row wider than its place.
using System.Globalization;
using Papo.Chat;
using Papo.Client;
using Papo.Output;
using Papo.Rich;
using Papo.Texts;

namespace Papo.FullScreen;

/// <summary>What all items share when they are laid out.</summary>
/// <param name="Words">The language.</param>
/// <param name="Zone">Local time.</param>
/// <param name="Rich">Whose names stand out.</param>
/// <param name="Version">Rises when any of this changes.</param>
internal sealed record LayoutContext(Words Words, TimeZoneInfo Zone, RichContext Rich, int Version)
{
    /// <summary>How a time of day is written.</summary>
    public string TimeFormat { get; init; } = "HH:mm";

    /// <summary>Whether a blank row stands between two people.</summary>
    public bool Roomy { get; init; }

    /// <summary>Whether messages show the beginning of their id.</summary>
    public bool ShowIds { get; init; }

    /// <summary>The helper that lines share with the plain mode.</summary>
    public LineContext Lines { get; } = new(Words, Zone);
}

/// <summary>Lays out items in columns: time, name, text, and the state of an own message at the right.</summary>
internal sealed class ItemLayout(LayoutContext context)
{
    private readonly LineContext _lines = context.Lines;

    /// <summary>The rows of an item at a place; none where it is folded into another.</summary>
    public IReadOnlyList<ItemRow> Lay(Item item, ItemPlace place)
    {
        List<ItemRow> rows = [];
        if (place.Day)
        {
            rows.Add(Rule(context.Words.Day(_lines.Day(item.At)), Role.Day, place.Width));
        }

        if (place.New)
        {
            rows.Add(Rule(context.Words.NewSince, Role.New, place.Width));
        }

        if (item is MessageItem message)
        {
            Lay(message, place, rows);
        }
        else if (item is NoteItem note && place.Folded > 0)
        {
            NoteLayout.Lay(note, place, context, rows);
        }

        return rows;
    }

    // A rule with its words in the middle is what the eye stops at when it scrolls.
    private static ItemRow Rule(string words, Role role, int width)
    {
        var text = $" {TextWidth.Cut(words, Math.Max(1, width - 6))} ";
        var left = Math.Max(0, (width - TextWidth.Of(text)) / 2);
        var right = Math.Max(0, width - left - TextWidth.Of(text));
        return new ItemRow([new Patch(0, new string('─', left) + text + new string('─', right), role)]);
    }

    private void Lay(MessageItem item, ItemPlace place, List<ItemRow> rows)
    {
        var message = item.Message;
        var columns = TalkColumns.Of(place.Width, context.TimeFormat.Length);
        if (context.Roomy && !place.Follows && !place.Day && !place.New)
        {
            rows.Add(new ItemRow([]));
        }

        var first = rows.Count;
        if (message.ReplyTo is not null)
        {
            rows.Add(Answered(message, columns));
        }

        AddText(message, columns, rows);
        AddBelow(item, columns, rows);
        AddMargin(message, place, columns, rows, first);
    }

    private ItemRow Answered(ChatMessage message, TalkColumns columns)
    {
        var quote = message.Quote is var (name, line) ? $"{Harmless.Name(name)}: {Harmless.Line(line)}" : context.Words.SomethingEarlier;
        return new ItemRow([new Patch(columns.Text, TextWidth.Cut("╭ " + quote, columns.TextWidth), Role.Quote)]);
    }

    private void AddText(ChatMessage message, TalkColumns columns, List<ItemRow> rows)
    {
        var words = context.Words;
        var replaced = message switch
        {
            { Kind: MessageKind.Unsupported } => words.UnsupportedText,
            { Kind: MessageKind.Locked } => words.LockedText,
            { Deleted: true } => words.DeletedText,
            { Text: null } => words.MissingText,
            _ => null,
        };
        if (replaced is not null)
        {
            rows.Add(new ItemRow([new Patch(columns.Text, TextWidth.Cut($"({replaced})", columns.TextWidth), Role.Quiet, Face.Italic)], Copy: $"({replaced})".AsMemory()));
            return;
        }

        foreach (var row in RichText.Lay(message.Text!, columns.TextWidth, context.Rich))
        {
            rows.Add(Place(row, columns, message.IsAction ? Face.Italic : Face.None));
        }
    }

    private static ItemRow Place(Row row, TalkColumns columns, Face face)
    {
        var column = columns.Text + (row.RightToLeft ? columns.TextWidth - row.Width : 0);
        var patches = new Patch[row.Runs.Count];
        for (var i = 0; i < patches.Length; i++)
        {
            var run = row.Runs[i];
            patches[i] = new Patch(column, run.Text, RoleOf(run.Tone), run.Face | face, run.Link);
            column += TextWidth.Of(run.Text);
        }

        return new ItemRow(patches, row.Code ? (columns.Text, columns.TextWidth) : null, row.Source, row.Soft);
    }

    // What belongs to a message and is no text of it: what was changed, what people think of it, why it was not sent.
    private void AddBelow(MessageItem item, TalkColumns columns, List<ItemRow> rows)
    {
        var message = item.Message;
        AddMarks(message, columns, rows);
        List<Patch> patches = [];
        var column = columns.Text;
        foreach (var reaction in message.Reactions)
        {
            var text = $"{TextWidth.Cut(Harmless.Line(reaction.Text), 12)} {reaction.Who.Count.ToString(CultureInfo.InvariantCulture)}";
            Put(reaction.Mine ? $"[{text}]" : $" {text} ", reaction.Mine ? Role.ReactionMine : Role.Reaction);
        }

        Flush();
        if (item.Problem is { } problem)
        {
            foreach (var line in WordWrap.Lines(problem, columns.TextWidth))
            {
                rows.Add(new ItemRow([new Patch(columns.Text, line, Role.Error)]));
            }
        }

        void Put(string text, Role role)
        {
            text = TextWidth.Cut(text, columns.TextWidth);
            var width = TextWidth.Of(text);
            if (column + width > columns.Text + columns.TextWidth)
            {
                Flush();
            }

            patches.Add(new Patch(column, text, role));
            column += width;
        }

        void Flush()
        {
            if (patches.Count > 0)
            {
                rows.Add(new ItemRow([.. patches]));
                patches.Clear();
            }

            column = columns.Text;
        }
    }

    // Behind the text where there is room, else in a row of their own.
    private void AddMarks(ChatMessage message, TalkColumns columns, List<ItemRow> rows)
    {
        var marks = string.Concat(
            message.Edited && !message.Deleted ? $" ({context.Words.MarkEdited})" : "",
            message.Late ? $" ({context.Words.MarkLate})" : "",
            message.ClockDoubtful ? $" ({context.Words.MarkClock})" : "",
            context.ShowIds && message.Id is { } id ? $" [{LineContext.Short(id)}]" : "");
        if (marks.Length == 0)
        {
            return;
        }

        var last = rows[^1];
        var end = last.Patches.Count == 0 ? columns.Text : last.Patches.Max(static patch => patch.Column + TextWidth.Of(patch.Text));
        var fits = last.Code is null && end + TextWidth.Of(marks) <= columns.Text + columns.TextWidth;
        if (fits)
        {
            rows[^1] = last with { Patches = [.. last.Patches, new Patch(end, marks, Role.Quiet)] };
        }
        else
        {
            rows.Add(new ItemRow([new Patch(columns.Text, TextWidth.Cut(marks.TrimStart(), columns.TextWidth), Role.Quiet)]));
        }
    }

    // Time and name stand beside the first row, the state of an own message beside the last.
    private void AddMargin(ChatMessage message, ItemPlace place, TalkColumns columns, List<ItemRow> rows, int first)
    {
        List<Patch> margin = [.. rows[first].Patches];
        if (!place.SameMinute)
        {
            margin.Add(new Patch(0, Time(message.At), Role.Quiet));
        }

        if (!place.Follows)
        {
            AddName(message, columns, margin);
        }

        rows[first] = rows[first] with { Patches = margin };
        if (message.State is { } state)
        {
            var mark = LineContext.Mark(state);
            rows[^1] = rows[^1] with { Patches = [.. rows[^1].Patches, new Patch(columns.State, mark, state == MessageState.Failed ? Role.Error : Role.Quiet)] };
        }
    }

    /// <summary>What stands before a name; the help explains it.</summary>
    public static string Sign(Trust trust) => trust switch
    {
        Trust.Guest => "~", // the sign that names cannot begin with
        Trust.Changed => "!",
        Trust.Unknown => "?",
        Trust.Removed => "✗",
        Trust.Verified => LineContext.VerifiedSign,
        _ => "",
    };

    private static void AddName(ChatMessage message, TalkColumns columns, List<Patch> margin)
    {
        var badge = Sign(message.From.Trust);
        var name = badge + TextWidth.Cut((message.IsAction ? "* " : "") + Harmless.Name(message.From.Name), columns.NameWidth - badge.Length);
        var column = columns.Name + columns.NameWidth - TextWidth.Of(name);
        margin.Add(message.From.Account is { } account
            ? new Patch(column, name, Role.Name, Seed: (uint)account.Value)
            : new Patch(column, name, Role.Quiet));
    }

    private string Time(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, context.Zone).ToString(context.TimeFormat, CultureInfo.InvariantCulture);

    private static Role RoleOf(Tone tone) => tone switch
    {
        Tone.Quiet => Role.Quiet,
        Tone.Code => Role.Code,
        Tone.CodeKeyword => Role.CodeKeyword,
        Tone.CodeString => Role.CodeString,
        Tone.CodeComment => Role.CodeComment,
        Tone.CodeNumber => Role.CodeNumber,
        Tone.Quote => Role.Quote,
        Tone.Marker => Role.Marker,
        Tone.Link => Role.Link,
        Tone.Mention => Role.Mention,
        Tone.MentionMe => Role.MentionMe,
        Tone.RoomName => Role.RoomName,
        _ => Role.Text,
    };
}
