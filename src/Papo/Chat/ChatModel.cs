// Owns: what the chat knows while it runs: rooms, recent messages, own messages under way, people.
// Must never: print, wait, or ask the library.
using Papo.Client;
using Papo.Protocol;
using Papo.Texts;

namespace Papo.Chat;

/// <summary>An own message that is not with anybody else yet.</summary>
internal sealed record OwnMessage(Room Room, string Quote, MessageState State, MessageState Shown, ChatMessage? Message);

/// <summary>The state of the chat; one loop owns it.</summary>
internal sealed class ChatModel(Words words, TimeZoneInfo zone, string broker, bool live)
{
    private const int RecentMessages = 500; // a room; older ones are found by id in the store
    private const int RememberedIds = 20_000;

    private readonly Dictionary<Room, List<ChatMessage>> _recent = [];
    private readonly HashSet<EntryId> _shown = [];
    private readonly Queue<EntryId> _shownOrder = [];

    /// <summary>The language.</summary>
    public Words Words { get; set; } = words;

    /// <summary>Local time.</summary>
    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>The broker's address, as shown.</summary>
    public string Broker { get; } = broker;

    /// <summary>Whether own lines at the bottom are kept up to date in place (a terminal with the line editor).</summary>
    public bool Live { get; } = live;

    /// <summary>Where lines without a command go; null when in no room.</summary>
    public Room? Current { get; set; } = Room.General;

    /// <summary>Rooms joined.</summary>
    public List<Room> Joined { get; } = [Room.General];

    /// <summary>Rooms whose messages are not shown.</summary>
    public HashSet<Room> Muted { get; } = [];

    /// <summary>Names whose messages are not shown, in lower case.</summary>
    public HashSet<string> Ignored { get; } = [];

    /// <summary>Both as lines: an open room begins with #, a private one is its id, for what it is called may change; no name begins so.</summary>
    public IReadOnlyList<string> Hidden
    {
        get => [.. Muted.Select(static room => room.IsPrivate ? room.Name : room.ToString()).Concat(Ignored).Order(StringComparer.Ordinal)];
        set
        {
            foreach (var line in value)
            {
                if (line.StartsWith('#') ? Room.TryParse(line, out var room) : Room.TryFromWire(line, out room) && room.IsPrivate)
                {
                    Muted.Add(room);
                }
                else if (line is not ['@' or '~' or '#', ..])
                {
                    Ignored.Add(line);
                }
            }
        }
    }

    /// <summary>Own messages under way, by outbox number.</summary>
    public SortedDictionary<long, OwnMessage> Own { get; } = [];

    /// <summary>Outbox numbers handed over since the start.</summary>
    public HashSet<long> Sent { get; } = [];

    /// <summary>The own message at the bottom of a live surface.</summary>
    public long? TailNumber { get; set; }

    /// <summary>People known by presence.</summary>
    public Dictionary<AccountId, Person> People { get; } = [];

    /// <summary>Arrivals and departures that are not told yet.</summary>
    public Crowd Crowd { get; } = new();

    /// <summary>Entries known to be missing.</summary>
    public Dictionary<Room, int> Missing { get; } = [];

    /// <summary>The oldest message shown of a room: <c>/history</c> goes on before it.</summary>
    public Dictionary<Room, EntryId> Oldest { get; } = [];

    /// <summary>Who is typing where.</summary>
    public Dictionary<(Room Room, string Name), DateTimeOffset> Typing { get; } = [];

    /// <summary>Whether short ids are shown.</summary>
    public bool ShowIds { get; set; }

    /// <summary>Whether this user said to be away.</summary>
    public bool Away { get; set; }

    /// <summary>Whether the connection is up.</summary>
    public bool Up { get; set; }

    /// <summary>Whether it ever was.</summary>
    public bool WasUp { get; set; }

    /// <summary>Why it is not, as last told.</summary>
    public string ToldFailure { get; set; } = "";

    /// <summary>Whether the first screen is still being loaded; changes wait meanwhile.</summary>
    public bool Opening { get; set; } = true;

    /// <summary>Changes that wait for the first screen.</summary>
    public List<ChatChange> Waiting { get; } = [];

    /// <summary>The day of the last line.</summary>
    public DateOnly? LastDay { get; set; }

    /// <summary>The exit code so far: 1 after an unknown command in piped input.</summary>
    public int Code { get; set; }

    /// <summary>How lines of a room are written now.</summary>
    public LineContext Lines(Room? room) => new(Words, Zone) { ShowIds = ShowIds, ShowRoom = room is not null && room != Current };

    /// <summary>The recent messages of a room, oldest first.</summary>
    public IReadOnlyList<ChatMessage> Recent(Room room) => _recent.GetValueOrDefault(room) ?? [];

    /// <summary>Keeps a message, or its newer form; false when it had been shown before.</summary>
    public bool Remember(ChatMessage message)
    {
        var recent = _recent.TryGetValue(message.Room, out var known) ? known : _recent[message.Room] = [];
        var at = recent.FindLastIndex(other => IsSame(other, message));
        if (at >= 0)
        {
            recent[at] = message;
        }
        else
        {
            recent.Add(message);
            recent.RemoveRange(0, Math.Max(0, recent.Count - RecentMessages));
        }

        return (message.Id ?? message.LocalId) is not { } id ? at < 0 : MarkShown(id) && at < 0;
    }

    /// <summary>Notes that an entry was shown; false when it had been before.</summary>
    public bool MarkShown(EntryId id)
    {
        if (!_shown.Add(id))
        {
            return false;
        }

        _shownOrder.Enqueue(id);
        if (_shownOrder.Count > RememberedIds)
        {
            _shown.Remove(_shownOrder.Dequeue());
        }

        return true;
    }

    /// <summary>Puts the id and state that an own message got into the kept message.</summary>
    public void Update(Room room, long number, EntryId? id, MessageState state)
    {
        if (_recent.GetValueOrDefault(room) is { } recent && recent.FindLastIndex(message => message.Number == number) is >= 0 and var at)
        {
            recent[at] = recent[at] with { Id = id ?? recent[at].Id, State = state };
            if (id is { } known)
            {
                MarkShown(known);
            }
        }
    }

    /// <summary>Whether somebody's messages are hidden.</summary>
    public bool IsIgnored(Author author) => Ignored.Contains(author.Name.ToLowerInvariant());

    private static bool IsSame(ChatMessage one, ChatMessage other) =>
        (one.Id is not null && one.Id == other.Id) || (one.LocalId is not null && one.LocalId == other.LocalId) || (one.Number is not null && one.Number == other.Number);
}
