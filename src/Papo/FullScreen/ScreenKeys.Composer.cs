// Owns: what keys do in the composer.
// Must never: know a stroke.
using Papo.Chat;
using Papo.Client;
using Papo.Output;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <content>The composer.</content>
internal static partial class ScreenKeys
{
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
