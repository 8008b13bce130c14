// Owns: what can be done on the screen, whatever asks for it: a key, the mouse, the palette.
// Must never: wait; what takes time becomes an effect.
using Papo.Chat;
using Papo.Client;
using Papo.Output;
using Papo.Protocol;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <summary>Actions.</summary>
internal static class ScreenActions
{
    /// <summary>Messages of a page.</summary>
    public const int PageSize = 200;

    private static readonly string[] QuickReactions = ["👍", "❤️", "😄", "🎉", "👀", "✅", "🙏", "😮", "😢", "🚀"];

    /// <summary>Opens a room: its draft, its place, its first page.</summary>
    public static void GoTo(ScreenModel model, Room room, ChatStep step)
    {
        if (model.Current is { } before)
        {
            Settle(model, before);
        }

        model.Box = null;
        if (!model.Chat.Joined.Contains(room))
        {
            step.Effects.Add(new JoinEffect(room));
            return;
        }

        model.Chat.Current = room;
        var conversation = model.Of(room);
        model.Editor.SetDraft(conversation.Draft);
        conversation.NewFrom = conversation.Unread > 0 ? FirstUnread(conversation) : conversation.NewFrom;
        MarkRead(model, conversation);
        Open(conversation, step);
        if (room.IsPrivate)
        {
            step.Effects.Add(new InsideEffect(room));
        }
    }

    /// <summary>Opens a room without showing it, so that its count is known.</summary>
    public static void Open(Conversation conversation, ChatStep step)
    {
        if (!conversation.Opened)
        {
            conversation.Opened = true;
            step.Effects.Add(new PageEffect(conversation.Room, new HistoryQuery(PageSize), PageUse.Opening));
        }
    }

    /// <summary>What is visible counts as read.</summary>
    public static void MarkRead(ScreenModel model, Conversation conversation)
    {
        if (!model.Focused || conversation.Bottom is not null || conversation != model.Current)
        {
            return;
        }

        (conversation.Unread, conversation.Mentions) = (0, 0);
        if (conversation.Items.OfType<MessageItem>().LastOrDefault() is { } last && last.At > conversation.ReadTo)
        {
            conversation.ReadTo = last.At;
        }
    }

    /// <summary>Moves the reader up (negative) or down, and loads what comes into reach.</summary>
    public static void Scroll(ScreenModel model, int rows, ChatStep step)
    {
        if (model.Current is { } conversation)
        {
            conversation.Bottom = model.View(conversation).Moved(rows);
            Reach(model, conversation, step);
        }
    }

    /// <summary>To the newest.</summary>
    public static void ToNewest(ScreenModel model, ChatStep step)
    {
        if (model.Current is not { } conversation)
        {
            return;
        }

        conversation.Chosen = null;
        conversation.Bottom = null;
        if (!conversation.AtNewest)
        {
            conversation.Clear();
            conversation.Opened = false;
            Open(conversation, step);
        }

        MarkRead(model, conversation);
    }

    /// <summary>To the oldest that is held; what lies before is loaded.</summary>
    public static void ToOldest(ScreenModel model, ChatStep step)
    {
        if (model.Current is { } conversation)
        {
            conversation.Bottom = model.View(conversation).AtOldest();
            Reach(model, conversation, step);
        }
    }

    /// <summary>Shows a message of the open room that is held.</summary>
    public static void Show(ScreenModel model, MessageItem item, ChatStep step)
    {
        if (model.Current is { } conversation)
        {
            conversation.Chosen = item;
            conversation.Bottom = model.View(conversation).ShowingAt(item);
            Reach(model, conversation, step);
        }
    }

    /// <summary>Shows a message wherever it is: it, and what lies before it, are loaded where they are not held.</summary>
    public static void Find(ScreenModel model, ChatMessage message, ChatStep step)
    {
        GoTo(model, message.Room, step);
        if (model.Current is not { } conversation || conversation.Room != message.Room)
        {
            return;
        }

        if (message.Id is { } id && conversation.Find(id) is { } held)
        {
            Show(model, held, step);
            return;
        }

        step.Effects.Add(new PageEffect(message.Room, new HistoryQuery(PageSize) { BeforeId = message.Id }, PageUse.Around, message));
    }

    /// <summary>Shows one of what the last search found.</summary>
    public static void ShowFound(ScreenModel model, int place, ChatStep step)
    {
        var found = model.Found.Messages;
        if (found.Count == 0)
        {
            step.Remark(model.Chat.Words.NothingToJumpTo);
            return;
        }

        place = ((place % found.Count) + found.Count) % found.Count;
        model.Found = (found, place);
        Find(model, found[place], step);
    }

    /// <summary>Loads what lies before or after when the reader comes near.</summary>
    public static void Reach(ScreenModel model, Conversation conversation, ChatStep step)
    {
        if (conversation.Bottom is null)
        {
            MarkRead(model, conversation);
        }

        if (!conversation.AtOldest && !conversation.LoadingOlder && conversation.OldestId is { } oldest && model.View(conversation).IsNearOldest())
        {
            conversation.LoadingOlder = true;
            step.Effects.Add(new PageEffect(conversation.Room, new HistoryQuery(PageSize) { BeforeId = oldest }, PageUse.Older));
        }

        if (!conversation.AtNewest && !conversation.LoadingNewer && conversation.NewestId is { } newest && model.View(conversation).Below(2 * model.Rows) < 2 * model.Rows)
        {
            conversation.LoadingNewer = true;
            step.Effects.Add(new PageEffect(conversation.Room, new HistoryQuery(PageSize) { AfterId = newest }, PageUse.Newer));
        }
    }

