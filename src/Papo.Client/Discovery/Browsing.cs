// Owns: asking for chats on every link, and when to ask again.
// Must never: ask for what it knows, or more often than RFC 6762, section 5.2 allows.
namespace Papo.Client.Discovery;

/// <summary>Looks for chats until it is closed.</summary>
/// <param name="send">The way to everybody.</param>
/// <param name="sendAlone">The same from a port of our own: whoever answers, answers to it (RFC 6762, section 6.7).</param>
/// <param name="pick">Random times.</param>
internal sealed class Browsing(Send send, Send sendAlone, Pick pick) : IMulticastPart
{
    private const int KnownBytes = 1_200;
    private static readonly TimeSpan FirstFrom = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan FirstTo = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly RecordCache _cache = new();
    private readonly Dictionary<LinkId, Asked> _links = [];
    private readonly Dictionary<(LinkId Link, DnsQuestion Question), TimeSpan> _resolved = [];

    /// <summary>What is found now.</summary>
    public IReadOnlyList<FoundChat> Found { get; private set; } = [];

    /// <inheritdoc/>
    public TimeSpan? NextAt
    {
        get
        {
            var ask = _links.Values.Min(static asked => (TimeSpan?)asked.NextAt);
            return _cache.NextAt is { } cache && (ask is null || cache < ask) ? cache : ask;
        }
    }

    /// <inheritdoc/>
    public void LinksAre(IReadOnlyList<Link> links, TimeSpan now)
    {
        var gone = _links.Keys.Except(links.Select(static link => link.Id)).ToList();
        gone.ForEach(id => _links.Remove(id));
        foreach (var link in links.Where(link => !_links.TryGetValue(link.Id, out var asked) || !asked.Link.Equals(link)))
        {
            _links[link.Id] = new Asked(link, now + pick(FirstFrom, FirstTo));
        }

        if (_cache.Keep(_links.Keys))
        {
            Look();
        }
    }

    /// <inheritdoc/>
    public void Take(Arrived arrived, TimeSpan now)
    {
        if (!arrived.Message.IsResponse || !_links.ContainsKey(arrived.Link))
        {
            return;
        }

        var isNew = false;
        foreach (var record in arrived.Message.Answers.Concat(arrived.Message.Additionals).OrderBy(static record => record.Type is DnsType.A or DnsType.Aaaa))
        {
            isNew |= IsWanted(arrived.Link, record) && _cache.Add(arrived.Link, record, now);
        }

        if (isNew)
        {
            Look();
            Resolve(arrived.Link, now);
        }
    }

    /// <inheritdoc/>
    public void Wake(TimeSpan now)
    {
        if (_cache.End(now))
        {
            Look();
        }

        foreach (var (link, records) in _cache.Refresh(now).GroupBy(static due => due.Link).ToDictionary(static due => due.Key, static due => due.ToList()))
        {
            send(link, new DnsMessage { Questions = [.. records.Select(static due => new DnsQuestion(due.Record.Name, due.Record.Type)).Distinct()] }, null);
        }

        foreach (var (id, asked) in _links.Where(pair => pair.Value.NextAt <= now))
        {
            Ask(id, asked.IsFirst, now);
            Resolve(id, now);
            asked.Again(now);
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
    }

    // Everybody's messages arrive here; an address matters only once a service there is known.
    private bool IsWanted(LinkId link, DnsRecord record) => record.Type switch
    {
        DnsType.Ptr => FoundReading.Types.Contains(record.Name),
        DnsType.Srv or DnsType.Txt => FoundReading.Types.Contains(record.Name.Parent),
        DnsType.A or DnsType.Aaaa => _cache.IsHost(link, record.Name),
        _ => false,
    };

    // The first time, the question also goes out from a port of our own. Answers to all may have to wait for a second, because somebody else was just
    // told; answers to the shared port alone (section 5.4) reach one of the programs on it, and that may be another.
    private void Ask(LinkId link, bool isFirst, TimeSpan now)
    {
        List<DnsRecord> known = [];
        var left = KnownBytes;
        foreach (var record in FoundReading.Types.SelectMany(type => _cache.Known(link, type, now)))
        {
            left -= record.Name.Wire.Length + record.Data.Length + 10;
            if (left > 0)
            {
                known.Add(record);
            }
        }

        var question = new DnsMessage { Questions = [.. FoundReading.Types.Select(static type => new DnsQuestion(type, DnsType.Ptr))], Answers = known };
        send(link, question, null);
        if (isFirst)
        {
            sendAlone(link, question, null);
        }
    }

    // Each question once a second at most, for as long as its record is missing.
    private void Resolve(LinkId link, TimeSpan now)
    {
        foreach (var old in _resolved.Where(pair => now - pair.Value >= Second).Select(static pair => pair.Key).ToList())
        {
            _resolved.Remove(old);
        }

        List<DnsQuestion> questions = [.. new FoundReading(_cache).Missing(link).Distinct().Where(question => _resolved.TryAdd((link, question), now)).Take(8)];
        if (questions.Count > 0)
        {
            send(link, new DnsMessage { Questions = questions }, null);
        }
    }

    private void Look() => Found = new FoundReading(_cache).Read([.. _links.Values.Where(static asked => asked.Link.IsLoopback).Select(static asked => asked.Link.Id)]);

    private sealed class Asked(Link link, TimeSpan first)
    {
        private TimeSpan _pause = Second;

        public Link Link => link;

        public bool IsFirst { get; private set; } = true;

        public TimeSpan NextAt { get; private set; } = first;

        public void Again(TimeSpan now)
        {
            IsFirst = false;
            NextAt = now + _pause;
            _pause = _pause * 2 < Hour ? _pause * 2 : Hour;
        }
    }
}
