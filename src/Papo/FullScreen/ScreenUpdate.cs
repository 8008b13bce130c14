// Owns: what one event of any kind does to the model: from the library, the keyboard, the mouse, the clock.
// Must never: draw, wait, or read a clock.
using Papo.Chat;
using Papo.Client;
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

        Tell(model, step, KindOf(next), now);
        return step;
    }

    /// <summary>Takes one stroke, of the keyboard or the mouse.</summary>
    public static ChatStep Press(ScreenModel model, Keyboard keyboard, Hits hits, Key key, DateTimeOffset now)
    {
        var step = new ChatStep();
        Behind? before = key.IsTyped ? Behind.Of(model) : null;
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

        (model.IsNormal, model.Begun) = (keyboard.IsNormal, key.Code == KeyCode.Escape ? "" : keyboard.Begun); // Escape is pressed to be sure, rarely to begin something

        // What a key led to is an answer to its user: below, where he looks, in the order it was said.
        var quiet = step is { Effects.Count: 0, Lines.Count: 0, Remarks.Count: 0, Restore: null, Leave: false };
        Tell(model, step, NoteKind.Answer, now);
        step.OnlyInput = quiet && before is { Box: null, HasOffers: false, Copying: false } && before == Behind.Of(model);
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

    // Whatever is no change and no tick was asked for by this user, as were the emoji that he compares.
    private static NoteKind KindOf(ChatEvent next) => next switch
    {
        TickEvent or ChangeEvent { Change: PersonChanged } => NoteKind.Passing,
        ChangeEvent { Change: not EmojiShown } => NoteKind.News,
        _ => NoteKind.Answer,
    };

    // Lines become a note in the open room; a short remark without lines goes to the status line, where it fades.
    private static void Tell(ScreenModel model, ChatStep step, NoteKind kind, DateTimeOffset now)
    {
        if (step.Lines.Count > 0)
        {
            Show(model, new NoteItem([.. step.Lines, .. step.Remarks], now, kind), step);
        }
        else if (step.Remarks.Count > 0)
        {
            var text = string.Join(" ", step.Remarks.Select(static remark => remark.Plain.TrimStart('·', ' ')));
            model.Say(text, now);
            if (model.Current is { } open && (kind != NoteKind.Answer || Output.TextWidth.Of(text) > model.Columns - 2))
            {
                open.Note(new NoteItem([.. step.Remarks], now, kind)); // what came by itself, or does not fit there, must not fade unread
            }
        }

        step.Lines.Clear();
        step.Remarks.Clear();
        if (step.Restore is { Length: > 0 } typed)
        {
            model.Editor.Restore(typed);
        }
    }

    // In no room there is nothing that a note could stand in.
    private static void Show(ScreenModel model, NoteItem note, ChatStep step)
    {
        if (model.Current is not { } conversation)
        {
            model.Box = ScreenChoices.Note(model, note);
            return;
        }

        if (note is { Asked: true, Lines.Count: > 1 } && conversation.Bottom is not null)
        {
            ScreenActions.ToNewest(model, step);
        }

        conversation.Note(note);
    }
}