    /// <summary>Chooses a message; once more lets it go.</summary>
    public static void Choose(ScreenModel model, MessageItem item)
    {
        if (model.Current is { } conversation)
        {
            conversation.Chosen = conversation.Chosen == item ? null : item;
        }
    }

    /// <summary>Reacts to a message, or takes the same reaction back.</summary>
    public static void React(ScreenModel model, MessageItem item, string reaction, ChatStep step)
    {
        var again = item.Message.Reactions.Any(known => known.Mine && known.Text == reaction);
        Amend(model, item, new Draft(again ? "" : reaction) { Kind = MessageKind.Reaction }, step);
    }

    /// <summary>Offers reactions to the chosen message, or the newest of somebody else.</summary>
    public static void OfferReactions(ScreenModel model)
    {
        if (model.Current is not { } conversation || (conversation.Chosen ?? LastOf(conversation, static message => !message.Mine)) is not { } item)
        {
            return;
        }

        model.Box = new ListBox(model.Chat.Words.ReactTitle, [.. EmojiNames.All.OrderByDescending(static each => QuickReactions.Contains(each.Emoji)).DistinctBy(static each => each.Emoji)
            .Select(each => new Choice($"{each.Emoji} {each.Name}", "", (m, step) => React(m, item, each.Emoji, step)))]);
    }

    /// <summary>Begins an answer to the chosen message, or the newest of somebody else.</summary>
    public static void Reply(ScreenModel model)
    {
        if (model.Current is { } conversation && (conversation.Chosen ?? LastOf(conversation, static message => !message.Mine)) is { } item)
        {
            conversation.About = (item, Edit: false);
            conversation.Chosen = null;
        }
    }

    /// <summary>Begins to change the chosen own message, or the newest own one.</summary>
    public static void Edit(ScreenModel model)
    {
        if (model.Current is { } conversation
            && ((conversation.Chosen is { Message.Mine: true } chosen ? chosen : null) ?? LastOf(conversation, static message => message.Mine)) is { Message.Text: { } text } item)
        {
            conversation.About = (item, Edit: true);
            conversation.Chosen = null;
            model.Editor.SetDraft(new LineDraft(text, text.Length));
        }
    }

    /// <summary>Takes an own message back.</summary>
    public static void Delete(ScreenModel model, MessageItem item, ChatStep step)
    {
        if (!item.Message.Mine)
        {
            step.Remark(model.Chat.Words.NotYours, Ink.Warning);
            return;
        }

        Amend(model, item, new Draft("") { Kind = MessageKind.Delete }, step);
    }

    /// <summary>Puts the text of a message on the clipboard.</summary>
    public static void Copy(ScreenModel model, MessageItem item, ChatStep step)
    {
        step.Effects.Add(new CopyEffect(Rich.RichText.Plain(item.Message.Text ?? "")));
        step.Remark(model.Chat.Words.Copied);
    }

    /// <summary>Puts an address on the clipboard: a program in a terminal, perhaps far away, cannot open it for its user.</summary>
    public static void TakeLink(ScreenModel model, string link, ChatStep step)
    {
        step.Effects.Add(new CopyEffect(link));
        step.Remark(model.Chat.Words.CopiedLink(Harmless.Line(link)));
    }

    /// <summary>Goes to the direct messages with somebody.</summary>
    public static void Address(Person person, ChatStep step)
    {
        if (!person.IsMe)
        {
            step.Effects.Add(new DirectEffect(person.Who.Name, null, ""));
        }
    }

    /// <summary>Picks a row of a box.</summary>
    public static void Pick(ScreenModel model, ListBox box, int row, ChatStep step)
    {
        box.MoveTo(row);
        if (row < box.Shown.Count && box.Shown[row].Choose is { } choose)
        {
            model.Box = null;
            choose(model, step);
        }
    }

    /// <summary>The newest message that is such.</summary>
    public static MessageItem? LastOf(Conversation conversation, Func<ChatMessage, bool> isSuch) =>
        conversation.Items.OfType<MessageItem>().LastOrDefault(item => item.Message is { Kind: MessageKind.Text, Deleted: false, Text: not null } && isSuch(item.Message));

    /// <summary>Keeps what belongs to a room that is no longer looked at.</summary>
    public static void Settle(ScreenModel model, Conversation conversation)
    {
        conversation.Draft = model.Editor.TakeDraft();
        conversation.Chosen = null;
        conversation.NewFrom = null;
        MarkRead(model, conversation);
    }

    private static void Amend(ScreenModel model, MessageItem item, Draft draft, ChatStep step)
    {
        if (item.Message.Id is { } id)
        {
            step.Effects.Add(new SendEffect(item.Message.Room, draft with { Target = id }, ""));
        }
        else
        {
            step.Remark(item.Message.Mine ? model.Chat.Words.NoIdYet : model.Chat.Words.NoSuchMessage(Harmless.Name(item.Message.From.Name)), Ink.Warning);
        }
    }

    private static MessageItem? FirstUnread(Conversation conversation) => conversation.Items.OfType<MessageItem>()
        .Where(static item => !item.Message.Mine).Reverse().Take(conversation.Unread).LastOrDefault();
}
