// Owns: the lines of guests, and which of them are copies of one another.
// Must never: let two copies of one line stand, or take two equal lines for one.
using System.Globalization;
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
        "SELECT pos, coalesce(sources, '') FROM entries WHERE room = ?1 AND received_at >= ?2 AND kind = 8 AND body = ?3 ORDER BY pos", 3);
    private readonly Statement _stampedTwin = database.Prepare(
        $"SELECT {EntryTable.Columns} FROM entries WHERE room = ?1 AND shown = 1 AND sort BETWEEN ?2 AND ?3 AND guest = ?4 AND body = ?5 ORDER BY pos LIMIT 1", 5);
    private readonly Statement _recentTwin = database.Prepare(
        $"SELECT {EntryTable.Columns} FROM entries WHERE room = ?1 AND received_at BETWEEN ?2 AND ?3 AND guest = ?4 AND body = ?5 ORDER BY pos LIMIT 1", 5);
    private readonly Statement _addGuest = database.Prepare(
        "INSERT INTO entries (id, room, device, seq, kind, sort, received_at, shown, header, signature, body, guest, sources) "
        + "SELECT ?1, ?2, ?3, coalesce(max(seq), -1) + 1, 1, ?4, ?5, 1, ?6, ?6, ?7, ?8, ?9 FROM entries WHERE room = ?2 AND device = ?3",
        9);

    /// <summary>
    /// Adds a guest's line unless it is a copy of one of the last two minutes (<see cref="Sighting.IsNewTo"/>), which takes it instead. Returns null for a copy.
    /// </summary>
    public StoredLine? Add(long room, GuestLine line, Hlc sort, long receivedAt, Sighting sighting)
    {
        database.Begin();
        var body = Encoding.UTF8.GetBytes(line.Text);
        if (TryPair(sighting, [.. Archived(room, line, receivedAt), .. Copies(_guestTwin.Read(room, receivedAt - PairMilliseconds, line.Name, body))]))
        {
            return null;
        }

        var id = RandomNumberGenerator.GetBytes(EntryId.Size);
        _addGuest.Run(id, room, NoDevice, (long)sort.Value, receivedAt, Array.Empty<byte>(), body, line.Name, sighting.ToString());
        return EntryId.TryRead(id, out var entryId) ? store.Entries.Find(entryId) : null;
    }

    /// <summary>
    /// What a guest said came as an entry of the hub: the line that was seen live within two minutes gives way to it. False when none was seen.
    /// The stamp of the line, which follows the clocks of the others, is compared with the hub's; what comes live also with <paramref name="now"/>: this computer's clock may be wrong.
    /// </summary>
    /// <param name="room">Number of the room.</param>
    /// <param name="line">What was said.</param>
    /// <param name="at">The hub's clock when it wrote the line down: Unix milliseconds.</param>
    /// <param name="now">This computer's clock in the same unit where the entry comes live, else null.</param>
    public bool Replace(long room, GuestLine line, long at, long? now)
    {
        database.Begin(); // first: another process of the profile may be replacing the same line
        if ((Twin(_stampedTwin, room, line, (long)Hlc.At(at - PairMilliseconds).Value, (long)Hlc.At(at + PairMilliseconds).Value)
            ?? (now is { } wall ? Twin(_recentTwin, room, line, wall - PairMilliseconds, wall) : null)) is not { } live)
        {
            return false;
        }

        store.Words.Forget(live, live.Body!.Value);
        store.Entries.Drop(live);
        return true;
    }

    private static StoredLine? Twin(Statement among, long room, GuestLine line, long from, long to)
    {
        using var reader = among.Read(room, from, to, line.Name, Encoding.UTF8.GetBytes(line.Text));
        return reader.Read() ? EntryTable.Line(reader) : null;
    }

    /// <summary>Whether the hub's entry of what a guest says is here already, and this is the line it was made of.</summary>
    public bool PairArchived(long room, GuestLine line, long receivedAt, Sighting sighting) => TryPair(sighting, Archived(room, line, receivedAt));

    private List<(long Pos, string Sources)> Archived(long room, GuestLine line, long receivedAt) => Copies(_archivedTwin.Read(room, receivedAt - PairMilliseconds, line.Encode()));

    private static List<(long Pos, string Sources)> Copies(Rows rows)
    {
        var copies = new List<(long, string)>();
        using (rows)
        {
            while (rows.Read())
            {
                copies.Add((rows.GetInt64(0), rows.GetString(1)));
            }
        }

        return copies;
    }

    // The row that this very delivery was taken for before, else the first that is not known to be another line than the one that was sighted.
    private bool TryPair(Sighting sighting, List<(long Pos, string Sources)> copies)
    {
        if (copies.Exists(copy => sighting.IsAmong(copy.Sources)))
        {
            return true;
        }

        var at = copies.FindIndex(copy => sighting.IsNewTo(copy.Sources));
        if (at < 0)
        {
            return false;
        }

        database.Begin();
        _guestSource.Run(copies[at].Pos, $"{copies[at].Sources} {sighting}".TrimStart());
        return true;
    }
}

/// <summary>How a guest's line came.</summary>
/// <param name="Slot">The device's slot: each has a connection of its own, and each sees every line.</param>
/// <param name="Connection">When that connection began: what the broker owes it delivers again on the next one, and on the one after that.</param>
/// <param name="Again">The packet identifier under which the broker delivers again what it delivered before (MQTT 5, 3.3.1.1); null for the first time.</param>
internal readonly record struct Sighting(int Slot, long Connection, ushort? Again)
{
    /// <summary>Whether a stored line with these sightings can be the one seen now. A slot sees it afresh once, and again once on each connection.</summary>
    public bool IsNewTo(string sightings)
    {
        var settled = Again is null ? string.Create(CultureInfo.InvariantCulture, $"{Slot}:") : string.Create(CultureInfo.InvariantCulture, $"{Slot}:{Connection}+");
        return !sightings.Split(' ').Any(seen => seen.StartsWith(settled, StringComparison.Ordinal));
    }

    /// <summary>Whether this delivery is one of them: what is delivered again keeps its identifier until it is acknowledged (4.4), however often it comes.</summary>
    public bool IsAmong(string sightings) => Again is not null && sightings.Split(' ').Contains(ToString());

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Slot}:{Connection}{(Again is null ? "" : "+")}{Again}");
}
