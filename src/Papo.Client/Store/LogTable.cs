// Owns: base and closing place of each log, and putting logs back together at the start.
// Must never: judge entries; that is the log's own work.
using Papo.Protocol;

namespace Papo.Client.Store;

/// <summary>Logs of a space, durably.</summary>
internal sealed class LogTable(Database database, SpaceStore store)
{
    private readonly Statement _all = database.Prepare("SELECT device, account, base, closed_at FROM logs WHERE room = ?1", 1);
    private readonly Statement _keep = database.Prepare(
        "INSERT INTO logs (room, device, account, base, closed_at) VALUES (?1, ?2, ?3, ?4, ?5) "
        + "ON CONFLICT (room, device) DO UPDATE SET base = CASE WHEN excluded.base < logs.base THEN excluded.base ELSE logs.base END, "
        + "closed_at = CASE WHEN logs.closed_at IS NULL OR excluded.closed_at < logs.closed_at THEN excluded.closed_at ELSE logs.closed_at END",
        5);
    private readonly Statement _span = database.Prepare("SELECT min(seq), max(seq), count(*) FROM entries WHERE room = ?1 AND device = ?2 AND seq >= ?3", 3);
    private readonly Statement _runs = database.Prepare(
        "SELECT min(seq), max(seq) FROM (SELECT seq, seq - row_number() OVER (ORDER BY seq) AS run FROM "
        + "(SELECT DISTINCT seq FROM entries WHERE room = ?1 AND device = ?2 AND seq >= ?3) AS places) AS numbered GROUP BY run ORDER BY 1",
        3);

    public void Keep(long room, Log log)
    {
        database.Begin();
        _keep.Run(room, log.Device.ToBytes(), log.Account.ToBytes(), log.Base, log.ClosedAt);
    }

    /// <summary>Every log of a room as the store holds it.</summary>
    public IReadOnlyList<Log> Load(long room)
    {
        var logs = new List<(Log Log, long? ClosedAt)>();
        using (var reader = _all.Read(room))
        {
            while (reader.Read())
            {
                if (DeviceId.TryRead(reader.Span(0), out var device) && AccountId.TryRead(reader.Span(1), out var account))
                {
                    logs.Add((new Log(device, account, reader.GetInt64(2)), reader.IsDBNull(3) ? null : reader.GetInt64(3)));
                }
            }
        }

        foreach (var (log, closedAt) in logs)
        {
            Resume(room, log, mayFork: closedAt is not null);
            if (closedAt is { } seq)
            {
                log.CloseAt(seq);
            }
        }

        return [.. logs.Select(static pair => pair.Log)];
    }

    private void Resume(long room, Log log, bool mayFork)
    {
        foreach (var (first, last) in mayFork ? Runs(room, log) : Whole(room, log) ?? Runs(room, log))
        {
            var bottom = store.Entries.LinkAt(room, log.Device, first);
            var top = store.Entries.LinkAt(room, log.Device, last);
            log.Resume(first, last, bottom.Back, top.Id);
        }
    }
    // Nearly every log is one run: counting its places is a twentieth of the work of finding runs.
    private List<(long First, long Last)>? Whole(long room, Log log)
    {
        using var reader = _span.Read(room, log.Device.ToBytes(), log.Base);
        if (!reader.Read() || reader.IsDBNull(0))
        {
            return [];
        }

        var (first, last) = (reader.GetInt64(0), reader.GetInt64(1));
        return last - first + 1 == reader.GetInt64(2) ? [(first, last)] : null;
    }

    private List<(long First, long Last)> Runs(long room, Log log)
    {
        var runs = new List<(long First, long Last)>();
        using var reader = _runs.Read(room, log.Device.ToBytes(), log.Base);
        while (reader.Read())
        {
            runs.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        return runs;
    }
}
