// Owns: the English of the chat itself.
// Must never: decide when something is said.
using System.Globalization;
using Papo.Client;

namespace Papo.Texts;

/// <summary>English.</summary>
internal sealed partial class English : Words
{
    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    public override string Tag => "en";

    public override string BadgeUnsigned => "unsigned";

    public override string BadgeNewKey => "new key";

    public override string BadgeUnknown => "unknown device";

    public override string MarkEdited => "✎ edited";

    public override string MarkLate => "received later";

    public override string MarkClock => "clock off";

    public override string DeletedText => "message deleted";

    public override string MissingText => "the text is missing, asking for it";

    public override string UnsupportedText => "made by a newer Papo; update to see it";

    public override string LockedText => "needs a key that is not here yet; asked for it";

    public override string RoomOpened(string room, string name) => room == "@" + name
        ? $"{name} writes to you directly; only you two can read it. Answer with /msg {name} TEXT, or go there with /join {room}"
        : $"{name} took you into {room}, a private room. Go there with /join {room}";

    public override string SomethingEarlier => "an earlier message";

    public override string Healed => "The missing messages are here.";

    public override string NothingYet => "No messages yet. Say hi!";

    public override string PastIncomplete => "Part of the past may still be missing; it is shown when it arrives.";

    public override string ConnectionBack => "Connected again.";

    public override string PasteDropped => "Not sent.";

    public override string WaitingForSafety => "Waiting until your messages are safe…";

    public override string Bye => "Bye!";

