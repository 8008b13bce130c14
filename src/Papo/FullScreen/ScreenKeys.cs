// Owns: what each action of the keyboard does on the screen.
// Must never: know a stroke.
using Papo.Chat;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <summary>Actions of keys.</summary>
internal static partial class ScreenKeys
{
    /// <summary>Carries out one action; <paramref name="text"/> is what was typed or pasted.</summary>
    public static void Press(ScreenModel model, KeyAction action, string text, DateTimeOffset now, ChatStep step)
    {
        model.Greeting = false;
        if (model.Copying)
        {
            PressCopying(model, action, step);
        }
        else if (model.Box is { } box)
        {
            PressBox(model, box, action, text, step);
        }
        else if (!PressChosen(model, action, text, step) && !PressScreen(model, action, step))
        {
            PressComposer(model, action, text, now, step);
        }
    }

    private static bool PressScreen(ScreenModel model, KeyAction action, ChatStep step)
    {
        switch (action)
        {
            case KeyAction.NextRoom or KeyAction.PreviousRoom:
                Turn(model, action == KeyAction.NextRoom ? 1 : -1, static _ => true, step);
                break;
            case KeyAction.NextUnreadRoom:
                var named = model.Chat.Joined.Any(room => room != model.Chat.Current && model.Of(room).Mentions > 0);
                Turn(model, 1, conversation => named ? conversation.Mentions > 0 : conversation.Unread > 0, step);
                break;
            case >= KeyAction.Room1 and <= KeyAction.Room9:
                if (action - KeyAction.Room1 is var number && number < model.Chat.Joined.Count)
                {
                    ScreenActions.GoTo(model, model.Chat.Joined[number], step);
                }

                break;
            case KeyAction.ScrollUp:
                ScreenActions.Scroll(model, -1, step);
                break;
            case KeyAction.ScrollDown:
                ScreenActions.Scroll(model, 1, step);
                break;
            case KeyAction.PageUp:
                ScreenActions.Scroll(model, -Page(model), step);
                break;
            case KeyAction.PageDown:
                ScreenActions.Scroll(model, Page(model), step);
                break;
            case KeyAction.ToOldest:
                ScreenActions.ToOldest(model, step);
                break;
            case KeyAction.ToNewest:
                ScreenActions.ToNewest(model, step);
                break;
            case KeyAction.NextMention or KeyAction.FirstUnread or KeyAction.NextMessage or KeyAction.PreviousMessage:
                Jump(model, action, step);
                break;
            case KeyAction.Palette:
                model.Box = ScreenChoices.Palette(model);
                break;
            case KeyAction.Help:
                model.Box = ScreenChoices.Help(model);
                break;
            case KeyAction.Search:
                model.Box = ScreenChoices.Search(model);
                break;
            case KeyAction.NextMatch or KeyAction.PreviousMatch:
                ScreenActions.ShowFound(model, model.Found.At + (action == KeyAction.NextMatch ? 1 : -1), step);
                break;
            case KeyAction.ToggleRooms:
                model.ShowRooms = model.Layout().Rooms.IsEmpty;
                break;
            case KeyAction.TogglePeople:
                model.ShowPeople = model.Layout().People.IsEmpty;
                break;
            case KeyAction.CopyMode:
                model.Copying = true;
                break;
            case KeyAction.Reply:
                ScreenActions.Reply(model);
                break;
            case KeyAction.EditLast:
                ScreenActions.Edit(model);
                break;
            case KeyAction.React:
                ScreenActions.OfferReactions(model);
                break;
            default:
                return false;
        }

        return true;
    }

    private static int Page(ScreenModel model) => Math.Max(1, model.Layout().Talk.Rows - 2);

    private static void Jump(ScreenModel model, KeyAction action, ChatStep step)
    {
        if (model.Current is not { } conversation)
        {
            return;
        }

        switch (action)
        {
            case KeyAction.NextMessage:
                Step(model, 1, step);
                return;
            case KeyAction.PreviousMessage:
                Step(model, -1, step);
                return;
            case KeyAction.FirstUnread when conversation.NewFrom is { } unread:
                ScreenActions.Show(model, unread, step);
                return;
            case KeyAction.NextMention:
                var from = conversation.Chosen is { } chosen ? conversation.IndexOf(chosen) : conversation.Items.Count;
                var mentions = conversation.Items.OfType<MessageItem>().Where(static item => item.Message.MentionsMe).ToList();
                if ((mentions.FindLast(item => conversation.IndexOf(item) < from) ?? mentions.LastOrDefault()) is { } mention)
                {
                    ScreenActions.Show(model, mention, step);
                    return;
                }

                break;
        }

        step.Remark(model.Chat.Words.NothingToJumpTo);
    }

    private static void Step(ScreenModel model, int by, ChatStep step)
    {
        if (model.Current is not { } conversation)
        {
            return;
        }

        var messages = conversation.Items.OfType<MessageItem>().ToList();
        var at = conversation.Chosen is { } chosen ? messages.IndexOf(chosen) + by : messages.Count - 1;
        if (at < 0 || messages.Count == 0)
        {
            return;
        }

        if (at >= messages.Count)
        {
            conversation.Chosen = null;
            return;
        }

        conversation.Chosen = messages[at];
        var view = model.View(conversation);
        var visible = view.Visible();
        if (!visible.Exists(row => row.Item == messages[at]))
        {
            conversation.Bottom = view.ShowingAt(messages[at]);
        }

        ScreenActions.Reach(model, conversation, step);
    }

    private static void Turn(ScreenModel model, int by, Func<Conversation, bool> isWanted, ChatStep step)
    {
        var rooms = model.Chat.Joined;
        var at = model.Chat.Current is { } current ? rooms.IndexOf(current) : 0;
        for (var i = 1; i <= rooms.Count; i++)
        {
            var next = rooms[(((at + (by * i)) % rooms.Count) + rooms.Count) % rooms.Count];
            if (next != model.Chat.Current && isWanted(model.Of(next)))
            {
                ScreenActions.GoTo(model, next, step);
                return;
            }
        }

        step.Remark(model.Chat.Words.NothingToJumpTo);
    }
}
