// Owns: the English of keys.
// Must never: decide when something is said.
using Papo.Terminal;

namespace Papo.Texts;

internal sealed partial class English
{
#pragma warning disable CS8524 // numbers that are no action do not come; CS8509 finds an action without a text
    public override string About(KeyAction action) => action switch
#pragma warning restore CS8524
    {
        KeyAction.None => "do nothing",
        KeyAction.Insert => "type",
        KeyAction.Paste => "paste",
        KeyAction.Submit => "send the message",
        KeyAction.NewLine => "begin a new line",
        KeyAction.DeleteBack => "delete the character before the cursor",
        KeyAction.DeleteForward => "delete the character after the cursor",
        KeyAction.DeleteWordBack => "cut the word before the cursor",
        KeyAction.DeleteWordForward => "cut up to the end of the word",
        KeyAction.DeleteToNextWord => "cut up to the next word",
        KeyAction.KillToEnd => "cut up to the end of the line",
        KeyAction.KillToStart => "cut up to the start of the line",
        KeyAction.KillLine => "cut the whole line",
        KeyAction.CopyLine => "copy the whole line",
        KeyAction.Yank => "put back what was cut last",
        KeyAction.YankEarlier => "right after that: what was cut before it",
        KeyAction.PutAfter => "put back after the cursor what was cut or copied",
        KeyAction.Left => "one character to the left",
        KeyAction.Right => "one character to the right",
        KeyAction.WordLeft => "to the start of the word",
        KeyAction.WordRight => "to the end of the word",
        KeyAction.NextWord => "to the start of the next word",
        KeyAction.LineStart => "to the start of the line",
        KeyAction.LineEnd => "to the end of the line",
        KeyAction.TextStart => "to the start of the text",
        KeyAction.TextEnd => "to the end of the text",
        KeyAction.Up => "one line up; from the first one, what was sent before",
        KeyAction.Down => "one line down; from the last one, what was sent after",
        KeyAction.Undo => "undo",
        KeyAction.Redo => "do again what was undone",
        KeyAction.Transpose => "swap the two characters at the cursor",
        KeyAction.Complete => "complete; once more, the next proposal",
        KeyAction.CompleteBack => "complete; once more, the proposal before",
        KeyAction.NormalMode => "vi: from writing to commands",
        KeyAction.InsertMode => "vi: from commands to writing",
        KeyAction.Append => "vi: write after the cursor",
        KeyAction.Cancel => "close what is open",
        KeyAction.Interrupt => "clear the line; leave when it is empty",
        KeyAction.EndOfInput => "delete forward; leave when the line is empty",
        KeyAction.Suspend => "stop Papo and go to the shell; fg comes back",
        KeyAction.Redraw => "draw the screen again",
        KeyAction.KillOrPalette => "cut up to the end of the line; with nothing there, find rooms, people and commands",
        KeyAction.HelpOrInsert => "help, when nothing is written",
        KeyAction.UpOrEditLast => "one line up; when nothing is written, edit your last message",
        KeyAction.StartOrOldest => "to the start of the text; when nothing is written, to the oldest message",
        KeyAction.EndOrNewest => "to the end of the text; when nothing is written, to the newest message",
        KeyAction.RightOrSearch => "one character to the right; at the end of the text, search",
        KeyAction.UpOrPreviousMessage => "one line up; when nothing is written, the message before",
        KeyAction.DownOrNextMessage => "one line down; when nothing is written, the message after",
        KeyAction.NextRoom => "to the next room",
        KeyAction.PreviousRoom => "to the room before",
        KeyAction.NextUnreadRoom => "to the next room with unread messages",
        >= KeyAction.Room1 and <= KeyAction.Room9 => $"to room {Number(action - KeyAction.Room1 + 1)}",
        KeyAction.ScrollUp => "scroll one line up",
        KeyAction.ScrollDown => "scroll one line down",
        KeyAction.PageUp => "scroll one page up",
        KeyAction.PageDown => "scroll one page down",
        KeyAction.ToOldest => "to the oldest message",
        KeyAction.ToNewest => "to the newest message",
        KeyAction.NextMention => "to the next mention of you",
        KeyAction.FirstUnread => "to the first unread message",
        KeyAction.NextMessage => "select the message after",
        KeyAction.PreviousMessage => "select the message before",
        KeyAction.NextMatch => "to the next message found",
        KeyAction.PreviousMatch => "to the message found before",
        KeyAction.Palette => "find rooms, people, commands and settings",
        KeyAction.Help => "help",
        KeyAction.Search => "search",
        KeyAction.ToggleRooms => "show or hide the rooms",
        KeyAction.TogglePeople => "show or hide the people",
        KeyAction.CopyMode => "show messages only, to copy them cleanly",
        KeyAction.Reply => "reply to the selected message",
        KeyAction.EditLast => "edit your last message",
        KeyAction.React => "react to the selected message",
    };

    public override string ActionUnknown(string given) => $"There is no action \"{given}\"; the key keeps its meaning. The help (F1) lists the actions.";

    public override string KeyUnknown(string given) => $"\"{given}\" is no key; nothing was changed. Keys are written like ctrl+k, alt+up or f2.";

    public override string KeyIsText(string key) => $"{key} alone writes a character, so it keeps doing that. Add ctrl or alt.";
}