    public override string ShortDay(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public override string Day(DateOnly day) =>
        $"{day.DayOfWeek}, {day.Day.ToString(CultureInfo.InvariantCulture)} {Months[day.Month - 1]} {day.Year.ToString(CultureInfo.InvariantCulture)}";

    public override string Names(IReadOnlyList<string> names) => Join(names, "and", static n => $"{Number(n)} others");

    public override string Guest(string name) => name == NamelessGuest ? "guest" : $"guest: {name}";

    public override string EditedLine(string name) => $"{name} edited:";

    public override string WithdrawnLine(string name) => $"what {name} said then came after a removal: it counts for nobody";

    public override string RestoredLine(string name) => $"what {name} said then counts again";

    public override string DeletedLine(string name, string time) => $"{name} deleted a message" + (time.Length == 0 ? "" : $" from {time}");

    public override string Reacted(string name, string reaction, string author, string quote) => $"{name} reacted {reaction} to {author}: {quote}";

    public override string Unreacted(string name, string author, string quote) => $"{name} took back a reaction to {author}: {quote}";

    public override string Came(string names, int count) => $"→ {names} {(count == 1 ? "is" : "are")} here";

    public override string Left(string names, int count) => $"← {names} left";

    public override string Renamed(string before, string after) => $"{before} is now called {after}";

    public override string WentAway(string name, string status) => $"{name} is away" + (status.Length == 0 ? "" : $": {status}");

    public override string CameBack(string name) => $"{name} is back";

    public override string Typing(string names, int count) => $"{names} {(count == 1 ? "is" : "are")} typing…";

    public override string Missing(int count) => Plural(count, "1 message missing, asking…", "{n} messages missing, asking…");

    public override string Header(string room, int here) => $"{room} · {Number(here)} here";

    public override string HeaderOffline(string room) => $"{room} · not connected";

    public override string ConnectionLost(string why) =>
        $"Connection lost: {why} Trying again by itself; what you write meanwhile is kept and sent then.";

    public override string StillWaiting(string why) => $"Still not connected: {why}";

    public override string NotSent(string quote, string why) => $"! not sent: {quote}. {why} It is kept; /retry tries again.";

    public override string StateOne(string mark, string quote) => $"{mark} {quote}";

    public override string StateMany(string mark, int count) => $"{mark} {Number(count)} messages";

    public override string AskBeforePaste(int lines) => $"Send these {Number(lines)} lines as one message? Enter sends, Ctrl+C drops them.";

    public override string StillUnsafe(int count) => Plural(
        count,
        "1 message is not with anybody else yet. It stays in the outbox and goes out the next time.",
        "{n} messages are not with anybody else yet. They stay in the outbox and go out the next time.");

    public override string HostLeaves(int others) => Plural(
        others,
        "This computer hosted the chat: it ends for the other person here until somebody hosts again. What was said stays on both computers.",
        "This computer hosted the chat: it ends for the {n} others here until somebody hosts again. What was said stays on everybody's computer.");

    public override string Notice(Notice notice, string room, string text) => notice.Kind switch
    {
        NoticeKind.NameClash => $"Two people use the same name; the newer one is shown as {text}.",
        NoticeKind.KeyChanged => $"{text} writes with a new key. It may be a new computer, or somebody else: ask before you trust it.",
        NoticeKind.VerifiedNameTaken => $"{text} uses the name of somebody you verified, with another key. Until you have looked at it with /verify, nothing goes to either of them directly.",
        NoticeKind.BadSignature => Plural(notice.Count, "1 forged or damaged message was dropped.", "{n} forged or damaged messages were dropped."),
        NoticeKind.Malformed => Plural(notice.Count, "1 unreadable message was dropped.", "{n} unreadable messages were dropped."),
        NoticeKind.Forked => $"A device of {text} signed two different messages under one number. Nothing newer from that device is taken.",
        NoticeKind.SlotRetired => "This profile is also in use somewhere else (a copy?). A new device was made here; nothing is lost.",
        NoticeKind.SpaceChanged => "This broker now carries another community than before. What you had is kept apart, on this computer.",
        NoticeKind.SpaceRestored => "The broker had lost this chat's mark; it was put back.",
        NoticeKind.StoreFailed => $"Cannot write to the disk: {text} Nothing is accepted until it works again; free some space or check the folder.",
        NoticeKind.StoreRecovered => "The disk works again.",
        NoticeKind.FloodRefused => Plural(notice.Count, $"A flood in {room}: 1 new sender was not let in.", $"A flood in {room}: {{n}} new senders were not let in."),
        NoticeKind.ClockDoubtful => $"The clock of {text} is far off; those messages stand where they arrived.",
        NoticeKind.Drained => Plural(
            notice.Count, "Sending 1 message that was left in the outbox.", "Sending {n} messages that were left in the outbox."),
        NoticeKind.KeyMissing => $"Messages in {room} need a key that a computer of {text} has; asked for it. They show once it comes.",
        NoticeKind.KeyAwaited => $"The program of {text} has not shown its key yet. What you write is kept and goes out when it has.",
        NoticeKind.BackInRoom => $"You were added to {room} again. What was said while you were out stays closed to you unless the room shares its past.",
        NoticeKind.RemovedFromRoom => $"You were taken out of {room}. What was said before stays here; nothing new comes.",
        NoticeKind.OutsiderRefused => Plural(notice.Count, $"Something in {room} from somebody who is not in it was dropped.", $"{{n}} things in {room} from people who are not in it were dropped."),
        NoticeKind.CameByLink => $"{text} came into {room} by your link.",
        NoticeKind.DeviceRemoved => $"{text} has removed a computer from the account; what it says is marked.",
        NoticeKind.RemovedHere => "This computer was removed from your account. What it holds stays readable here; it can send nothing any more.",
        NoticeKind.DeviceAsks => $"A computer called {text} wants to be linked to your account. Type the code that it shows: /devices CODE, or refuse it: /devices no",
        NoticeKind.DeviceLinked => $"{text} is linked to your account.",
        NoticeKind.HubFound => text.Length > 0 ? $"A hub keeps the past of this place: {text}." : "A hub keeps the past of this place.",
        NoticeKind.KeyPinned => $"First time at this broker, and nobody known vouches for its certificate. From now on it must have this key: {text}",
        NoticeKind.HubDoubtful => "Somebody else also says to be the hub here. Papo keeps to the one it knows.",
        _ => $"{notice.Kind} {text}".TrimEnd(),
    };
}
