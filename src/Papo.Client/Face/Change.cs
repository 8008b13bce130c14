// Owns: what the library tells its user, one record a change.
// Must never: carry wording; people read the texts of the program that shows it.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>Something that changed; read them from <see cref="ChatClient.Changes"/> in order.</summary>
public abstract record ChatChange;

/// <summary>The connection went up or down.</summary>
public sealed record ConnectionChanged(Connection Connection) : ChatChange;

/// <summary>A message to show: of others, of guests, or one's own once it is on disk.</summary>
public sealed record MessageArrived(ChatMessage Message) : ChatChange;

/// <summary>An edit, deletion or reaction arrived, or something counts no longer, or again. <paramref name="Target"/> is the folded message, null while it is unknown here.</summary>
public sealed record MessageAmended(ChatMessage Amendment, ChatMessage? Target) : ChatChange;

/// <summary>An own message moved on. <paramref name="Id"/> is known from <see cref="MessageState.Sent"/> on; <paramref name="Reason"/> only with <see cref="MessageState.Failed"/>.</summary>
public sealed record StateChanged(Room Room, long Number, EntryId? Id, MessageState State, SendProblem? Reason) : ChatChange;

/// <summary>How many entries of a room are known to be missing; 0 when healed.</summary>
public sealed record MissingChanged(Room Room, int Missing) : ChatChange;

/// <summary>After a connection came up: everything the reachable members had for this room has been shown.</summary>
public sealed record CaughtUp(Room Room) : ChatChange;

/// <summary>Somebody came, left, or changed name, status or rooms.</summary>
public sealed record PersonChanged(Person Person, PersonEvent What) : ChatChange;

/// <summary>Somebody wrote directly, or took this account into a private room: it is joined.</summary>
public sealed record RoomOpened(Room Room, Author By) : ChatChange;

/// <summary>Somebody started or stopped typing.</summary>
public sealed record TypingChanged(Room Room, Author Who, bool Typing) : ChatChange;

/// <summary>A fact the user should know once.</summary>
public sealed record Noticed(Notice Notice) : ChatChange;

/// <summary>What happened to a person.</summary>
public enum PersonEvent
{
    /// <summary>First device online.</summary>
    Came,

    /// <summary>Last device gone.</summary>
    Left,

    /// <summary>Name, status text or rooms changed.</summary>
    Updated,
}

/// <summary>Whether and to what this client is connected.</summary>
/// <param name="Up">Connected, subscribed and in a known space.</param>
/// <param name="Failure">Why not, when the last try failed or the connection broke.</param>
/// <param name="RetryIn">When the next try begins, if one does.</param>
public sealed record Connection(bool Up, ConnectFailure? Failure, TimeSpan? RetryIn);

/// <summary>Why a message was not taken by the broker or by the library.</summary>
public enum SendProblem
{
    /// <summary>Longer than <see cref="Limits.Text"/> or the broker's maximum.</summary>
    TooLong,

    /// <summary>Nothing to send.</summary>
    Empty,

    /// <summary>The broker does not allow this account to write there.</summary>
    NotAllowed,

    /// <summary>The broker's quota is used up.</summary>
    Quota,

    /// <summary>The message to amend is not one's own.</summary>
    NotYours,

    /// <summary>The message to amend is not known here.</summary>
    UnknownTarget,

    /// <summary>This account is no longer in the private room.</summary>
    NotMember,

    /// <summary>This copy was removed from its account.</summary>
    DeviceRemoved,

    /// <summary>The room has not been joined.</summary>
    NotJoined,

    /// <summary>The broker refused it for another reason.</summary>
    Refused,

    /// <summary>It could not be written to the disk; nothing is kept.</summary>
    StoreFailed,

    /// <summary>The client is ending.</summary>
    Ending,

    /// <summary>Two accounts use the name, the key of one of them was compared, and the user has not said that he knows of the other.</summary>
    NameContested,
}

/// <summary>Facts that are told once, in the program's words.</summary>
public enum NoticeKind
{
    /// <summary>Somebody uses a name that belongs to another account here. Text: the name as now shown.</summary>
    NameClash,

    /// <summary>A known name came under a new key. Text: the name as now shown.</summary>
    KeyChanged,

    /// <summary>Somebody came under the name of a verified person with another key: nothing is sent to either before the user has seen who is who. Text: the name as now shown.</summary>
    VerifiedNameTaken,

    /// <summary>Entries with a wrong signature (or cut and pasted) were dropped. Count.</summary>
    BadSignature,

    /// <summary>Malformed data was dropped. Count.</summary>
    Malformed,

    /// <summary>A device signed two different entries under one number. Text: its name.</summary>
    Forked,

    /// <summary>This copy of the profile is a duplicate of one still in use; a new device was made.</summary>
    SlotRetired,

    /// <summary>The broker now carries another community than before; this one's past is kept apart.</summary>
    SpaceChanged,

    /// <summary>The broker had lost the community's mark; it was put back.</summary>
    SpaceRestored,

    /// <summary>The store could not write (full or read-only disk); nothing is accepted until it can. Text: technical detail.</summary>
    StoreFailed,

    /// <summary>The store works again.</summary>
    StoreRecovered,

    /// <summary>New logs were refused by the flood limit of a room. Count.</summary>
    FloodRefused,

    /// <summary>A member's clock is far off. Text: the name.</summary>
    ClockDoubtful,

    /// <summary>What stopped processes of this profile had left unsent is being sent. Count.</summary>
    Drained,

    /// <summary>A hub keeps the past here, and is pinned from now on. Text: its title, perhaps empty.</summary>
    HubFound,

    /// <summary>Somebody else than the pinned hub says to be one; it is not believed.</summary>
    HubDoubtful,

    /// <summary>Messages of a private room need a key that is not here; it is asked for. Text: who wrote one of them. Count: of how many epochs.</summary>
    KeyMissing,

    /// <summary>Somebody's program has not shown the key that messages to him are sealed with; they wait. Text: the name.</summary>
    KeyAwaited,

    /// <summary>This account was taken out of a private room; what was said there before stays readable here.</summary>
    RemovedFromRoom,

    /// <summary>This account was taken into a private room again.</summary>
    BackInRoom,

    /// <summary>Something came in a private room from people who are not in it, and was dropped. Count.</summary>
    OutsiderRefused,

    /// <summary>Somebody came into a private room by a link that this profile made. Text: the name.</summary>
    CameByLink,

    /// <summary>Somebody has removed a computer from his account; what it says is marked. Text: the name.</summary>
    DeviceRemoved,

    /// <summary>This copy was removed from its account: it reads what it holds and sends nothing any more.</summary>
    RemovedHere,

    /// <summary>A new copy asks to be linked to this account. Text: what it is called.</summary>
    DeviceAsks,

    /// <summary>A new copy is linked to this account. Text: what it is called.</summary>
    DeviceLinked,

    /// <summary>No known authority vouches for the broker: its key is pinned from now on. Text: the key, see <see cref="KeyFingerprint"/>.</summary>
    KeyPinned,
}

/// <summary>One such fact.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Room">The room it concerns, if one.</param>
/// <param name="Text">A name or technical detail; see the kind.</param>
/// <param name="Count">How many; see the kind.</param>
public sealed record Notice(NoticeKind Kind, Room? Room = null, string? Text = null, long Count = 0);
