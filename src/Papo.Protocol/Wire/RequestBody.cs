// Owns: what a device may ask another: have, get, page, sync, search, and their arguments (docs/PROTOCOL.md, Requests).
// Must never: know how it is written.
namespace Papo.Protocol;

/// <summary>A run of entries of one log, both ends included.</summary>
public readonly record struct EntryRange(DeviceId Device, long From, long To)
{
    /// <summary>Entries in it.</summary>
    public long Count => To - From + 1;
}

/// <summary>Which part of the past a page request means.</summary>
public enum PageAnchor
{
    /// <summary>The latest messages.</summary>
    Latest = 0,

    /// <summary>Messages ordered before a stamp.</summary>
    Before = 1,

    /// <summary>Messages ordered after a stamp.</summary>
    After = 2,

    /// <summary>Messages around a stamp.</summary>
    Around = 3,
}

/// <summary>What is asked.</summary>
public abstract record RequestBody;

/// <summary>
/// The newest entry of each log of these rooms in order of device, or of these logs only when any are named. An answer that says "more" is
/// continued by asking again with <paramref name="After"/>: only logs of greater device ids.
/// </summary>
public sealed record HaveRequest(IReadOnlyList<Room> Rooms, IReadOnlyList<DeviceId> Logs, DeviceId After = default) : RequestBody;

/// <summary>These ranges of a room, in this order, as far as held.</summary>
public sealed record GetRequest(Room Room, IReadOnlyList<EntryRange> Ranges) : RequestBody;

/// <summary>Up to <paramref name="Count"/> messages (1 to 1,000) near a stamp, with everything that amends them.</summary>
public sealed record PageRequest(Room Room, PageAnchor Anchor, Hlc Stamp, int Count) : RequestBody;

/// <summary>
/// What became known of these rooms since a cursor that the same replica gave, in whatever order it pleases; the answer carries the next cursor.
/// An empty cursor asks for one that means "from now on".
/// </summary>
public sealed record SyncRequest(ReadOnlyMemory<byte> Cursor, IReadOnlyList<Room> Rooms) : RequestBody
{
    /// <summary>Bytes of a cursor; only who gave it knows what they mean.</summary>
    public const int MaxCursor = 128;
}

/// <summary>Up to <paramref name="Count"/> messages (1 to 200) with all words, the last one as a beginning, in these rooms (1 to 64), of one name or all; with what amends them.</summary>
public sealed record SearchRequest(string Words, IReadOnlyList<Room> Rooms, string? From, int Count) : RequestBody
{
    /// <summary>Characters of the words (UTF-16 units).</summary>
    public const int MaxWords = 200;

    /// <summary>Rooms in a request.</summary>
    public const int MaxRooms = 64;

    /// <summary>Messages in an answer.</summary>
    public const int MaxCount = 200;

    /// <summary>Whether the sizes are.</summary>
    public bool IsInBounds => Words.Length is > 0 and <= MaxWords && Rooms.Count is > 0 and <= MaxRooms && Count is > 0 and <= MaxCount && From is not { Length: > MaxWords };
}

/// <summary>The commits of a private room in the order in which the answering device came to hold them, those after the first <paramref name="Skip"/>.</summary>
public sealed record CommitsRequest(Room Room, long Skip) : RequestBody;

/// <summary>
/// The secrets of these epochs (at most <see cref="Limits.AskedSecrets"/>) of a private room, sealed to a copy that stands in the asker's device list.
/// </summary>
public sealed record SecretsRequest(Room Room, DeviceList List, CopyId Copy, IReadOnlyList<EntryId> Commits) : RequestBody;

/// <summary>An op of a later version.</summary>
public sealed record UnknownRequest(int Op) : RequestBody;
