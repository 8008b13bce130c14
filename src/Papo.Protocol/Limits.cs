// Owns: every size limit of the protocol (docs/PROTOCOL.md, Limits), in one place.
// Must never: depend on a broker; the broker's own maximum is applied where messages are sent.
namespace Papo.Protocol;

/// <summary>The protocol's limits. Sizes are in bytes unless a name says otherwise.</summary>
public static class Limits
{
    /// <summary>The text of one message, in UTF-8.</summary>
    public const int Text = 16 * 1024;

    /// <summary>One entry with header, signature and body.</summary>
    public const int Entry = 64 * 1024;

    /// <summary>One frame of a reply (or exactly one entry, if that alone is larger).</summary>
    public const int ReplyFrame = 48 * 1024;

    /// <summary>Frames of one reply; the asker then pulls the next.</summary>
    public const int ReplyFrames = 8;

    /// <summary>A display name, in Unicode code points.</summary>
    public const int NameCodePoints = 40;

    /// <summary>The header of an entry.</summary>
    public const int Header = 4 * 1024;

    /// <summary>The highest place (seq) of a log: sums over all logs and holes of a room stay far from 2^63.</summary>
    public const long Seq = (1L << 40) - 1;

    /// <summary>One request with its signature.</summary>
    public const int Request = 64 * 1024;

    /// <summary>One frame of a reply as received: the largest entry, and the frame around it.</summary>
    public const int Reply = Entry + (4 * 1024);

    /// <summary>Mentions in one entry.</summary>
    public const int Mentions = 64;

    /// <summary>The text of a reaction.</summary>
    public const int Reaction = 64;

    /// <summary>A presence status text, in code points.</summary>
    public const int StatusCodePoints = 80;

    /// <summary>The title of a hub, in code points.</summary>
    public const int HubTitleCodePoints = 80;

    /// <summary>Rooms named in one presence.</summary>
    public const int PresenceRooms = 50;

    /// <summary>Changed heads listed in one beacon.</summary>
    public const int BeaconChanges = 32;

    /// <summary>Ranges asked for in one request.</summary>
    public const int Ranges = 64;

    /// <summary>Entries of unknown devices that wait in a room.</summary>
    public const int WaitingEntries = 64;

    /// <summary>Logs that a room admits from accounts that are not pinned, a minute.</summary>
    public const int NewLogsPerMinute = 60;

    /// <summary>Logs that a room admits in all.</summary>
    public const int LogsPerRoom = 2_000;

    /// <summary>Copies in a device list.</summary>
    public const int Copies = 16;

    /// <summary>Removed copies in a device list.</summary>
    public const int RemovedCopies = 64;

    /// <summary>The name of a copy, in bytes of UTF-8.</summary>
    public const int CopyName = 64;

    /// <summary>Devices that a linked copy may have: so many of its programs run at once.</summary>
    public const int LinkedDevices = 16;

    /// <summary>Members of a private room.</summary>
    public const int PrivateMembers = 256;

    /// <summary>Copies that one commit gives its secret to: more do not fit into an entry.</summary>
    public const int Wraps = 512;

    /// <summary>Commits that one commit names as its parents.</summary>
    public const int Parents = 16;

    /// <summary>Logs whose end one commit names.</summary>
    public const int EndedLogs = 512;

    /// <summary>The name of a private room, in code points.</summary>
    public const int TitleCodePoints = 40;

    /// <summary>Commits of a room that are kept; more are refused.</summary>
    public const int Commits = 8_192;

    /// <summary>Epoch secrets asked for in one request.</summary>
    public const int AskedSecrets = 64;
}
