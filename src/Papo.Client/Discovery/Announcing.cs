// Owns: one announcement on every link, under names that are the same on all of them.
// Must never: keep a name that somebody else had first.
using System.Globalization;

namespace Papo.Client.Discovery;

/// <summary>Claims names, says what is announced, answers, and takes it back at the end.</summary>
internal sealed class Announcing : IMulticastPart
{
    private const int MaxLabelBytes = 63;
    private const int ManyConflicts = 15;
    private static readonly TimeSpan ConflictSpan = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConflictPause = TimeSpan.FromSeconds(5);
    private readonly Dictionary<LinkId, LinkClaim> _claims = [];
    private readonly Queue<TimeSpan> _conflicts = new();
    private readonly Send _send;
    private readonly Pick _pick;
    private readonly Func<string> _hostLabel;
    private Announcement _announcement;
    private int _number = 1;

    /// <summary>An announcement; it begins when there are links.</summary>
    public Announcing(Announcement announcement, Send send, Pick pick, Func<string> hostLabel)
    {
        (_announcement, _send, _pick, _hostLabel) = (announcement, send, pick, hostLabel);
        Names = new ClaimedNames(Numbered(announcement.Name, _number), hostLabel());
    }

    /// <summary>The names it has, or tries to get.</summary>
    public ClaimedNames Names { get; private set; }

    /// <summary>Whether it is announced on some link.</summary>
    public bool IsHeld => _claims.Values.Any(static claim => claim.IsHeld);

    /// <inheritdoc/>
    public TimeSpan? NextAt => _claims.Values.Min(static claim => claim.NextAt);

    /// <inheritdoc/>
    public void LinksAre(IReadOnlyList<Link> links, TimeSpan now)
    {
        foreach (var gone in _claims.Keys.Except(links.Select(static link => link.Id)).ToList())
        {
            _claims.Remove(gone);
        }

        foreach (var link in links.Where(link => !_claims.TryGetValue(link.Id, out var claim) || !claim.Link.Equals(link)))
        {
            _claims[link.Id] = new LinkClaim(link, Records(link), _send, _pick, now);
        }
    }

    /// <summary>Says something new under the same name.</summary>
    public void Renew(Announcement announcement, TimeSpan now)
    {
        _announcement = announcement with { Name = _announcement.Name };
        foreach (var claim in _claims.Values)
        {
            claim.Renew(Records(claim.Link), now);
        }
    }

    /// <inheritdoc/>
    public void Take(Arrived arrived, TimeSpan now)
    {
        if (!_claims.TryGetValue(arrived.Link, out var claim))
        {
            return;
        }

        var wasHeld = claim.IsHeld;
        var result = claim.Take(arrived, IsOurs, now);
        if (result == ClaimResult.Stands)
        {
            return;
        }

        // Section 9: what was held is probed for again; whoever then answers has it.
        var from = Note(now);
        if (wasHeld)
        {
            claim.Restart(Records(claim.Link), from);
        }
        else
        {
            Rename(result, from);
        }
    }

    /// <inheritdoc/>
    public void Wake(TimeSpan now)
    {
        foreach (var claim in _claims.Values)
        {
            claim.Wake(now);
        }
    }

    /// <inheritdoc/>
    public void Close()
    {
        foreach (var claim in _claims.Values)
        {
            claim.TakeBack();
        }
    }

    private void Rename(ClaimResult lost, TimeSpan from)
    {
        Names = lost == ClaimResult.InstanceLost ? Names with { Instance = Numbered(_announcement.Name, ++_number) } : Names with { Host = _hostLabel() };
        foreach (var claim in _claims.Values)
        {
            claim.TakeBack();
            claim.Restart(Records(claim.Link), from);
        }
    }

    // Section 8.1: fifteen conflicts within ten seconds, and every further try waits five.
    private TimeSpan Note(TimeSpan now)
    {
        _conflicts.Enqueue(now);
        while (_conflicts.Count > ManyConflicts || now - _conflicts.Peek() > ConflictSpan)
        {
            _conflicts.Dequeue();
        }

        return _conflicts.Count >= ManyConflicts ? now + ConflictPause : now;
    }

    private bool IsOurs(DnsRecord record) => _claims.Values.Any(claim => claim.Says(record));

    private AnnouncedRecords Records(Link link) => new(_announcement, Names, link);

    private static string Numbered(string name, int number)
    {
        if (number == 1)
        {
            return name;
        }

        var tail = string.Create(CultureInfo.InvariantCulture, $" ({number})");
        return DnsName.Cut(name, MaxLabelBytes - tail.Length) + tail;
    }
}
