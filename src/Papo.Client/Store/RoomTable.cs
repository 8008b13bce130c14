// Owns: which rooms are known and joined, and their row numbers.
// Must never: forget a room; leaving keeps what is held.
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>A room's row.</summary>
internal sealed record RoomRow(long No, Room Room, bool Joined, Hlc Baseline);

/// <summary>Rooms of a space.</summary>
internal sealed class RoomTable(Database database)
{
    private readonly Statement _all = database.Prepare("SELECT no, name, joined, baseline FROM rooms ORDER BY joined, no", 0);
    private readonly Statement _add = database.Prepare("INSERT INTO rooms (name, joined) VALUES (?1, 0) ON CONFLICT DO NOTHING", 1);
    private readonly Statement _find = database.Prepare("SELECT no, name, joined, baseline FROM rooms WHERE name = ?1", 1);
    private readonly Statement _join = database.Prepare("UPDATE rooms SET joined = (SELECT max(joined) + 1 FROM rooms) WHERE no = ?1 AND joined = 0", 1);
    private readonly Statement _leave = database.Prepare("UPDATE rooms SET joined = 0 WHERE no = ?1", 1);
    private readonly Statement _baseline = database.Prepare("UPDATE rooms SET baseline = ?2 WHERE no = ?1", 2);

    public IReadOnlyList<RoomRow> All()
    {
        var rows = new List<RoomRow>();
        using var reader = _all.Read();
        while (reader.Read())
        {
            if (Row(reader) is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>The row of a room, made when new.</summary>
    public RoomRow Get(Room room)
    {
        if (Find(room) is { } known)
        {
            return known;
        }

        database.Begin();
        _add.Run(room.Name);
        return Find(room) ?? throw new InvalidOperationException("a room row vanished");
    }

    public void Join(long no)
    {
        database.Begin();
        _join.Run(no);
    }

    public void Leave(long no)
    {
        database.Begin();
        _leave.Run(no);
    }

    public void SetBaseline(long no, Hlc baseline)
    {
        database.Begin();
        _baseline.Run(no, (long)baseline.Value);
    }

    private RoomRow? Find(Room room)
    {
        using var reader = _find.Read(room.Name);
        return reader.Read() ? Row(reader) : null;
    }

    private static RoomRow? Row(Rows reader) =>
        Room.TryFromWire(reader.GetString(1), out var room) ? new RoomRow(reader.GetInt64(0), room, reader.GetInt64(2) > 0, new Hlc((ulong)reader.GetInt64(3))) : null;
}
