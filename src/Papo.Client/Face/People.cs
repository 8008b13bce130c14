// Owns: people and rooms as the face of the library shows them.
// Must never: decide who is trusted; it only carries the decision.
using Papo.Protocol;

namespace Papo.Client;

/// <summary>An account, as far as presence tells: the union of its devices.</summary>
/// <param name="Who">Name, account, trust.</param>
/// <param name="Online">At least one device is here.</param>
/// <param name="Since">When the present state began (UTC).</param>
/// <param name="Status">The away or status text; empty when none.</param>
/// <param name="Away">Every device that is here says it is away.</param>
/// <param name="Devices">Devices online.</param>
/// <param name="Rooms">Open rooms its devices say they are in.</param>
/// <param name="IsMe">This account.</param>
public sealed record Person(
    Author Who, bool Online, DateTimeOffset Since, string Status, bool Away, int Devices, IReadOnlyList<Room> Rooms, bool IsMe);

/// <summary>A room in a listing.</summary>
/// <param name="Room">Which.</param>
/// <param name="Joined">Whether this profile is in it.</param>
/// <param name="Online">People here now, as far as presence tells, oneself included.</param>
/// <param name="Messages">Messages held on this computer.</param>
/// <param name="Last">The time of the latest one held, if any.</param>
/// <param name="Missing">Entries known to be missing.</param>
public sealed record RoomSummary(Room Room, bool Joined, int Online, long Messages, DateTimeOffset? Last, int Missing);

/// <summary>Where a chat takes place.</summary>
/// <param name="Hub">What the serving hub calls itself, perhaps empty; null where none serves.</param>
/// <param name="RoundTrip">How long the broker took to answer last; null while not connected.</param>
public sealed record Venue(string? Hub, TimeSpan? RoundTrip);

/// <summary>What became of taking somebody into a private room, or out of it.</summary>
public enum MemberResult
{
    /// <summary>It is done, and goes out to the others.</summary>
    Done,

    /// <summary>He was in it already, or was not.</summary>
    NoChange,

    /// <summary>Nobody is known here under this name.</summary>
    UnknownPerson,

    /// <summary>Only who made the room, or was appointed by him, may; and nobody takes part in direct messages but the two.</summary>
    NotAllowed,

    /// <summary>It is no private room, or was not joined.</summary>
    NotPrivate,

    /// <summary>Two accounts use this name, and it is in doubt which one is meant; see <see cref="SendProblem.NameContested"/>.</summary>
    NameContested,

    /// <summary>Not connected: who is in the room is decided only with the newest that is known.</summary>
    NotConnected,
}

/// <summary>What a client holds.</summary>
/// <param name="Bytes">Size of its store.</param>
/// <param name="Entries">Entries that were ever stored in it.</param>
public sealed record Held(long Bytes, long Entries);

/// <summary>Which part of the past to show; oldest first. At most one of the bounds of each side is used, ids first.</summary>
/// <param name="Count">Messages at most.</param>
public sealed record HistoryQuery(int Count)
{
    /// <summary>Only what is ordered before this message.</summary>
    public EntryId? BeforeId { get; init; }

    /// <summary>Only what is ordered after this message.</summary>
    public EntryId? AfterId { get; init; }

    /// <summary>Only what was written before this time.</summary>
    public DateTimeOffset? BeforeTime { get; init; }

    /// <summary>Only what was written after this time.</summary>
    public DateTimeOffset? AfterTime { get; init; }
}

/// <summary>A part of the past.</summary>
/// <param name="Messages">Oldest first.</param>
/// <param name="Complete">False when members that could have more did not answer in time, or entries are known to be missing.</param>
/// <param name="UnknownAnchor">The message named as a bound is not known here.</param>
public sealed record HistoryPage(IReadOnlyList<ChatMessage> Messages, bool Complete, bool UnknownAnchor)
{
    /// <summary>Who helped out with what was not here.</summary>
    public PastSource Source { get; init; }
}

/// <summary>Where a part of the past came from, beside what is on this computer.</summary>
public enum PastSource
{
    /// <summary>From nowhere else: it was all here, or nobody could be asked.</summary>
    ThisComputer,

    /// <summary>From another member.</summary>
    Member,

    /// <summary>From the hub's archive.</summary>
    Hub,
}

/// <summary>What a search found.</summary>
/// <param name="Messages">Newest first.</param>
/// <param name="Source"><see cref="PastSource.Hub"/> when a hub has searched too; else only what this computer holds was searched.</param>
public sealed record SearchPage(IReadOnlyList<ChatMessage> Messages, PastSource Source);
