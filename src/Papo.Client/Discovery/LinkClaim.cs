// Owns: claiming names on one link: probing, announcing, answering, and taking back.
// Must never: choose a name; when it loses one it says so and is started again.
namespace Papo.Client.Discovery;

/// <summary>How a claim stands after a message.</summary>
internal enum ClaimResult
{
    /// <summary>As before.</summary>
    Stands,

    /// <summary>The instance's name is somebody else's.</summary>
    InstanceLost,

    /// <summary>The host's name is somebody else's.</summary>
    HostLost,
}

/// <summary>One announcement on one link (RFC 6762, sections 8 and 9).</summary>
internal sealed class LinkClaim
{
    private const int Probes = 3;
    private const int Announcements = 2;
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AnnouncePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Deference = TimeSpan.FromSeconds(1);
    private readonly Send _send;
    private readonly Pick _pick;
    private readonly Replies _replies;
    private AnnouncedRecords _records;
    private AnnouncedRecords? _before;
    private int _probed;
    private int _announced;
    private TimeSpan? _stepAt;

    /// <summary>Begins to probe.</summary>
    public LinkClaim(Link link, AnnouncedRecords records, Send send, Pick pick, TimeSpan from)
    {
        (Link, _records, _send, _pick) = (link, records, send, pick);
        _replies = new Replies(link.Id, send, pick);
        Probe(from);
    }

    /// <summary>The link.</summary>
    public Link Link { get; }

    /// <summary>Whether nobody objected to its names.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>When it wants to be woken, or null.</summary>
    public TimeSpan? NextAt => _stepAt is { } step && _replies.NextAt is { } reply ? (step < reply ? step : reply) : _stepAt ?? _replies.NextAt;

    /// <summary>Starts again, under other names or because somebody objected to a name that was held.</summary>
    public void Restart(AnnouncedRecords records, TimeSpan from)
    {
        _records = records;
        Probe(from);
    }

    /// <summary>Says the same names' new text (RFC 6762, section 8.4); while it still probes, the announcement will say it.</summary>
    public void Renew(AnnouncedRecords records, TimeSpan now)
    {
        (_before, _records) = (_records, records);
        if (IsHeld)
        {
            _replies.Clear();
            _stepAt = now;
            _announced = 0;
        }
    }

    /// <summary>Whether a record is ours; what was said until a moment ago may still come back from the network.</summary>
    public bool Says(DnsRecord record) => _records.Unique.Contains(record) || _before?.Unique.Contains(record) == true;

    /// <summary>Does what is due.</summary>
    public void Wake(TimeSpan now)
    {
        while (_stepAt <= now)
        {
            Step(now);
        }

        if (IsHeld)
        {
            _replies.Wake(_records, now);
        }
    }

    /// <summary>Takes a message on this link; <paramref name="isOurs"/> knows the records of every link, for two of them may lead to the same network.</summary>
    public ClaimResult Take(Arrived arrived, Func<DnsRecord, bool> isOurs, TimeSpan now)
    {
        if (!_records.IsReachable)
        {
            return ClaimResult.Stands;
        }

        if (arrived.Message.IsResponse)
        {
            return Compare(arrived, isOurs, now);
        }

        if (IsHeld)
        {
            _replies.Take(arrived, _records, now);
        }
        else if (LosesTo(arrived.Message))
        {
            Probe(now + Deference);
        }

        return ClaimResult.Stands;
    }

    /// <summary>Goodbye (section 10.1).</summary>
    public void TakeBack()
    {
        if (IsHeld)
        {
            _send(Link.Id, new DnsMessage { IsResponse = true, Answers = [.. _records.All.Select(static record => record with { Ttl = 0 })] }, null);
        }

        IsHeld = false;
        _stepAt = null;
    }

    private void Probe(TimeSpan from)
    {
        (_probed, _announced, IsHeld) = (0, 0, false);
        _replies.Clear();
        _stepAt = _records.IsReachable ? from + _pick(TimeSpan.Zero, ProbePause) : null;
    }

    private void Step(TimeSpan now)
    {
        if (_probed < Probes)
        {
            _probed++;
            _stepAt = now + ProbePause;

            // Not for answers to this computer alone, though section 8.1 likes them: another program on the port might get them, and the objection be lost.
            _send(
                Link.Id,
                new DnsMessage
                {
                    Questions = [.. _records.Names.Select(static name => new DnsQuestion(name, DnsType.Any))],
                    Authorities = [.. _records.Unique.Select(static record => record with { Flush = false })],
                },
                null);
            return;
        }

        IsHeld = true;
        _announced++;
        _stepAt = _announced < Announcements ? now + AnnouncePause : null;
        _replies.Said(_records.All, now);
        _send(Link.Id, new DnsMessage { IsResponse = true, Answers = [.. _records.All] }, null);
    }

    // While it probes, any record of its names is somebody else's claim (section 8.1); later, one of the same type that differs (section 9).
    private ClaimResult Compare(Arrived arrived, Func<DnsRecord, bool> isOurs, TimeSpan now)
    {
        foreach (var record in arrived.Message.Answers.Concat(arrived.Message.Additionals))
        {
            var own = _records.Unique.Where(own => own.Name.Equals(record.Name)).ToList();
            if (own.Count == 0 || record.Type == DnsType.Nsec)
            {
                continue;
            }

            if (isOurs(record))
            {
                if (IsHeld && own.FirstOrDefault(record.Equals) is { } shortened && record.Ttl < shortened.Ttl / 2)
                {
                    _replies.Repeat(shortened, now);
                }
            }
            else if (record.Ttl > 0 && (!IsHeld || own.Any(held => held.Type == record.Type)))
            {
                return own.Any(static held => held.Type == DnsType.Srv) ? ClaimResult.InstanceLost : ClaimResult.HostLost;
            }
        }

        return ClaimResult.Stands;
    }

    // Two who probe at once: whose records come later in their order wins (section 8.2).
    private bool LosesTo(DnsMessage probe) =>
        _records.Names.Any(name => CompareClaims(Claim(_records.Unique, name), Claim(probe.Authorities, name)) < 0);

    private static List<DnsRecord> Claim(IEnumerable<DnsRecord> records, DnsName name) => [.. records.Where(record => record.Name.Equals(name)).Order(Comparer<DnsRecord>.Create(DnsRecord.Compare))];

    private static int CompareClaims(List<DnsRecord> ours, List<DnsRecord> theirs)
    {
        if (theirs.Count == 0)
        {
            return 0;
        }

        var first = ours.Zip(theirs, DnsRecord.Compare).FirstOrDefault(static order => order != 0);
        return first != 0 ? first : ours.Count.CompareTo(theirs.Count);
    }
}
