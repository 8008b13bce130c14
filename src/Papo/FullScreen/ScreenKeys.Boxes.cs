// Owns: what keys do while something stands in front of the composer: texts to copy, a box, a chosen message.
// Must never: know a stroke.
using Papo.Chat;
using Papo.Output;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <content>Copy mode, boxes, a chosen message.</content>
internal static partial class ScreenKeys
{
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
            case KeyAction.Insert when text == "t" && item.Message.Id is { } id:
                step.Effects.Add(new ThreadEffect(id));
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
}
