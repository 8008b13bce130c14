// Owns: every log of one room as held by one device: what is new, what is missing, what to say in a beacon.
// Must never: touch a store or a clock; it is the memory of what the store holds.
using System.Diagnostics.CodeAnalysis;

namespace Papo.Protocol;

/// <summary>The logs of one room. Times are monotonic milliseconds.</summary>
public sealed class LogBook(Room room)
{
    private readonly Dictionary<DeviceId, Log> _logs = [];
    private readonly HashSet<DeviceId> _changed = [];
    private long _admittedSince;
    private int _admitted;

    /// <summary>The room.</summary>
    public Room Room { get; } = room;

    /// <summary>Whose logs digests cover: in a private room those of its members.</summary>
    public Func<Log, bool> Counts { get; set; } = static _ => true;

    /// <summary>All logs.</summary>
    public IReadOnlyCollection<Log> Logs => _logs.Values;

    /// <summary>Entries known to be missing in all logs.</summary>
    public long Missing { get; private set; }

    /// <summary>The log of a device, if it is known.</summary>
    public bool TryGet(DeviceId device, [NotNullWhen(true)] out Log? log) => _logs.TryGetValue(device, out log);

    /// <summary>
    /// Opens a log at a base, unless the room admits no more: 2,000 in all, and a minute 60 of accounts that are not pinned.
    /// </summary>
    public bool TryOpen(DeviceId device, AccountId account, long basis, bool pinned, long now, [NotNullWhen(true)] out Log? log)
    {
        if (_logs.TryGetValue(device, out log))
        {
            return true;
        }

        if (now - _admittedSince >= 60_000)
        {
            (_admittedSince, _admitted) = (now, 0);
        }

        if (_logs.Count >= Limits.LogsPerRoom || (!pinned && _admitted >= Limits.NewLogsPerMinute))
        {
            return false;
        }

        _admitted += pinned ? 0 : 1;
        log = new Log(device, account, basis);
        _logs.Add(device, log);
        return true;
    }

    /// <summary>Puts back a log from a store.</summary>
    public void Resume(Log log)
    {
        ArgumentNullException.ThrowIfNull(log);
        _logs[log.Device] = log;
        Missing += log.Missing;
    }

    /// <summary>Offers an entry with a valid signature to its open log.</summary>
    public Admission Admit(Log log, Entry entry, long now)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(entry);
        var (missing, newest, id) = (log.Missing, log.Newest, log.NewestId);
        var admission = log.Admit(entry.Header.Seq, entry.Id, entry.Header.Back, now);
        Note(log, missing, newest, id);
        return admission;
    }

    /// <summary>
    /// Decides what <see cref="Admit"/> answered with <see cref="Admission.Compare"/>. <paramref name="stored"/>: every stored entry of this
    /// log at the entry's place and at the two beside it. Two entries that claim one place, or name two predecessors, close the log; every
    /// pair is looked at when the later of the two arrives, so the place does not depend on the order of arrival.
    /// </summary>
    /// <returns>Known; Fork (keep it as evidence); Closed (drop it); or Fresh (store it).</returns>
    public Admission Compare(Log log, Entry entry, IEnumerable<Entry> stored)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(stored);
        var seq = entry.Header.Seq;
        var disputed = long.MaxValue;
        var taken = false;
        foreach (var other in stored)
        {
            if (other.Id == entry.Id)
            {
                return Admission.Known;
            }

            taken |= other.Header.Seq == seq;
            disputed = Math.Min(disputed, Disputed(entry, other));
        }

        if (disputed < (log.ClosedAt ?? long.MaxValue))
        {
            Close(log, disputed);
            return Admission.Fork;
        }

        return taken || seq > log.ClosedAt ? Admission.Closed : Admission.Fresh;
    }

    /// <summary>Takes the base of a log down; see <see cref="Log.LowerBase"/>.</summary>
    public void LowerBase(Log log, long basis)
    {
        ArgumentNullException.ThrowIfNull(log);
        var before = log.Missing;
        log.LowerBase(basis);
        Missing += log.Missing - before;
    }

    /// <summary>Closes a log where a second valid entry turned up.</summary>
    public void Close(Log log, long seq)
    {
        ArgumentNullException.ThrowIfNull(log);
        var (missing, newest, id) = (log.Missing, log.Newest, log.NewestId);
        log.CloseAt(seq);
        Note(log, missing, newest, id);
    }

    /// <summary>All holes, in no particular order of logs.</summary>
    public IEnumerable<EntryRange> Holes() => Missing == 0 ? [] : _logs.Values.SelectMany(static log => log.Holes());

    /// <summary>The digest over settled heads and how many there are.</summary>
    public (UInt128 Digest, long Count) SettledDigest(long now)
    {
        var heads = new List<Head>(_logs.Count);
        foreach (var log in _logs.Values.Where(Counts))
        {
            log.Settle(now);
            if (log.Settled is { } head)
            {
                heads.Add(head);
            }
        }

        return (HeadsDigest.Of(heads), heads.Count);
    }

    /// <summary>The digest over the newest heads, settled or not: what a beacon may say that was made a moment later.</summary>
    public UInt128 NewestDigest() =>
        HeadsDigest.Of(_logs.Values.Where(log => log.Newest >= log.Base && Counts(log)).Select(static log => new Head(log.Device, log.Newest, log.NewestId)));

    /// <summary>Takes the settled heads that changed since this was last asked, at most <see cref="Limits.BeaconChanges"/>.</summary>
    public IReadOnlyList<Head> TakeChanged(long now)
    {
        var taken = new List<Head>();
        foreach (var device in _changed)
        {
            var log = _logs[device];
            log.Settle(now);
            if (log.Settled is { } head && taken.Count < Limits.BeaconChanges)
            {
                taken.Add(head);
            }
        }

        foreach (var head in taken)
        {
            if (_logs[head.Device].Newest == head.Seq)
            {
                _changed.Remove(head.Device);
            }
        }

        return taken;
    }

    // The lowest place that two entries of one log contradict each other about.
    private static long Disputed(Entry one, Entry other) => (other.Header.Seq - one.Header.Seq) switch
    {
        0 => one.Header.Back == other.Header.Back ? one.Header.Seq : one.Header.Seq - 1,
        -1 when other.Id != one.Header.Back => other.Header.Seq,
        1 when one.Id != other.Header.Back => one.Header.Seq,
        _ => long.MaxValue,
    };

    private void Note(Log log, long missing, long newest, EntryId id)
    {
        Missing += log.Missing - missing;
        if (log.Newest != newest || log.NewestId != id)
        {
            _changed.Add(log.Device);
        }
    }
}
