// Owns: what others said on each link and until when it holds (RFC 6762, section 10).
// Must never: grow without a bound: what does not fit is not kept, and will be heard again.
namespace Papo.Client.Discovery;

/// <summary>Records that were heard.</summary>
internal sealed class RecordCache
{
    private const int MaxRecords = 512;
    private const int FirstRefresh = 80;
    private const int RefreshStep = 5;
    private const int LastRefresh = 95;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Dictionary<(LinkId Link, DnsRecord Record), Held> _held = [];

    /// <summary>When the next record ends or wants to be asked for again, or null.</summary>
    public TimeSpan? NextAt => _held.Count == 0 ? null : _held.Values.Min(static held => held.RefreshAt < held.EndsAt ? held.RefreshAt : held.EndsAt);

    /// <summary>Everything held on a link, or on every one.</summary>
    public IEnumerable<(LinkId Link, DnsRecord Record)> All => _held.Keys;

    /// <summary>Records of a name and type on a link, the newest first.</summary>
    public IEnumerable<DnsRecord> Find(LinkId link, DnsName name, DnsType type) =>
        _held.Where(pair => pair.Key.Link == link && pair.Key.Record.Type == type && pair.Key.Record.Name.Equals(name))
            .OrderByDescending(static pair => pair.Value.HeardAt)
            .Select(static pair => pair.Key.Record);

    /// <summary>Whether an instance that is known on a link lives on this host.</summary>
    public bool IsHost(LinkId link, DnsName host) =>
        _held.Keys.Any(key => key.Link == link && key.Record.Type == DnsType.Srv && key.Record.TryService(out var target, out _) && target.Equals(host));

    /// <summary>Takes a record; true when something is known now that was not before.</summary>
    public bool Add(LinkId link, DnsRecord record, TimeSpan now)
    {
        var key = (link, record);
        if (record.Ttl == 0)
        {
            // Section 10.1: a goodbye counts one second later, so that another holder of the record can object.
            if (_held.TryGetValue(key, out var leaving))
            {
                leaving.EndBy(now + Second);
            }

            return false;
        }

        if (record.Flush)
        {
            // Section 10.2: what is older than a second goes within a second; a burst of one sender stays together.
            foreach (var older in _held.Where(pair => pair.Key.Link == link && !pair.Key.Record.Equals(record) && pair.Key.Record.Type == record.Type && pair.Key.Record.Name.Equals(record.Name)).Select(static pair => pair.Value))
            {
                if (now - older.HeardAt > Second)
                {
                    older.EndBy(now + Second);
                }
            }
        }

        var held = new Held(now, TimeSpan.FromSeconds(record.Ttl));
        if (_held.TryGetValue(key, out var before))
        {
            // An answer to us alone has a short time on it (section 6.7); it takes nothing from what all were told.
            if (before.EndsAt < held.EndsAt)
            {
                _held.Remove(key);
                _held.Add(key, held);
            }

            return false;
        }

        return _held.Count < MaxRecords && _held.TryAdd(key, held);
    }

    /// <summary>Forgets what has ended; true when there was something.</summary>
    public bool End(TimeSpan now)
    {
        var ended = _held.Where(pair => pair.Value.EndsAt <= now).Select(static pair => pair.Key).ToList();
        ended.ForEach(key => _held.Remove(key));
        return ended.Count > 0;
    }

    /// <summary>Forgets links that are gone; true when something was known of them.</summary>
    public bool Keep(IReadOnlyCollection<LinkId> links)
    {
        var gone = _held.Keys.Where(key => !links.Contains(key.Link)).ToList();
        gone.ForEach(key => _held.Remove(key));
        return gone.Count > 0;
    }

    /// <summary>Records that should be asked for again now, at 80, 85, 90 and 95 % of their time (section 5.2); each is named once a step.</summary>
    public IReadOnlyList<(LinkId Link, DnsRecord Record)> Refresh(TimeSpan now)
    {
        List<(LinkId, DnsRecord)> due = [];
        foreach (var (key, held) in _held.Where(pair => pair.Value.RefreshAt <= now))
        {
            due.Add(key);
            held.Refreshed();
        }

        return due;
    }

    /// <summary>The pointers of a name on a link that still hold for more than half of their time, with the seconds left: known answers (section 7.1).</summary>
    public IEnumerable<DnsRecord> Known(LinkId link, DnsName name, TimeSpan now) =>
        from pair in _held
        where pair.Key.Link == link && pair.Key.Record.Type == DnsType.Ptr && pair.Key.Record.Name.Equals(name)
        let left = (uint)Math.Max(0, (pair.Value.EndsAt - now).TotalSeconds)
        where left > pair.Key.Record.Ttl / 2
        select pair.Key.Record with { Ttl = left, Flush = false };

    private sealed class Held(TimeSpan heardAt, TimeSpan time)
    {
        private int _refresh = FirstRefresh;

        public TimeSpan HeardAt => heardAt;

        public TimeSpan EndsAt { get; private set; } = heardAt + time;

        public TimeSpan RefreshAt => _refresh > LastRefresh ? TimeSpan.MaxValue : heardAt + (time * (_refresh / 100.0));

        public void Refreshed() => _refresh += RefreshStep;

        public void EndBy(TimeSpan end)
        {
            _refresh = LastRefresh + RefreshStep;
            EndsAt = end < EndsAt ? end : EndsAt;
        }
    }
}
