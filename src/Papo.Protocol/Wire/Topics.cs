// Owns: every topic of the protocol, both ways (docs/PROTOCOL.md, Topics).
// Must never: build a topic from an unchecked string.
namespace Papo.Protocol;

/// <summary>Which of a space's topics a message came on.</summary>
public enum TopicKind
{
    /// <summary>None of them.</summary>
    Unknown,

    /// <summary><c>chat/{room}</c>: text.</summary>
    Text,

    /// <summary><c>chat/{room}/x</c>: every other entry.</summary>
    Other,

    /// <summary><c>chat/{room}/e</c>: ephemeral: typing, beacons.</summary>
    Ephemeral,

    /// <summary><c>chat/{room}/h</c>: a hub's heads.</summary>
    Heads,

    /// <summary><c>chat/_space</c>: the space card.</summary>
    Space,

    /// <summary><c>chat/_hub/{replica}</c>: a replica's hub card.</summary>
    Hub,

    /// <summary><c>chat/_u/{account}</c>: an account's device list.</summary>
    DeviceList,

    /// <summary><c>chat/_p/{account}/{device}</c>: presence.</summary>
    Presence,

    /// <summary><c>chat/_i/{account}/{device}</c>: an inbox.</summary>
    Inbox,
}

/// <summary>A parsed topic; the fields that its kind has are set.</summary>
public readonly record struct ParsedTopic(TopicKind Kind, Room? Room = null, AccountId Account = default, DeviceId Device = default);

/// <summary>The topics under one root.</summary>
public sealed class Topics
{
    // "_p/", an account, "/", a device.
    private const int LongestTail = 3 + 26 + 1 + 26;

    private readonly string _prefix;

    private Topics(string root)
    {
        Root = root;
        _prefix = root + "/";
    }

    /// <summary>The root level, <c>chat</c> by default.</summary>
    public string Root { get; }

    /// <summary>The space card, retained.</summary>
    public string Space => _prefix + "_space";

    /// <summary>Everybody's presence.</summary>
    public string AllPresences => _prefix + "_p/+/+";

    /// <summary>Every hub card.</summary>
    public string AllHubs => _prefix + "_hub/+";

    /// <summary>Every topic of every room, and nothing else of two levels or more: texts, other entries, ephemerals. For hubs.</summary>
    public IReadOnlyList<string> EveryRoom => [_prefix + "+", _prefix + "+/x", _prefix + "+/e"];

    /// <summary>Everybody's device list.</summary>
    public string AllDeviceLists => _prefix + "_u/+";

    /// <summary>Takes a root: 1 to 40 characters of <c>[A-Za-z0-9._-]</c>.</summary>
    public static bool TryMake(string? root, out Topics topics)
    {
        var valid = root is { Length: > 0 and <= 40 } && root.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        topics = new Topics(valid ? root! : "chat");
        return valid;
    }

    /// <summary>Every topic of a room: <c>chat/{room}/#</c>, which matches <c>chat/{room}</c> too (MQTT 5 §4.7.1.2).</summary>
    public string Everything(Room room) => Text(room) + "/#";

    /// <summary>Text messages of a room.</summary>
    public string Text(Room room)
    {
        ArgumentNullException.ThrowIfNull(room);
        return _prefix + room.Name;
    }

    /// <summary>Where an entry of this kind goes.</summary>
    public string Entries(Room room, EntryKind kind) => kind == EntryKind.Text ? Text(room) : Text(room) + "/x";

    /// <summary>Typing and beacons of a room.</summary>
    public string Ephemeral(Room room) => Text(room) + "/e";

    /// <summary>A replica's hub card.</summary>
    public string Hub(DeviceId replica) => $"{_prefix}_hub/{replica}";

    /// <summary>A device's presence.</summary>
    public string Presence(AccountId account, DeviceId device) => $"{_prefix}_p/{account}/{device}";

    /// <summary>A device's inbox.</summary>
    public string Inbox(AccountId account, DeviceId device) => $"{_prefix}_i/{account}/{device}";

    /// <summary>An account's device list.</summary>
    public string DeviceList(AccountId account) => $"{_prefix}_u/{account}";

    /// <summary>Takes a topic apart; <see cref="TopicKind.Unknown"/> for anything else.</summary>
    public ParsedTopic Parse(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        if (topic.Length > _prefix.Length + LongestTail || !topic.StartsWith(_prefix, StringComparison.Ordinal))
        {
            return default;
        }

        var levels = topic[_prefix.Length..].Split('/');
        return levels[0].StartsWith('_') ? ParseService(levels) : ParseRoom(levels);
    }

    private static ParsedTopic ParseRoom(string[] levels)
    {
        if (levels.Length > 2 || !Room.TryFromWire(levels[0], out var room))
        {
            return default;
        }

        var kind = levels.Length == 1 ? TopicKind.Text : levels[1] switch
        {
            "x" => TopicKind.Other,
            "e" => TopicKind.Ephemeral,
            "h" => TopicKind.Heads,
            _ => TopicKind.Unknown,
        };
        return kind == TopicKind.Unknown ? default : new(kind, room);
    }

    private static ParsedTopic ParseService(string[] levels)
    {
        if (levels is ["_space"])
        {
            return new(TopicKind.Space);
        }

        if (levels is ["_hub", var name])
        {
            return IsCanonical(name) && DeviceId.TryParse(name, out var replica) ? new(TopicKind.Hub, null, default, replica) : default;
        }

        if (levels.Length < 2 || !IsCanonical(levels[1]) || !AccountId.TryParse(levels[1], out var account))
        {
            return default;
        }

        if (levels is ["_u", _])
        {
            return new(TopicKind.DeviceList, null, account);
        }

        var kind = levels[0] switch { "_p" => TopicKind.Presence, "_i" => TopicKind.Inbox, _ => TopicKind.Unknown };
        return kind != TopicKind.Unknown && levels.Length == 3 && IsCanonical(levels[2]) && DeviceId.TryParse(levels[2], out var device)
            ? new(kind, null, account, device)
            : default;
    }

    // Topics and ACL patterns compare bytes: an id in upper case would be a second topic for the same inbox.
    private static bool IsCanonical(string level) => !level.AsSpan().ContainsAnyInRange('A', 'Z');
}
