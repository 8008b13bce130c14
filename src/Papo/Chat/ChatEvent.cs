// Owns: everything that can happen to a running chat, one record each.
// Must never: do anything.
using Papo.Client;
using Papo.Protocol;
using Papo.Terminal;

namespace Papo.Chat;

/// <summary>Something that happened.</summary>
internal abstract record ChatEvent;

/// <summary>The library told a change.</summary>
internal sealed record ChangeEvent(ChatChange Change) : ChatEvent;

/// <summary>Keys were pressed.</summary>
internal sealed record KeysEvent(IReadOnlyList<Key> Keys) : ChatEvent;

/// <summary>The terminal has another size, or the program goes on after a stop (then nothing it drew is where it was).</summary>
internal sealed record RepaintEvent(bool AfterStop) : ChatEvent;

/// <summary>The terminal has gone.</summary>
internal sealed record TerminalClosedEvent : ChatEvent;

/// <summary>A second passed.</summary>
internal sealed record TickEvent : ChatEvent;

/// <summary>The library stopped telling changes.</summary>
internal sealed record ClientEndedEvent : ChatEvent;

/// <summary>A draft was taken.</summary>
internal sealed record SendTaken(long Number, Room Room, Draft Draft) : ChatEvent;

/// <summary>A draft was not taken; nothing is kept, so the text goes back into the input.</summary>
internal sealed record SendNotTaken(SendProblem Problem, string Typed) : ChatEvent;

/// <summary>No message has an id that begins so.</summary>
internal sealed record NoSuchId(string Prefix, string Typed) : ChatEvent;

/// <summary>A part of the past; <paramref name="Here"/> is how many people are in the room, null when not connected or not asked.</summary>
internal sealed record HistoryLoaded(Room Room, HistoryPage Page, int? Here, HistoryUse Use) : ChatEvent
{
    /// <summary>It begins at a time that was asked for, not before what was shown.</summary>
    public bool IsFromTime { get; init; }
}

/// <summary>Messages found.</summary>
internal sealed record SearchDone(SearchPage Found) : ChatEvent;

/// <summary>The thread of a message, oldest first.</summary>
internal sealed record ThreadKnown(IReadOnlyList<ChatMessage> Messages) : ChatEvent;

/// <summary>Rooms.</summary>
internal sealed record RoomsListed(IReadOnlyList<RoomSummary> Rooms) : ChatEvent;

/// <summary>People.</summary>
internal sealed record PeopleListed(IReadOnlyList<Person> People, Room? Room, bool HeaderOnly) : ChatEvent;

/// <summary>A room was joined.</summary>
internal sealed record RoomJoined(Room Room) : ChatEvent;

/// <summary>Direct messages are open, and something was said there.</summary>
internal sealed record DirectOpened(Room Room, ChatEvent Sent) : ChatEvent;

/// <summary>Nobody is known under a name.</summary>
internal sealed record NobodyCalled(string Name, string Typed) : ChatEvent;

/// <summary>What became of taking somebody into a room, or out of it.</summary>
internal sealed record MemberChanged(string Name, Room Room, bool IsIn, MemberResult Result) : ChatEvent;

/// <summary>A link to a room, null where this account may make none; <paramref name="OnlyHere"/> where no other computer reaches the broker.</summary>
internal sealed record LinkMade(Room Room, InviteLink? Link, DateTimeOffset Until, bool OnlyHere) : ChatEvent;

/// <summary>About the computers of this account: one of the three is set; none where this copy cannot do that.</summary>
internal sealed record DeviceAnswer(IReadOnlyList<AccountCopy>? Copies, InviteLink? Link, LinkingState? State, bool OnlyHere) : ChatEvent;

/// <summary>What became of naming a computer or taking it off.</summary>
internal enum DeviceOutcome
{
    Unknown,
    Asked,
    Named,
    TakenOff,
    HoldsKey,
    NotHere,
}

/// <summary>A computer was named or taken off, or not; <paramref name="Given"/> is how the person called it.</summary>
internal sealed record DeviceChanged(DeviceOutcome Outcome, string Name, string Given) : ChatEvent;

/// <summary>The name can be changed only on another computer.</summary>
internal sealed record NameHeldElsewhere : ChatEvent;

/// <summary>What there is to compare with somebody, after what was decided.</summary>
internal sealed record SafetyKnownOf(SafetyCheck Check, bool? Decision) : ChatEvent;

/// <summary>Comparing by emoji was begun here.</summary>
internal sealed record EmojiAskedFor(EmojiBegun Begun) : ChatEvent;

/// <summary>A room was left.</summary>
internal sealed record RoomLeft(Room Room) : ChatEvent;

/// <summary>The name was changed.</summary>
internal sealed record NameChanged(DisplayName Name) : ChatEvent;

/// <summary>The status was changed.</summary>
internal sealed record StatusSet(bool Away) : ChatEvent;

/// <summary>Failed messages are tried again.</summary>
internal sealed record Retried : ChatEvent;

/// <summary>What is not shown is on the disk.</summary>
internal sealed record HiddenKept : ChatEvent;

/// <summary>Every message of a piped input is as safe as it gets.</summary>
internal sealed record SafetyKnown(int Code, IReadOnlyList<string> Remarks) : ChatEvent;

/// <summary>The library gave an effect up because its disk failed.</summary>
internal sealed record NotDone : ChatEvent;

/// <summary>An effect failed in a way nobody foresaw.</summary>
internal sealed record Faulted(Exception Fault) : ChatEvent;
