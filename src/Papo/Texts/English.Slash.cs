// Owns: the English of the slash commands.
// Must never: decide when something is said.
namespace Papo.Texts;

internal sealed partial class English
{
    public override (string Arguments, string About) SlashJoin => ("ROOM", "go to a room, joining it if need be");

    public override (string Arguments, string About) SlashLeave => ("[ROOM]", "leave this room or another one");

    public override (string Arguments, string About) SlashRooms => ("", "list the rooms");

    public override (string Arguments, string About) SlashWho => ("[ROOM]", "list who is here");

    public override (string Arguments, string About) SlashMe => ("TEXT", "say what you do: /me waves");

    public override (string Arguments, string About) SlashNick => ("NAME", "change your name");

    public override (string Arguments, string About) SlashReply => ("NAME|ID TEXT", "answer somebody's latest message, or the one with this id");

    public override (string Arguments, string About) SlashEdit => ("TEXT", "put a new text in place of your last message");

    public override (string Arguments, string About) SlashDelete => ("[ID]", "take back your last message, or the one with this id");

    public override (string Arguments, string About) SlashMsg => ("NAME [TEXT]", "write to one person only, encrypted; without a text go there");

    public override (string Arguments, string About) SlashCreate => ("--private [--past] NAME", "make a private room, encrypted; with --past newcomers read what was said before");

    public override (string Arguments, string About) SlashInvite => ("[NAME]", "take somebody into this private room; without a name, show a link to this room");

    public override (string Arguments, string About) SlashRemove => ("NAME", "take somebody out of this private room");

    public override (string Arguments, string About) SlashReact => ("EMOJI [NAME|ID]", "react to the latest message, somebody's latest, or the one with this id; once more takes it back");

    public override (string Arguments, string About) SlashSearch => ("WORDS", "search what this computer holds");

    public override (string Arguments, string About) SlashHistory => ("[COUNT|DATE]", "show more of the past (20), or what was said from a day on: 2026-11-20");

    public override (string Arguments, string About) SlashThread => ("[NAME|ID]", "show a thread: what a message answers, and what answers it");

    public override (string Arguments, string About) SlashIds => ("", "show or hide the short ids of messages");

    public override (string Arguments, string About) SlashAway => ("[TEXT]", "say that you are away; once more says that you are back");

    public override (string Arguments, string About) SlashIgnore => ("NAME", "hide somebody's messages until you leave, or show them again");

    public override (string Arguments, string About) SlashMute => ("[ROOM]", "hide a room's messages, or show them again");

    public override (string Arguments, string About) SlashRetry => ("", "try again what was not sent");

    public override (string Arguments, string About) SlashLang => ("en|pt-BR", "change the language");

    public override (string Arguments, string About) SlashHelp => ("[WORDS]", "this help, or what concerns these words");

    public override (string Arguments, string About) SlashQuit => ("", "leave the chat");

    public override string HelpTail =>
        "Alt+Enter or \\ at the end of a line: one more line. // at the start: a text that begins with a slash. Tab completes. Own messages: … waiting, ✓ with the broker, ✓✓ with somebody else, ! not sent.";

    public override string NothingOfYours => "You have not written anything here yet.";

    public override string NoIdYet => "That message is still on its way; try again when it shows ✓.";

    public override string NotYours => "Only the author can change or delete a message.";

    public override string NoRoomLeft => "You are in no room now. /join general goes back.";

    public override string AwaySet => "Others see that you are away. /away again when you are back.";

    public override string AwayCleared => "Others see that you are back.";

    public override string LanguageNow => "Papo speaks English now.";

    public override string IdsShown => "Short ids are shown; use them with /reply, /delete and /react.";

    public override string IdsHidden => "Short ids are hidden.";

    public override string NothingToRetry => "Nothing failed; there is nothing to try again.";

    public override string StatusTooLong => "That text is too long for a status; 80 characters at most.";

    public override string HelpNothing(string words) => $"No command is about “{words}”. /help lists them all.";

    public override string UnknownSlash(string command, string? suggestion) =>
        $"There is no command {command}; nothing was sent. " +
        (suggestion is null ? "/help lists them; // at the start sends a slash." : $"Did you mean {suggestion}?");

    public override string SlashUsage(string usage) => $"It goes like this: {usage}";

    public override string NoSuchMessage(string given) => $"No message of or with “{given}” is known here.";

    public override string NowIn(string room) => $"You write in {room} now.";

    public override string LeftRoom(string room) => $"You left {room}. Its past stays on this computer.";

    public override string NotIn(string room) => $"You are not in {room}.";

    public override string Ignoring(string name) => $"{name} is hidden until you leave the chat. /ignore {name} shows them again.";

    public override string NoLongerIgnoring(string name) => $"{name} is shown again.";

    public override string Muting(string room) => $"{room} is quiet from now on, also after a restart. /mute {room} shows it again.";

    public override string NoLongerMuting(string room) => $"{room} is shown again.";

    public override string NowCalled(string name) => $"You are now called {name}.";

    public override string LanguageUnknown(string given) => $"Papo does not speak “{given}”; there are en and pt-BR.";

    public override string Retrying(int count) => Plural(count, "Trying 1 message again.", "Trying {n} messages again.");
}
