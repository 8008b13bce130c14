// Owns: entries: adding them, finding them, and taking bodies away.
// Must never: hold an entry whose signature was not verified; the caller verifies.
using System.Security.Cryptography;
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>A line of a page: the entry it was signed as (null for a guest's), and whether anything amends it.</summary>
internal sealed record PageLine(EntryId Id, Entry? Entry, bool IsAmended);

/// <summary>A place in the shown order of a room: stamp, device, seq.</summary>
internal readonly record struct Place(Hlc Sort, DeviceId Device, long Seq) : IComparable<Place>
{
    public static Place Lowest => default;

    public static Place Highest => new(Hlc.Max, new DeviceId(UInt128.MaxValue), long.MaxValue);

    public int CompareTo(Place other)
    {
        var order = Sort.CompareTo(other.Sort);
        order = order != 0 ? order : Device.CompareTo(other.Device);
        return order != 0 ? order : Seq.CompareTo(other.Seq);
    }
}

/// <summary>Entries of a space.</summary>
internal sealed class EntryTable(Database database, SpaceStore store)
{
    /// <summary>What <see cref="Line"/> reads.</summary>
    public const string Columns = "pos, id, room, device, seq, kind, sort, header, body, guest, opened, sealed";
    private const string PageColumns = "header, signature, body, body_hash, id, guest, EXISTS (SELECT 1 FROM entries AS a WHERE a.target = e.id AND a.shown = 0)";
    private readonly Queue<(long Room, Entry Entry, Hlc Sort, long ReceivedAt)> _later = [];
    private Action? _insertNext;
    private Action? _forgetNext;
    private readonly Statement _add = database.Prepare(
        "INSERT INTO entries (id, room, device, seq, kind, sort, received_at, shown, target, header, signature, body, body_hash, sealed, opened) "
        + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) ON CONFLICT DO NOTHING",
        15);
    private readonly Statement _byId = database.Prepare($"SELECT {Columns} FROM entries WHERE id = ?1", 1);
    private readonly Statement _byPrefix = database.Prepare($"SELECT {Columns} FROM entries WHERE id >= ?1 AND id <= ?2 AND guest IS NULL LIMIT 2", 2);
    private readonly Statement _idsAt = database.Prepare("SELECT id FROM entries WHERE room = ?1 AND device = ?2 AND seq = ?3 LIMIT 2", 3);
    private readonly Statement _below = database.Prepare("SELECT DISTINCT seq FROM entries WHERE room = ?1 AND device = ?2 AND seq < ?3 ORDER BY seq DESC LIMIT 1000", 3);
    private readonly Statement _linkAt = database.Prepare("SELECT id, header FROM entries WHERE room = ?1 AND device = ?2 AND seq = ?3 ORDER BY pos LIMIT 1", 3);
    private readonly Statement _range = database.Prepare(
        "SELECT header, signature, body, body_hash FROM entries WHERE room = ?1 AND device = ?2 AND seq BETWEEN ?3 AND ?4 AND guest IS NULL ORDER BY seq, id LIMIT ?5", 5);
    private readonly Statement _raw = database.Prepare("SELECT header, signature, body, body_hash FROM entries WHERE id = ?1 AND guest IS NULL", 1);
    private readonly Statement _since = database.Prepare(
        "SELECT header, signature, body, body_hash, pos FROM entries WHERE room = ?1 AND pos > ?2 AND pos <= ?3 AND guest IS NULL ORDER BY pos LIMIT ?4", 4);
    private readonly Statement _top = database.Prepare("SELECT max(pos) FROM entries", 0);
    private readonly Statement _before = database.Prepare(
        $"SELECT {Columns} FROM entries WHERE room = ?1 AND shown = 1 AND (sort, device, seq) < (?2, ?3, ?4) ORDER BY sort DESC, device DESC, seq DESC LIMIT ?5", 5);
    private readonly Statement _after = database.Prepare(
        $"SELECT {Columns} FROM entries WHERE room = ?1 AND shown = 1 AND (sort, device, seq) > (?2, ?3, ?4) ORDER BY sort, device, seq LIMIT ?5", 5);
    private readonly Statement _pageBefore = database.Prepare(
        $"SELECT {PageColumns} FROM entries AS e WHERE room = ?1 AND shown = 1 AND (sort, device, seq) < (?2, ?3, ?4) ORDER BY sort DESC, device DESC, seq DESC LIMIT ?5", 5);
    private readonly Statement _pageAfter = database.Prepare(
        $"SELECT {PageColumns} FROM entries AS e WHERE room = ?1 AND shown = 1 AND (sort, device, seq) > (?2, ?3, ?4) ORDER BY sort, device, seq LIMIT ?5", 5);
    private readonly Statement _about = database.Prepare($"SELECT {Columns} FROM entries WHERE target = ?1 AND shown = 0 ORDER BY sort, device, seq", 1);
    private readonly Statement _amended = database.Prepare(
        "SELECT DISTINCT target, room, EXISTS (SELECT 1 FROM entries AS t WHERE t.id = a.target) FROM entries AS a WHERE target > ?1 AND shown = 0 ORDER BY target LIMIT ?2", 2);
    private readonly Statement _answers = database.Prepare($"SELECT {Columns} FROM entries WHERE target = ?1 AND shown = 1 ORDER BY sort, device, seq LIMIT ?2", 2);
    private readonly Statement _bareBody = database.Prepare("UPDATE entries SET body = NULL, opened = NULL, sealed = 0, body_hash = ?2 WHERE id = ?1 AND body IS NOT NULL", 2);
    private readonly Statement _oldest = database.Prepare(
        $"SELECT {Columns} FROM entries WHERE room = ?1 AND shown = 1 AND sort < ?2 ORDER BY sort, device, seq LIMIT ?3", 3);
    private readonly Statement _hide = database.Prepare("UPDATE entries SET shown = 0 WHERE pos = ?1", 1);
    private readonly Statement _count = database.Prepare("SELECT count(*), max(sort) FROM entries WHERE room = ?1 AND shown = 1", 1);
    private readonly Statement _drop = database.Prepare("DELETE FROM entries WHERE pos = ?1", 1);
    /// <summary>Adds a verified entry with this batch, at the latest before anything else is read or written: what it says can be told meanwhile.</summary>
    public void AddLater(long room, Entry entry, Hlc sort, long receivedAt, bool lazily = false)
    {
        _later.Enqueue((room, entry, sort, receivedAt));
        database.Later(_insertNext ??= InsertNext, _forgetNext ??= ForgetNext, lazily);
    }

    /// <summary>Adds a verified entry; false when it is there already.</summary>
    public bool Add(long room, Entry entry, Hlc sort, long receivedAt, bool isShown = true) => Insert(room, entry, sort, receivedAt, isShown && entry.IsLine, gather: false) == 1;

    /// <summary>Takes a row away.</summary>
    public void Drop(StoredLine line)
    {
        database.Begin();
        _drop.Run(line.Pos);
        store.Words.Dropped();
    }

    public StoredLine? Find(EntryId id)
    {
        using var reader = _byId.Read(id.ToBytes());
        return reader.Read() ? Line(reader) : null;
    }

    /// <summary>The entry between two ids (a prefix), null when none or several.</summary>
    public StoredLine? FindBetween(EntryId low, EntryId high)
    {
        using var reader = _byPrefix.Read(low.ToBytes(), high.ToBytes());
        var found = reader.Read() ? Line(reader) : null;
        return reader.Read() ? null : found;
    }

    /// <summary>Ids stored at a place of a log: none, one, or two for a fork.</summary>
    public IReadOnlyList<EntryId> IdsAt(long room, DeviceId device, long seq)
    {
        var ids = new List<EntryId>(1);
        using var reader = _idsAt.Read(room, device.ToBytes(), seq);
        while (reader.Read())
        {
            ids.Add(Id(reader, 0));
        }

        return ids;
    }

    /// <summary>The lowest place from which on everything below <paramref name="seq"/> is stored (the past that was paged in); looks at most 1,000 places down.</summary>
    public long LowestBelow(long room, DeviceId device, long seq)
    {
        using var reader = _below.Read(room, device.ToBytes(), seq);
        while (reader.Read() && reader.GetInt64(0) == seq - 1)
        {
            seq--;
        }

        return seq;
    }

    /// <summary>Id and back of the entry at a place; zeros when none.</summary>
    public (EntryId Id, EntryId Back) LinkAt(long room, DeviceId device, long seq)
    {
        using var reader = _linkAt.Read(room, device.ToBytes(), seq);
        return reader.Read() && EntryHeader.TryRead(reader.Bytes(1), out var header) ? (Id(reader, 0), header.Back) : default;
    }

    /// <summary>Entries of a run of a log as they were signed, at most <paramref name="limit"/>.</summary>
    public IEnumerable<Entry> Range(SpaceId space, long room, Room name, EntryRange range, int limit)
    {
        using var reader = _range.Read(room, range.Device.ToBytes(), range.From, range.To, limit);
        while (reader.Read())
        {
            if (Signed(reader, space, name) is { } entry)
            {
                yield return entry;
            }
        }
    }

    public Entry? Get(SpaceId space, Room name, EntryId id)
    {
        using var reader = _raw.Read(id.ToBytes());
        return reader.Read() ? Signed(reader, space, name) : null;
    }

    /// <summary>Entries of a room in the order they came here, after one position up to another.</summary>
    public IEnumerable<(long Pos, Entry Entry)> Since(SpaceId space, long room, Room name, long after, long to, int limit)
    {
        using var reader = _since.Read(room, after, to, limit);
        while (reader.Read())
        {
            if (Signed(reader, space, name) is { } entry)
            {
                yield return (reader.GetInt64(4), entry);
            }
        }
    }

    /// <summary>The position of what came last.</summary>
    public long Top => _top.Number();

    /// <summary>Lines before a place, the latest first.</summary>
    public IReadOnlyList<StoredLine> Before(long room, Place place, int count) => Lines(_before, room, place, count);

    /// <summary>Lines after a place, the earliest first.</summary>
    public IReadOnlyList<StoredLine> After(long room, Place place, int count) => Lines(_after, room, place, count);

    /// <summary>The same lines, before (latest first) or after a place, as they were signed: one reading for a whole page.</summary>
    public IReadOnlyList<PageLine> Page(SpaceId space, long room, Room name, Place place, int count, bool after)
    {
        var lines = new List<PageLine>();
        using var reader = (after ? _pageAfter : _pageBefore).Read(room, (long)place.Sort.Value, place.Device.ToBytes(), place.Seq, count);
        while (reader.Read())
        {
            lines.Add(new PageLine(Id(reader, 4), reader.IsDBNull(5) ? Signed(reader, space, name) : null, reader.IsTrue(6)));
        }

        return lines;
    }

    /// <summary>Everything that amends an entry, in order.</summary>
    public IReadOnlyList<StoredLine> About(EntryId target)
    {
        var lines = new List<StoredLine>();
        using var reader = _about.Read(target.ToBytes());
        while (reader.Read())
        {
            lines.Add(Line(reader));
        }

        return lines;
    }

    /// <summary>Which entries are amended, after one of them: their rooms, and whether they are here.</summary>
    public IReadOnlyList<(EntryId Target, long Room, bool IsHere)> Amended(EntryId after, int most)
    {
        var found = new List<(EntryId, long, bool)>();
        using var reader = _amended.Read(after.ToBytes(), most);
        while (reader.Read())
        {
            found.Add((Id(reader, 0), reader.GetInt64(1), reader.IsTrue(2)));
        }

        return found;
    }

    /// <summary>Lines that answer an entry, in order, at most so many.</summary>
    public IReadOnlyList<StoredLine> Answers(EntryId target, int most) => Lines(_answers, target.ToBytes(), most);

    /// <summary>Takes a body away for good; its hash stays, so that the signature still verifies.</summary>
    public void DropBody(StoredLine line)
    {
        if (line.Body is not { } body)
        {
            return;
        }

        database.Begin();
        if (_bareBody.Run(line.Id.ToBytes(), SHA256.HashData(body.Span)) == 0)
        {
            return; // it is gone since the line was read: the index does not bear that its words are taken out twice
        }

        if (line.Said is { } said)
        {
            store.Words.Forget(line, said);
        }

        store.Outbox.DropBody(line.Id);
        database.ScrubAfterCommit();
    }

    /// <summary>
    /// Takes the texts of the oldest lines of a room away, and those of their edits, when they are from before a stamp; at most so many lines. Header
    /// and signature stay: the logs they are part of stay whole. Guests' lines without a log go altogether. How many it took.
    /// </summary>
    public int Expire(long room, Hlc before, int most)
    {
        var old = Lines(_oldest, room, (long)before.Value, most);
        foreach (var line in old)
        {
            About(line.Id).Where(static about => about.Kind == EntryKind.Edit).ToList().ForEach(DropBody);
            DropBody(line);
            if (line.Guest is null)
            {
                database.Begin();
                _hide.Run(line.Pos);
            }
            else
            {
                Drop(line);
            }
        }

        return old.Count;
    }

    public (long Count, Hlc? Last) Count(long room)
    {
        using var reader = _count.Read(room);
        return reader.Read() && !reader.IsDBNull(1) ? (reader.GetInt64(0), new Hlc((ulong)reader.GetInt64(1))) : (0, null);
    }

    internal static StoredLine Line(Rows reader) => new(
        reader.GetInt64(0), Id(reader, 1), reader.GetInt64(2), DeviceId.TryRead(reader.Span(3), out var device) ? device : default, reader.GetInt64(4),
        (EntryKind)reader.GetInt32(5), new Hlc((ulong)reader.GetInt64(6)), reader.Bytes(7), reader.IsDBNull(8) ? default(ReadOnlyMemory<byte>?) : reader.Bytes(8), reader.IsDBNull(9) ? null : reader.GetString(9))
    {
        Opened = !reader.IsDBNull(10) && SealedContent.TryRead(reader.Bytes(10), out var opened) ? opened : null,
        IsLocked = reader.GetInt64(11) != 0,
    };

    private static EntryId Id(Rows reader, int column) => EntryId.TryRead(reader.Span(column), out var id) ? id : default;

    internal static Entry? Signed(Rows reader, SpaceId space, Room room)
    {
        Entry? entry;
        if (reader.IsDBNull(2))
        {
            Entry.TryReadWithoutBody(space, room, reader.Bytes(0), reader.Bytes(1), reader.Bytes(3), out entry);
        }
        else
        {
            Entry.TryRead(space, room, reader.Bytes(0), reader.Bytes(1), reader.Bytes(2), out entry);
        }

        return entry;
    }

    private static List<StoredLine> Lines(Statement statement, long room, Place place, int count)
    {
        return Lines(statement, room, (long)place.Sort.Value, place.Device.ToBytes(), place.Seq, count);
    }

    private static List<StoredLine> Lines(Statement statement, params ReadOnlySpan<Value> values)
    {
        var lines = new List<StoredLine>();
        using var reader = statement.Read(values);
        while (reader.Read())
        {
            lines.Add(Line(reader));
        }

        return lines;
    }

    private void InsertNext()
    {
        var (room, entry, sort, receivedAt) = _later.Dequeue();
        Insert(room, entry, sort, receivedAt, entry.IsLine, gather: true);
    }

    private void ForgetNext() => _later.Dequeue();

    private int Insert(long room, Entry entry, Hlc sort, long receivedAt, bool isShown, bool gather)
    {
        database.Begin();
        var header = entry.Header;
        ReadOnlySpan<Value> row =
        [
            Value.Id(entry.Id.Value), room, Value.Id(header.Device.Value), header.Seq, (long)header.Kind, (long)sort.Value, receivedAt, isShown ? 1 : 0,
            entry.Extension.Target is { } target ? Value.Id(target.Value) : (byte[]?)null, entry.HeaderBytes, entry.Signature, entry.Body, entry.Body is null ? entry.BodyHash.ToArray() : (ReadOnlyMemory<byte>?)null,
            entry is { IsSealed: true, Opened: null, Body: not null } ? 1 : 0, entry.Opened?.Encode(),
        ];
        if (!gather)
        {
            return _add.Run(row);
        }

        _add.Put(row);
        return 0;
    }
}
