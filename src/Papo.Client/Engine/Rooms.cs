// Owns: the rooms of this profile in memory: their logs, what of them was told, what waits to be told.
// Must never: decide what an entry means.
using System.Diagnostics.CodeAnalysis;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Where a room stands after a connection came up.</summary>
internal enum CatchUpStage
{
    /// <summary>Not begun: not connected.</summary>
    Waiting,

    /// <summary>A member was asked for its heads.</summary>
    Asking,

    /// <summary>What is missing is being fetched.</summary>
    Healing,

    /// <summary>Everything reachable has come.</summary>
    Done,
}

/// <summary>One joined room.</summary>
internal sealed class RoomState(long no, Room room, Hlc baseline, LogBook book, Trickle trickle)
{
    public long No { get; } = no;

    public Room Room { get; private set; } = room;

    /// <summary>When the room's logs were first learnt; zero before.</summary>
    public Hlc Baseline { get; set; } = baseline;

    /// <summary>People call it something else now.</summary>
    public void Show(string? label) => Room = Room.Label == label ? Room : Room.Called(label);

    public LogBook Book { get; } = book;

    public Trickle Trickle { get; } = trickle;

    /// <summary>The highest place told to the caller: what comes below is late.</summary>
    public Place LastTold { get; set; } = Place.Lowest;

    /// <summary>Messages that wait a moment, to be told in order.</summary>
    public List<HeldBack> HeldBack { get; } = [];

    public CatchUpStage Stage { get; set; }

    /// <summary>Monotonic time at which waiting messages are told even though the room is not caught up.</summary>
    public long TellAt { get; set; }

    /// <summary>This device's own newest entry is known for sure: it may number the next.</summary>
    public bool OwnHeadIsSure { get; set; }

    /// <summary>What the caller was last told to be missing.</summary>
    public int ToldMissing { get; set; }

    /// <summary>Id and stamp of the entry last admitted of each log, the highest stamp so far.</summary>
    public Dictionary<DeviceId, (EntryId Id, Hlc Stamp)> LastStamps { get; } = [];

    /// <summary>Targets of amendments that came before what they amend.</summary>
    public Orphans Orphans { get; } = new();
}

/// <summary>A message that waits for an earlier one of its log, at most until a time.</summary>
internal sealed record HeldBack(EntryId Id, Place Place, Log Log, long Seq, long Until, Func<bool, ChatChange> Tell);

/// <summary>All joined rooms.</summary>
internal sealed class Rooms
{
    private readonly EngineContext _context;
    private readonly Dictionary<string, RoomState> _rooms = [];
    private RoomState[] _order = []; // replaced, never changed: other threads read it

    public Rooms(EngineContext context)
    {
        _context = context;
        var rows = context.Store.Rooms.All();
        if (rows.Count == 0)
        {
            Join(Room.General);
        }

        foreach (var row in rows.Where(static row => row.Joined))
        {
            Open(row);
        }
    }

    /// <summary>In the order joined. A list is never changed, only replaced: other threads may read it.</summary>
    public IReadOnlyList<RoomState> Joined => _order;

    public bool TryGet(Room room, [NotNullWhen(true)] out RoomState? state) => _rooms.TryGetValue(room.Name, out state);

    public RoomState? ByNo(long no) => Array.Find(_order, state => state.No == no);

    /// <summary>Joins on disk and in memory; the caller subscribes.</summary>
    public RoomState Join(Room room)
    {
        if (TryGet(room, out var known))
        {
            return known;
        }

        var row = _context.Store.Rooms.Get(room);
        _context.Store.Rooms.Join(row.No);
        return Open(row);
    }

    public bool Leave(Room room)
    {
        if (!_rooms.Remove(room.Name, out var state))
        {
            return false;
        }

        _order = [.. _order.Where(other => other != state)];
        _context.Store.Rooms.Leave(state.No);
        return true;
    }

    private RoomState Open(RoomRow row)
    {
        var book = new LogBook(row.Room);
        foreach (var log in _context.Store.Logs.Load(row.No))
        {
            book.Resume(log);
        }

        var state = new RoomState(row.No, row.Room, row.Baseline, book, new Trickle(_context.Chance, () => _context.Roster.OthersIn(row.Room), _context.Now));
        if (_context.Store.Entries.Before(row.No, Place.Highest, 1) is [var top])
        {
            state.LastTold = new Place(top.Sort, top.Device, top.Seq);
        }

        _rooms.Add(row.Room.Name, state);
        _order = [.. _order, state];
        return state;
    }
}
