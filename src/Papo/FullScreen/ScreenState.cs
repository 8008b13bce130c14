// Owns: what of the screen outlives the program: how far each room was read, what was being written.
// Must never: lose a draft because another line of the file is damaged.
using System.Globalization;
using System.Text;
using Papo.Protocol;

namespace Papo.FullScreen;

/// <summary>What is kept of a room.</summary>
/// <param name="ReadTo">The time of the newest message that was seen.</param>
/// <param name="Draft">What was written and not sent.</param>
internal sealed record KeptRoom(DateTimeOffset ReadTo, string Draft);

/// <summary>What is kept of all rooms.</summary>
internal sealed record ScreenState(IReadOnlyDictionary<Room, KeptRoom> Rooms, Room? Current)
{
    private const string CurrentMark = "*";

    /// <summary>Nothing.</summary>
    public static ScreenState Empty { get; } = new(new Dictionary<Room, KeptRoom>(), null);

    /// <summary>Reads it: a line a room, <c>[*]room SPACE time in milliseconds SPACE draft in base64</c>.</summary>
    public static ScreenState Read(IEnumerable<string> lines)
    {
        Dictionary<Room, KeptRoom> rooms = [];
        Room? current = null;
        foreach (var line in lines)
        {
            var parts = line.Split(' ');
            var isCurrent = parts[0].StartsWith(CurrentMark, StringComparison.Ordinal);
            if (parts.Length != 3 || !Room.TryFromWire(parts[0].TrimStart(CurrentMark[0]), out var room)
                || !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var readTo)
                || readTo < DateTimeOffset.MinValue.ToUnixTimeMilliseconds() || readTo > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            {
                continue;
            }

            current = isCurrent ? room : current;
            rooms[room] = new KeptRoom(DateTimeOffset.FromUnixTimeMilliseconds(readTo), Text(parts[2]));
        }

        return new ScreenState(rooms, current);
    }

    /// <summary>The state of a model.</summary>
    public static ScreenState Of(ScreenModel model)
    {
        Dictionary<Room, KeptRoom> rooms = [];
        foreach (var conversation in model.Conversations.Where(conversation => model.Chat.Joined.Contains(conversation.Room)))
        {
            var draft = conversation == model.Current ? model.Editor.Text : conversation.Draft.Text;
            rooms[conversation.Room] = new KeptRoom(conversation.ReadTo, draft);
        }

        return new ScreenState(rooms, model.Chat.Current);
    }

    /// <summary>As lines.</summary>
    public IReadOnlyList<string> Lines() => [.. Rooms.OrderBy(static pair => pair.Key.Name, StringComparer.Ordinal).Select(pair =>
        $"{(pair.Key == Current ? CurrentMark : "")}{pair.Key.Name} {pair.Value.ReadTo.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)} {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair.Value.Draft))}")];

    private static string Text(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
    }
}
