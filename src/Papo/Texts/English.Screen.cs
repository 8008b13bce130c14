// Owns: the English of the full screen.
// Must never: decide when something is said.
namespace Papo.Texts;

internal sealed partial class English
{
    public override string NewSince => "new since you were here";

    public override string FoldedNotes(int count) => $"· {count} notes (/set notes all shows them)";

    public override string TooSmall => "Too small.";

    public override string CopyModeHeader => "Texts to copy. ↑ ↓ PgUp PgDn move, other keys go back.";

    public override string HereCount(int count) => $"{count} here";

    public override string EncryptedMark => "encrypted end to end";

    public override string MutedMark => "muted";

    public override string HelpHint => "F1 help · Ctrl+K go to…";

    public override string StatusDown(string why) => $"not connected, what you write is kept and sent later: {why.TrimEnd('.')}";

    public override string StatusConnecting => "connecting…";

    public override string StatusAway => "away (/away ends it)";

    public override string StatusHub(string title) => title.Length > 0 ? $"hub “{title}”" : "hub";

    public override string StatusNoHub => "no hub";

    public override string RowsBelow(int count) => $"↓ {(count >= 1000 ? "1000+" : count)} more (Ctrl+End)";

    public override string ComposerHint(string room) => $"Write to {room}…";

    public override string ComposerAbout(string name, bool edit) => edit ? "edit" : $"↪ {name}";

    public override string EmptyNoRoom => "You are in no room. /join general goes to one, /rooms lists them.";

    public override string EmptyRoom(string room) => $"Nothing has been said in {room} yet. Write something and press Enter.";

    public override IReadOnlyList<string> Greeting =>
    [
        "Welcome. Write and press Enter: everybody here reads it.",
        "Ctrl+K goes anywhere. Tab completes. F1 or ? is the help.",
        "Ctrl+C twice leaves. These lines come only once.",
    ];

    public override string PeopleTitle => "here";

    public override string AndMore(int count) => $"and {count} more";

    public override string BoxNothing => "Nothing matches. Backspace takes letters back, Esc closes.";

    public override string BoxSearchHint => "Type words and press Enter.";

    public override string ReactTitle => "React with";

    public override string Copied => "Copied, where the terminal allows it.";

    public override string CopiedLink(string link) => $"Copied {link}";

    public override string FailedBelow(string why) => $"Not sent: {why} /retry tries again.";

    public override string PaletteTitle => "Go to";

    public override string PaletteRoom(int unread) => unread == 0 ? "room" : $"room, {unread} new";

    public override string PaletteJoin => "join this room";

    public override string HelpTitle => "Help: commands, keys, signs (type to narrow)";

    public override string SearchTitle => "Search";

    public override string ThreadTitle(int count) => count == 1 ? "Thread · 1 message" : $"Thread · {count} messages";

    public override string NothingSince => "Nothing was said since then, as far as this computer knows.";

    public override string NoThread => "Nothing here answers anything yet. /reply, or Alt+R, answers a message.";

    public override string FoundTitle(int count) => count == 0 ? "Nothing found" : count == 1 ? "1 found" : $"{count} found";

    public override string SettingsTitle => "Settings (they apply at once)";

    public override IReadOnlyList<(string Key, string About)> ChosenKeys =>
    [
        ("r", "with a message chosen: reply"),
        ("e", "with a message chosen: edit"),
        ("+", "with a message chosen: react"),
        ("d", "with a message chosen: take it back"),
        ("c", "with a message chosen: copy its text"),
        ("t", "with a message chosen: show its thread"),
    ];

    public override string ChosenHint(bool mine) => mine ? "r reply  e edit  + react  d delete  c copy  t thread" : "r reply  + react  c copy  t thread  Esc lets go";

    public override string ViNormal => "vi: normal, i writes";

    public override IReadOnlyList<(string Sign, string About)> Signs =>
    [
        ("…  ✓  ✓✓  !", "own messages: waiting, the broker has it, somebody holds it, not sent"),
        ("3  @3  –  ✎", "a room: new messages, one names you, muted, a draft waits"),
        ("●  ○", "a person: here, away"),
        ("✓name", "you compared keys: it is that person"),
        ("!name", "a known name under another key: perhaps somebody else"),
        ("?name", "from a device that is not known yet"),
        ("✗name", "from a device that was taken off its account"),
        ("~name", "a guest, not signed: anybody can write under this name"),
        ("~room", "a private room, encrypted end to end"),
    ];

    public override string NoteTitle => "Papo";

    public override string LinkTitle(string room) => $"Invitation to {room}";

    public override string LinkKeys => "Enter copies the link, Esc closes.";

    public override string WhereBroker(string broker) => $"Connected to {broker}";

    public override string WhereOwn(string signs) => $"Own messages under way: {signs}";

    public override string WhereRooms(string rooms) => $"Your rooms: {rooms}";

    public override string ElsewhereTitle => "elsewhere";

    public override string AboutSetting(string name) => name switch
    {
        "theme" => "colours",
        "time" => "how times are written",
        "density" => "blank rows between people",
        "rooms" => "the list of rooms",
        "people" => "the list of people",
        "notes" => "notes about who came and left",
        "keys" => "keys of Emacs or of vi",
        "mouse" => "whether clicks are Papo's or the terminal's",
        "notify" => "when you are named",
        _ => "",
    };

    public override string SettingIs(string name, string value) => $"{name} is {value} now.";

    public override string NoSuchSetting(string name, string value) => $"There is no setting {name} = {value}. /set shows them all.";

    public override string SettingUnknown(string line, string file) => $"Not understood in {file}: {line}";

    public override string NothingToJumpTo => "There is nothing to go to.";

    public override string OnceMoreToLeave => "Ctrl+C once more leaves.";

    public override string OnlyOnScreen(string command) => $"{command} is for the full screen; you are in plain mode.";

    public override (string Arguments, string About) SlashWhere => ("", "say which room this is, who is here, how the connection stands");

    public override (string Arguments, string About) SlashRead => ("[COUNT]", "read the last messages once more (5)");

    public override (string Arguments, string About) SlashSet => ("[NAME [VALUE]]", "settings of the full screen");

    public override (string Arguments, string About) SlashTheme => ("[auto|dark|light|contrast|16]", "colours of the full screen");

    public override (string Arguments, string About) SlashCopy => ("", "show only the texts, to copy them");
}
