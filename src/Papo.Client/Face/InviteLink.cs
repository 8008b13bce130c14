// Owns: the link that leads somebody to a chat: how it is written and read.
// Must never: hold what a shell takes apart; it is pasted after `papo join`.
using System.Diagnostics.CodeAnalysis;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>
/// <c>papo://HOST[:PORT]/ROOM/s=SPACE</c> and, where they say more than that, further parts in any order; parts that are not known are skipped:
/// <c>v=</c> mqtts, ws or wss · <c>p=</c> the path of a WebSocket · <c>r=</c> the root of topics · <c>k=</c> the broker's key (43 characters of base64url)
/// · <c>a=</c> the account that lets in · <c>d=</c> its device, in a link for one more copy, which has <c>@me</c> for a room · <c>t=</c> the token (docs/PROTOCOL.md, Links).
/// </summary>
public sealed record InviteLink
{
    /// <summary>How every link begins.</summary>
    public const string Scheme = "papo://";
    private const string Me = "@me";
    private const string DefaultRoot = "chat";
    private const int MostLetters = 1_024;

    /// <summary>How long a link into a private room is good where nobody says otherwise.</summary>
    public static readonly TimeSpan UsualTime = TimeSpan.FromHours(24);

    /// <summary>Where the chat is.</summary>
    public required BrokerAddress Broker { get; init; }

    /// <summary>Which one it is; what is at that address now may be another.</summary>
    public required SpaceId Space { get; init; }

    /// <summary>The room it leads to; null where it links one more copy to an account.</summary>
    public Room? Room { get; init; }

    /// <summary>Root of all topics.</summary>
    public string Root { get; init; } = DefaultRoot;

    /// <summary>The key the broker must have (<see cref="KeyFingerprint"/>) where nobody known vouches for it, or null.</summary>
    public string? BrokerKey { get; init; }

    /// <summary>Whose devices take the token; set with it.</summary>
    public AccountId? Account { get; init; }

    /// <summary>The device that waits for the new copy; set where there is no room.</summary>
    public DeviceId? Device { get; init; }

    /// <summary>Lets its bearer in, once; null for open rooms.</summary>
    public LinkToken? Token { get; init; }

    /// <summary>Reads a link; never throws.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out InviteLink? link)
    {
        link = null;
        text = text?.Trim() ?? "";
        if (text.Length > MostLetters || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var levels = text[Scheme.Length..].TrimEnd('/').Split('/');
        if (levels.Length < 3 || !TryRoom(levels[1], out var room) || !TryParts(levels.AsSpan(2), out var parts)
            || !SpaceId.TryParse(parts.GetValueOrDefault('s'), out var space) || !TryBroker(levels[0], parts, out var broker))
        {
            return false;
        }

        var known = new InviteLink { Broker = broker, Space = space, Room = room, Root = parts.GetValueOrDefault('r') ?? DefaultRoot };
        return Topics.TryMake(known.Root, out _) && TryKey(ref known, parts) && TryToken(ref known, parts) && (link = known) is not null;
    }

    /// <summary>The link.</summary>
    public override string ToString()
    {
        var address = Broker.ToString();
        var (scheme, rest) = (address[..address.IndexOf(':')], address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..]);
        var slash = rest.IndexOf('/');
        string?[] parts =
        [
            Scheme + (slash < 0 ? rest : rest[..slash]),
            Room?.Name ?? Me,
            "s=" + Space,
            scheme == "mqtt" ? null : "v=" + scheme,
            slash < 0 ? null : "p=" + Uri.EscapeDataString(rest[slash..]),
            Root == DefaultRoot ? null : "r=" + Root,
            BrokerKey is null ? null : "k=" + System.Buffers.Text.Base64Url.EncodeToString(Convert.FromHexString(BrokerKey)),
            Account is { } account ? "a=" + account : null,
            Device is { } device ? "d=" + device : null,
            Token is null ? null : "t=" + Token.ToText(),
        ];
        return string.Join('/', parts.OfType<string>());
    }

    private static bool TryRoom(string level, out Room? room)
    {
        room = null;
        return level == Me || Room.TryFromWire(level, out room);
    }

    private static bool TryParts(ReadOnlySpan<string> levels, out Dictionary<char, string> parts)
    {
        parts = [];
        foreach (var level in levels)
        {
            if (level.Length < 3 || level[1] != '=' || !parts.TryAdd(level[0], level[2..]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryBroker(string authority, Dictionary<char, string> parts, [NotNullWhen(true)] out BrokerAddress? broker)
    {
        broker = null;
        return !authority.Contains('@')
            && BrokerAddress.TryParse($"{parts.GetValueOrDefault('v') ?? "mqtt"}://{authority}{Uri.UnescapeDataString(parts.GetValueOrDefault('p') ?? "")}", out broker, out _);
    }

    private static bool TryKey(ref InviteLink link, Dictionary<char, string> parts)
    {
        if (parts.GetValueOrDefault('k') is not { } text)
        {
            return true;
        }

        var key = new byte[32];
        if (text.Length != 43 || !System.Buffers.Text.Base64Url.TryDecodeFromChars(text, key, out var length) || length != key.Length)
        {
            return false;
        }

        link = link with { BrokerKey = Convert.ToHexStringLower(key) };
        return true;
    }

    private static bool TryToken(ref InviteLink link, Dictionary<char, string> parts)
    {
        if (parts.GetValueOrDefault('t') is not { } text)
        {
            return link.Room is { IsPrivate: false };
        }

        if (!LinkToken.TryParse(text, out var token) || !AccountId.TryParse(parts.GetValueOrDefault('a'), out var account))
        {
            return false;
        }

        var hasDevice = DeviceId.TryParse(parts.GetValueOrDefault('d'), out var device);
        link = link with { Token = token, Account = account, Device = link.Room is null && hasDevice ? device : null };
        return link.Room is not null || hasDevice;
    }
}

/// <summary>A link into a private room that this profile made.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Room">Where it leads.</param>
/// <param name="Until">When it ends (UTC).</param>
/// <param name="UsedBy">Who came by it, or null.</param>
public sealed record RoomLink(TokenId Id, Room Room, DateTimeOffset Until, Author? UsedBy);

/// <summary>How coming by a link ended.</summary>
public enum EnterResult
{
    /// <summary>In the room.</summary>
    Done,

    /// <summary>No connection in that time.</summary>
    NotConnected,

    /// <summary>Another community is at that address now.</summary>
    OtherSpace,

    /// <summary>Nobody who can let in was there in that time.</summary>
    NobodyThere,

    /// <summary>The link's time is over.</summary>
    Expired,

    /// <summary>Somebody else came by it.</summary>
    Used,

    /// <summary>It was taken back, or who made it may let nobody in any more.</summary>
    Refused,
}
