// Owns: the lines of guests, and which of them are copies of one another.
// Must never: let two copies of one line stand, or take two equal lines for one.
using System.Security.Cryptography;
using System.Text;
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>Guests' lines in the table of entries, without keys and with an id of this store's own.</summary>
internal sealed class GuestTable(Database database, SpaceStore store)
{
    private const long PairMilliseconds = 120_000; // within which equal lines of guests are copies
    private static readonly byte[] NoDevice = new byte[DeviceId.Size];
    private readonly Statement _guestTwin = database.Prepare(
        "SELECT pos, sources FROM entries WHERE room = ?1 AND received_at >= ?2 AND guest = ?3 AND body = ?4 ORDER BY pos", 4);
    private readonly Statement _guestSource = database.Prepare("UPDATE entries SET sources = ?2 WHERE pos = ?1", 2);
    private readonly Statement _archivedTwin = database.Prepare(
        "SELECT pos FROM entries WHERE room = ?1 AND received_at >= ?2 AND kind = 8 AND body = ?3 AND sources IS NULL ORDER BY pos LIMIT 1", 3);
    private readonly Statement _liveTwin = database.Prepare(
        $"SELECT {EntryTable.Columns} FROM entries WHERE room = ?1 AND received_at BETWEEN ?2 AND ?3 AND guest = ?4 AND body = ?5 ORDER BY pos LIMIT 1", 5);
    private readonly Statement _addGuest = database.Prepare(
        "INSERT INTO entries (id, room, device, seq, kind, sort, received_at, shown, header, signature, body, guest, sources) "
        + "SELECT ?1, ?2, ?3, coalesce(max(seq), -1) + 1, 1, ?4, ?5, 1, ?6, ?6, ?7, ?8, ?9 FROM entries WHERE room = ?2 AND device = ?3",
        9);

    /// <summary>
    /// Adds a guest's line unless it is a copy: an equal line of the last two minutes that another slot saw, or that this slot saw before the
    /// broker delivered it again, takes it instead. Returns null for a copy.
    /// </summary>
    public StoredLine? Add(long room, string name, ReadOnlyMemory<byte> text, Hlc sort, long receivedAt, int slot, bool again)
    {
        database.Begin();
        var body = text.ToArray();
        var source = again ? $"{slot}again" : $"{slot}";
        if (PairArchived(room, new GuestLine(name, Encoding.UTF8.GetString(text.Span)), receivedAt) || PairGuest(room, name, body, receivedAt, source, again ? [source] : [source, source + "again"]))
        {
            return null;
        }

        var id = RandomNumberGenerator.GetBytes(EntryId.Size);
        _addGuest.Run(id, room, NoDevice, (long)sort.Value, receivedAt, Array.Empty<byte>(), body, name, source);
        return EntryId.TryRead(id, out var entryId) ? store.Entries.Find(entryId) : null;
    }

    /// <summary>What a guest said came as an entry of the hub: the line that was seen live gives way to it. False when none was seen.</summary>
    public bool Replace(long room, GuestLine line, long at)
    {
        StoredLine? live;
        using (var reader = _liveTwin.Read(room, at - PairMilliseconds, at + PairMilliseconds, line.Name, Encoding.UTF8.GetBytes(line.Text)))
        {
            live = reader.Read() ? EntryTable.Line(reader) : null;
        }

        if (live is null)
        {
            return false;
        }

        database.Begin();
        store.Words.Forget(live, live.Body!.Value);
        store.Entries.Drop(live);
        return true;
    }

    /// <summary>Whether the hub's entry of what a guest says is here already, and this is the line it was made of.</summary>
    public bool PairArchived(long room, GuestLine line, long receivedAt)
    {
        var pos = _archivedTwin.Number(room, receivedAt - PairMilliseconds, line.Encode());
        if (pos == 0)
        {
            return false;
        }

        database.Begin();
        _guestSource.Run(pos, "live");
        return true;
    }

    private bool PairGuest(long room, string name, byte[] body, long receivedAt, string source, string[] settled)
    {
        using var reader = _guestTwin.Read(room, receivedAt - PairMilliseconds, name, body);
        while (reader.Read())
        {
            var sources = reader.GetString(1).Split(' ');
            if (!sources.Intersect(settled).Any())
            {
                var pos = reader.GetInt64(0);
                reader.Dispose();
                _guestSource.Run(pos, string.Join(' ', [.. sources, source]));
                return true;
            }
        }

        return false;
    }
}
