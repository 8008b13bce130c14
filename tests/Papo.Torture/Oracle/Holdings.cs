// Owns: reading a store as it lies on the disk, with the protocol's own types and nothing of the client.
// Must never: write, or trust a column where the signed bytes say it too.
using Microsoft.Data.Sqlite;
using Papo.Protocol;

namespace Papo.Torture.Oracle;

/// <summary>A row of a store's entries. <see cref="Entry"/> is null for a guest's line, and when header and signature cannot be read.</summary>
internal sealed record HeldEntry(EntryId Id, string Room, Hlc Sort, bool IsShown, string? Guest, string? Text, Entry? Entry)
{
    public bool IsPrivate => Room[0] == '~';
}

/// <summary>Everything a store holds: when its owner came into each room (Unix milliseconds), and of which logs it counts only what came after that.</summary>
internal sealed record Holdings(IReadOnlyList<HeldEntry> Entries, IReadOnlySet<EntryId> WaitingEntries, int Waiting, IReadOnlyDictionary<DeviceId, DeviceCard> Cards, IReadOnlySet<string> Joined, IReadOnlyDictionary<string, long> Came, IReadOnlyList<(string Room, DeviceId Device)> Begun)
{
    /// <summary>Secrets of private rooms, by their commits.</summary>
    public IReadOnlySet<EntryId> Secrets { get; private init; } = new HashSet<EntryId>();

    /// <summary>The device lists of accounts.</summary>
    public IReadOnlyList<DeviceList> Lists { get; private init; } = [];

    /// <summary>Which linked copy this store is of; null where the account's key is beside it.</summary>
    public CopyId? Copy { get; private init; }

    /// <summary>The linked copy that a device is of; null for one of whoever holds the account's key, and for one that is not known here.</summary>
    public CopyId? CopyOf(DeviceId device) => Cards.GetValueOrDefault(device)?.Copy;

    /// <summary>Rows of the outbox that wait in private rooms.</summary>
    public IReadOnlyList<string> WaitingInPrivate { get; private init; } = [];

    /// <summary>The store of a space in a home folder; null while there is none. A folder may hold stores of several spaces.</summary>
    public static string? Find(string home, SpaceId space)
    {
        var store = Stores(home, other => other == space).FirstOrDefault();
        return File.Exists(store) ? store : null;
    }

    /// <summary>What was deleted, or was to be deleted, in the stores of all spaces but one.</summary>
    public static IReadOnlySet<EntryId> TakenBack(string home, SpaceId space)
    {
        var deleted = new HashSet<EntryId>();
        foreach (var store in Stores(home, other => other != space).Where(File.Exists))
        {
            using var connection = Open(store);
            deleted.UnionWith(Rows(connection, "SELECT target FROM entries WHERE kind = 3 UNION SELECT target FROM outbox WHERE kind = 3", static row => Id(row, 0)));
        }

        return deleted;
    }

    public static Holdings Read(string store, SpaceId space)
    {
        using var connection = Open(store);
        using var moment = connection.BeginTransaction(deferred: true);
        var rooms = Rows(connection, "SELECT no, name, joined FROM rooms", static row => (No: row.GetInt64(0), Name: row.GetString(1), Joined: row.GetInt64(2) > 0));
        var names = rooms.ToDictionary(static room => room.No, static room => room.Name);
        var entries = Rows(connection, "SELECT id, room, sort, shown, guest, header, signature, body, body_hash, opened FROM entries ORDER BY pos", row => Entry(row, names, space));
        var waiting = Rows(connection, "SELECT entry FROM outbox", static row => row.IsDBNull(0) ? default : Id(row, 0));
        var cards = Rows(connection, "SELECT card FROM devices", row => DeviceCard.TryRead(space, Bytes(row, 0), out var card) ? card : null)
            .Concat(entries.Select(held => held.Entry is { Header.Seq: 0 } birth && birth.TryReadCard(space, out var card) ? card : null));
        var came = Rows(connection, "SELECT name, baseline FROM rooms", static row => (Name: row.GetString(0), At: new Hlc((ulong)row.GetInt64(1)).Milliseconds));
        var begun = Rows(connection, "SELECT room, device FROM logs WHERE base > 0", row => (names[row.GetInt64(0)], DeviceId.TryRead(Bytes(row, 1), out var device) ? device : default));
        var secrets = Rows(connection, "SELECT epoch FROM epochs", static row => Id(row, 0));
        var lists = Rows(connection, "SELECT list FROM device_lists", row => DeviceList.TryRead(space, Bytes(row, 0), out var list) ? list : null).OfType<DeviceList>().ToList();
        var inPrivate = Rows(connection, "SELECT room FROM outbox", row => names[row.GetInt64(0)]).Where(static room => room[0] == '~').ToList();
        return new Holdings(entries, waiting.ToHashSet(), waiting.Count, cards.OfType<DeviceCard>().DistinctBy(static card => card.Device).ToDictionary(static card => card.Device), rooms.Where(static room => room.Joined).Select(static room => room.Name).ToHashSet(), came.ToDictionary(static room => room.Name, static room => room.At), begun)
        {
            Secrets = secrets.ToHashSet(),
            Lists = lists,
            Copy = Certified(Path.GetDirectoryName(store)!, space)?.Copy,
            WaitingInPrivate = inPrivate,
        };
    }

    // A visitor of a link that was never granted is nobody.
    private static IEnumerable<string> Stores(string home, Predicate<SpaceId> which) => !Directory.Exists(home) ? [] : Directory.EnumerateFiles(home, "space", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(home, file).StartsWith("linking-", StringComparison.Ordinal) && SpaceCard.TryRead(Convert.FromBase64String(File.ReadAllText(file)), out var card) && which(card.Space))
        .Select(static file => Path.Combine(Path.GetDirectoryName(file)!, "store.db"));

    private static DeviceCard? Certified(string folder, SpaceId space) =>
        Path.Combine(folder, "slot-0.card") is var file && File.Exists(file) && DeviceCard.TryRead(space, Convert.FromBase64String(File.ReadAllText(file)), out var card) ? card : null;

    private static SqliteConnection Open(string store)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = store, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static HeldEntry Entry(SqliteDataReader row, Dictionary<long, string> rooms, SpaceId space)
    {
        var room = rooms[row.GetInt64(1)];
        var body = row.IsDBNull(7) ? null : Bytes(row, 7);
        Room.TryFromWire(room, out var name);
        Entry? entry = null;
        if (row.IsDBNull(4))
        {
            _ = body is null
                ? Protocol.Entry.TryReadWithoutBody(space, name!, Bytes(row, 5), Bytes(row, 6), Bytes(row, 8), out entry)
                : Protocol.Entry.TryRead(space, name!, Bytes(row, 5), Bytes(row, 6), body, out entry);
        }

        if (entry is not null && !row.IsDBNull(9) && SealedContent.TryRead(Bytes(row, 9), out var opened))
        {
            entry = entry.Open(space, opened);
        }

        ReadOnlyMemory<byte>? said = body is null ? null : entry is { IsSealed: true } ? entry.Said : body;
        return new HeldEntry(Id(row, 0), room, new Hlc((ulong)row.GetInt64(2)), row.GetInt64(3) != 0, row.IsDBNull(4) ? null : row.GetString(4), said is { } words ? System.Text.Encoding.UTF8.GetString(words.Span) : null, entry);
    }

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static byte[] Bytes(SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    private static EntryId Id(SqliteDataReader row, int column) => EntryId.TryRead(Bytes(row, column), out var id) ? id : default;
}
