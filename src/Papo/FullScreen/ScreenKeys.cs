// Owns: what each action of the keyboard does on the screen.
// Must never: know a stroke.
using Papo.Chat;
using Papo.Client;
using Papo.Output;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <summary>Actions of keys.</summary>
internal static class ScreenKeys
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

    // While only texts are shown, keys move or end it.
    private static void PressCopying(ScreenModel model, KeyAction action, ChatStep step)
    {
        switch (action)
        {
            case KeyAction.PageUp or KeyAction.PageDown or KeyAction.ScrollUp or KeyAction.ScrollDown or KeyAction.ToOldest or KeyAction.ToNewest:
                PressScreen(model, action, step);
                break;
            case KeyAction.Up or KeyAction.UpOrEditLast:
                ScreenActions.Scroll(model, -1, step);
                break;
            case KeyAction.Down:
                ScreenActions.Scroll(model, 1, step);
                break;
            default:
                model.Copying = false;
                break;
        }
    }

    private static void PressBox(ScreenModel model, ListBox box, KeyAction action, string text, ChatStep step)
    {
        switch (action)
        {
            case KeyAction.Insert or KeyAction.Paste:
                box.Type(Harmless.Line(text));
                break;
            case KeyAction.DeleteBack when box.Typed.Length > 0:
                box.Back();
                break;
            case KeyAction.KillToStart or KeyAction.DeleteWordBack:
                box.Empty();
                break;
            case KeyAction.Up or KeyAction.UpOrEditLast or KeyAction.CompleteBack:
                box.Move(-1);
                break;
            case KeyAction.Down or KeyAction.Complete:
                box.Move(1);
                break;
            case KeyAction.PageUp:
                box.Move(-10);
                break;
            case KeyAction.PageDown:
                box.Move(10);
                break;
            case KeyAction.Submit when box.Search is { } search && box.Shown.Count == 0:
                if (box.Typed.Length > 0)
                {
                    model.Box = null;
                    search(model, box.Typed, step);
                }

                break;
            case KeyAction.Submit:
                ScreenActions.Pick(model, box, box.Chosen, step);
                break;
            case KeyAction.Redraw:
                step.Effects.Add(new RedrawEffect());
                break;
            case KeyAction.Suspend:
                step.Effects.Add(new SuspendEffect());
                break;
            case KeyAction.Cancel or KeyAction.Interrupt or KeyAction.EndOfInput or KeyAction.Palette or KeyAction.KillOrPalette or KeyAction.Help or KeyAction.Search or KeyAction.DeleteBack:
                model.Box = null;
                break;
        }
    }

    // A chosen message takes single letters; everything else lets go of it, or goes on as ever.
    private static bool PressChosen(ScreenModel model, KeyAction action, string text, ChatStep step)
    {
        if (model.Current is not { Chosen: { } item } conversation)
        {
            return false;
        }

        switch (action)
        {
            case KeyAction.Insert when text == "r":
                ScreenActions.Reply(model);
                return true;
            case KeyAction.Insert when text == "e":
                ScreenActions.Edit(model);
                return true;
            case KeyAction.Insert when text is "+" or "a":
                ScreenActions.OfferReactions(model);
                return true;
            case KeyAction.Insert when text == "d":
                ScreenActions.Delete(model, item, step);
                conversation.Chosen = null;
                return true;
            case KeyAction.Insert when text is "c" or "y":
                ScreenActions.Copy(model, item, step);
                return true;
            case KeyAction.Insert when text is "k":
                Step(model, -1, step);
                return true;
            case KeyAction.Insert when text is "j":
                Step(model, 1, step);
                return true;
            case KeyAction.Up or KeyAction.UpOrEditLast:
                Step(model, -1, step);
                return true;
            case KeyAction.Down:
                Step(model, 1, step);
                return true;
            case KeyAction.Submit:
                ScreenActions.Reply(model);
                return true;
            case KeyAction.Cancel or KeyAction.Interrupt:
                conversation.Chosen = null;
                return true;
            case KeyAction.Insert:
                conversation.Chosen = null; // somebody who types on is writing
                return false;
            default:
                return false;
        }
    }

    private static bool PressScreen(ScreenModel model, KeyAction action, ChatStep step)
    {
        var page = Math.Max(1, model.Layout().Talk.Rows - 2);
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
                ScreenActions.Scroll(model, -page, step);
                break;
            case KeyAction.PageDown:
                ScreenActions.Scroll(model, page, step);
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

    private static void PressComposer(ScreenModel model, KeyAction action, string text, DateTimeOffset now, ChatStep step)
    {
        if (action == KeyAction.Cancel)
        {
            Cancel(model, step);
            return;
        }

        switch (model.Editor.Apply(new KeyCommand(action, text)))
        {
            case EditOutcome.Submitted:
                Submit(model, now, step);
                break;
            case EditOutcome.AskFirst:
                step.Remark(model.Chat.Words.AskBeforePaste(model.Editor.Lines), Ink.Warning);
                break;
            case EditOutcome.Dropped:
                step.Remark(model.Chat.Words.PasteDropped, Ink.Warning);
                break;
            case EditOutcome.Leave:
                Leave(model, action, now, step);
                break;
            case EditOutcome.Suspend:
                step.Effects.Add(new SuspendEffect());
                break;
            case EditOutcome.Redraw:
                step.Effects.Add(new RedrawEffect());
                break;
        }
    }

    // Escape goes one step back, in the order in which things were begun.
    private static void Cancel(ScreenModel model, ChatStep step)
    {
        var offered = model.Editor.Chosen is not null;
        model.Editor.Apply(new KeyCommand(KeyAction.Cancel));
        if (offered || model.Current is not { } conversation)
        {
            return;
        }

        if (conversation.About is var (_, edit))
        {
            conversation.About = null;
            if (edit)
            {
                model.Editor.SetDraft(new LineDraft("", 0));
            }
        }
        else if (conversation.Bottom is not null)
        {
            ScreenActions.ToNewest(model, step);
        }
    }

    // One Ctrl+C by accident must not end a chat that is meant to stay open all day.
    private static void Leave(ScreenModel model, KeyAction action, DateTimeOffset now, ChatStep step)
    {
        if (model.Current is { About: not null } conversation)
        {
            conversation.About = null;
        }
        else if (action == KeyAction.EndOfInput || model.LeaveAsked is { } asked && now - asked < TimeSpan.FromSeconds(3))
        {
            step.Leave = true;
        }
        else
        {
            model.LeaveAsked = now;
            step.Remark(model.Chat.Words.OnceMoreToLeave);
        }
    }

    private static void Submit(ScreenModel model, DateTimeOffset now, ChatStep step)
    {
        var about = model.Current?.About;
        var line = model.Editor.TakeLine();
        if (about is null || model.Current is not { } conversation)
        {
            Run(model, line, step);
            return;
        }

        conversation.About = null;
        var (item, edit) = about.Value;
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        if (item.Message.Id is not { } id)
        {
            step.Remark(model.Chat.Words.NoIdYet, Ink.Warning);
            step.Restore = line;
            return;
        }

        step.Effects.Add(new SendEffect(item.Message.Room, new Draft(line) { Kind = edit ? MessageKind.Edit : MessageKind.Text, Target = id }, line));
    }

    private static void Run(ScreenModel model, string line, ChatStep step)
    {
        if (!ScreenCommands.TryRun(model, line, step))
        {
            var before = model.Chat.Words;
            var ids = model.Chat.ShowIds;
            LineInput.Apply(model.Chat, line, step);
            if (model.Chat.Words != before || model.Chat.ShowIds != ids)
            {
                model.Refresh();
            }
        }
    }
}
