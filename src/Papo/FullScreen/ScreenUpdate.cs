// Owns: what one event of any kind does to the model: from the library, the keyboard, the mouse, the clock.
// Must never: draw, wait, or read a clock.
using Papo.Chat;
using Papo.Terminal;

namespace Papo.FullScreen;

/// <summary>The one way into the model.</summary>
internal static class ScreenUpdate
{
    private const int WheelRows = 3;

    /// <summary>Takes an event of the library or the clock.</summary>
    public static ChatStep Apply(ScreenModel model, ChatEvent next, DateTimeOffset now)
    {
        var step = new ChatStep();
        switch (next)
        {
            case ChangeEvent { Change: var change }:
                ScreenFold.Apply(model, change, now, step);
                break;
            case TickEvent:
                ScreenFold.Tick(model, now, step);
                break;
            default:
                ScreenFold.Apply(model, next, now, step);
                break;
        }

        Tell(model, step, asked: next is RoomsListed or PeopleListed, now);
        return step;
    }

    /// <summary>Takes one stroke, of the keyboard or the mouse.</summary>
    public static ChatStep Press(ScreenModel model, Keyboard keyboard, Hits hits, Key key, DateTimeOffset now)
    {
        var step = new ChatStep();
        var before = Behind.Of(model);
        switch (key.Code)
        {
            case KeyCode.Mouse:
                Point(model, hits, key.Pointer, step);
                break;
            case KeyCode.FocusIn or KeyCode.FocusOut:
                model.Focused = key.Code == KeyCode.FocusIn;
                if (model.Current is { } conversation)
                {
                    ScreenActions.MarkRead(model, conversation);
                }

                break;
            case KeyCode.Answer:
                model.LightGround = TerminalAnswer.IsLight(key.Text) ?? model.LightGround;
                break;
            default:
                foreach (var command in keyboard.Press(key, Composer(model)))
                {
                    ScreenKeys.Press(model, command.Action, command.Text, now, step);
                }

                break;
        }

        // What a key led to is an answer to its user: below, where he looks, in the order it was said.
        var quiet = step is { Effects.Count: 0, Lines.Count: 0, Remarks.Count: 0, Restore: null, Leave: false };
        Tell(model, step, asked: true, now);
        step.OnlyInput = quiet && key.IsTyped && before is { Box: null, HasOffers: false, Copying: false } && before == Behind.Of(model);
        return step;
    }

    private static ComposerState Composer(ScreenModel model)
    {
        var state = model.Editor.State(isFullScreen: true);
        var mayCancel = state.MayCancel || model.Box is not null || model.Copying || model.Current is { Chosen: not null } or { About: not null } or { Bottom: not null };
        return state with { MayCancel = mayCancel };
    }

    private static void Point(ScreenModel model, Hits hits, Pointer pointer, ChatStep step)
    {
        switch (pointer.Kind)
        {
            case PointerKind.WheelUp or PointerKind.WheelDown when model.Box is { } box:
                box.Move(pointer.Kind == PointerKind.WheelUp ? -1 : 1);
                break;
            case PointerKind.WheelUp or PointerKind.WheelDown:
                ScreenActions.Scroll(model, pointer.Kind == PointerKind.WheelUp ? -WheelRows : WheelRows, step);
                break;
            case PointerKind.Press when pointer.Button == PointerButton.Left:
                hits.At(pointer.Column, pointer.Row)?.Invoke(model, step);
                break;
        }
    }

    // Lines become a note in the open room; a short remark without lines goes to the status line, where it fades.
    private static void Tell(ScreenModel model, ChatStep step, bool asked, DateTimeOffset now)
    {
        if (step.Lines.Count > 0 && model.Current is { } conversation)
        {
            var isLong = asked && step.Lines.Count > 1;
            if (isLong && conversation.Bottom is not null)
            {
                ScreenActions.ToNewest(model, step);
            }

            conversation.Note(new NoteItem([.. step.Lines, .. step.Remarks], now, isLong));
        }
        else if (step.Remarks.Count > 0)
        {
            model.Say(string.Join(" ", step.Remarks.Select(static remark => remark.Plain.TrimStart('·', ' '))), now);
            if (!asked && model.Current is { } open)
            {
                open.Note(new NoteItem([.. step.Remarks], now, asked: false)); // what came by itself must not fade unread
            }
        }

        step.Lines.Clear();
        step.Remarks.Clear();
        if (step.Restore is { Length: > 0 } text)
        {
            model.Editor.Restore(text);
        }
    }
}
