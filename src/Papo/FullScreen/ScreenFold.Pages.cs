// Owns: what happens to the model when a page of the past was loaded.
// Must never: ask the library or read a clock.
using Papo.Chat;
using Papo.Client;

namespace Papo.FullScreen;

/// <content>Pages.</content>
internal static partial class ScreenFold
{
    private static void Apply(ScreenModel model, PageLoaded loaded, ChatStep step)
    {
        if (!model.Chat.Joined.Contains(loaded.Asked.Room))
        {
            return;
        }

        var conversation = model.Of(loaded.Asked.Room);
        IReadOnlyList<ChatMessage> page = [.. loaded.Page.Messages.Where(message => message.Mine || !model.Chat.IsIgnored(message.From))];
        var more = loaded.Page.Messages.Count >= loaded.Asked.Query.Count;
        foreach (var message in page)
        {
            model.Chat.Remember(message);
        }

        switch (loaded.Asked.Use)
        {
            case PageUse.Opening or PageUse.Newest when conversation.AtNewest:
                conversation.Merge(page, more || (loaded.Asked.Use == PageUse.Newest && !conversation.AtOldest));
                CountUnread(model, conversation);
                break;
            case PageUse.Older:
                conversation.LoadingOlder = false;
                conversation.Prepend(page, more || (!loaded.Page.Complete && page.Count > 0));
                break;
            case PageUse.Newer:
                conversation.LoadingNewer = false;
                conversation.Append(page, more);
                break;
            case PageUse.Around when loaded.Asked.Target is { } target:
                conversation.Clear();
                conversation.Append([.. page, target], more: true);
                conversation.AtOldest = !more;
                if (target.Id is { } id && conversation.Find(id) is { } item && conversation == model.Current)
                {
                    ScreenActions.Show(model, item, step);
                }

                break;
            case PageUse.From when page.Count == 0:
                step.Remark(model.Chat.Words.NothingSince);
                break;
            case PageUse.From:
                conversation.Clear();
                conversation.Append(page, more);
                if (conversation.Items.OfType<MessageItem>().FirstOrDefault() is { } first && conversation == model.Current)
                {
                    ScreenActions.Show(model, first, step);
                }

                break;
        }
    }

    // What came while nobody looked: after the last message that was seen.
    private static void CountUnread(ScreenModel model, Conversation conversation)
    {
        if (conversation.ReadTo == default)
        {
            conversation.ReadTo = conversation.Items.Count > 0 ? conversation.Items[^1].At : default;
            return;
        }

        var unread = conversation.Items.OfType<MessageItem>().Where(item => !item.Message.Mine && item.At > conversation.ReadTo).ToList();
        if (unread.Count == 0 || model.Chat.Muted.Contains(conversation.Room))
        {
            return;
        }

        conversation.Unread = unread.Count;
        conversation.Mentions = unread.Count(static item => item.Message.MentionsMe);
        if (conversation == model.Current)
        {
            conversation.NewFrom ??= unread[0];
            ScreenActions.MarkRead(model, conversation);
        }
    }
}
