// Owns: what is held of one log: from its base up, without holes to the height, then islands; the chain between them.
// Must never: hold bodies, or accept an entry whose place the chain contradicts.
namespace Papo.Protocol;

/// <summary>What became of an entry offered to a log.</summary>
public enum Admission
{
    /// <summary>New: store it.</summary>
    Fresh,

    /// <summary>Held already.</summary>
    Known,

    /// <summary>At a place that is held or lies below the base: compare with the stored entry there, store if there is none.</summary>
    Compare,

    /// <summary>It proves that the device signed two entries for one place: the log closes. Store as evidence only.</summary>
    Fork,

    /// <summary>The log is closed below it.</summary>
    Closed,

    /// <summary>The room admits no more logs now.</summary>
    Flood,
}

/// <summary>One log (room, device) as held here. Seqs are 0-based; the owner verifies signatures before it offers entries.</summary>
public sealed class Log
{
    /// <summary>How long a head must have been held before beacons count it, in milliseconds.</summary>
    public const long SettleMilliseconds = 2_000;

    private readonly SortedDictionary<long, Link> _islands = [];
    private readonly Queue<(long At, long Seq, EntryId Id)> _unsettled = new();
    private Link _top;

    /// <summary>A log of which the entry at <paramref name="basis"/> - 1 and all before it are "the past": nothing there is a gap.</summary>
    public Log(DeviceId device, AccountId account, long basis)
    {
        Device = device;
        Account = account;
        Base = basis;
        Height = basis - 1;
        Newest = basis - 1;
    }

    private readonly record struct Link(EntryId Id, EntryId Back);

    /// <summary>The author's device.</summary>
    public DeviceId Device { get; }

    /// <summary>The author's account.</summary>
    public AccountId Account { get; }

    /// <summary>The lowest place that counts: what lies below is fetched on demand only.</summary>
    public long Base { get; private set; }

    /// <summary>Everything from the base to here is held; base - 1 when nothing is.</summary>
    public long Height { get; private set; }

    /// <summary>The highest place held.</summary>
    public long Newest { get; private set; }

    /// <summary>The id at <see cref="Newest"/>.</summary>
    public EntryId NewestId { get; private set; }

    /// <summary>The lowest place with two valid entries; nothing above it is accepted.</summary>
    public long? ClosedAt { get; private set; }

    /// <summary>Places between base and newest that are not held.</summary>
    public long Missing => Newest - Height - _islands.Count;

    /// <summary>The newest head held for at least two seconds, if any.</summary>
    public Head? Settled { get; private set; }

    /// <summary>Takes note of an entry whose signature is valid. <paramref name="now"/>: monotonic milliseconds.</summary>
    public Admission Admit(long seq, EntryId id, EntryId back, long now)
    {
        if (ClosedAt is { } closed && seq > closed)
        {
            return Admission.Closed;
        }

        if (seq < Base || seq < Height)
        {
            return Admission.Compare;
        }

        if (TryLinkAt(seq, out var held))
        {
            return held.Id == id ? Admission.Known : Close(seq, Admission.Fork);
        }

        if (TryLinkAt(seq - 1, out var before) && before.Id != back)
        {
            return Close(seq - 1, Admission.Fork);
        }

        if (_islands.TryGetValue(seq + 1, out var after) && after.Back != id)
        {
            return Close(seq, Admission.Fork);
        }

        Place(seq, new Link(id, back), now);
        return Admission.Fresh;
    }

    /// <summary>An entry just below the base was stored: the base moves down to it when the chain fits. The caller knows the back of the base entry.</summary>
    public bool TryLowerBase(long seq)
    {
        if (seq != Base - 1)
        {
            return false;
        }

        Base = seq;
        return true;
    }

    /// <summary>Closes the log at a place where two valid entries are known.</summary>
    public void CloseAt(long seq) => Close(seq, Admission.Fork);

    /// <summary>The holes between base and newest, lowest first.</summary>
    public IEnumerable<EntryRange> Holes()
    {
        var from = Height + 1;
        foreach (var seq in _islands.Keys)
        {
            if (seq > from)
            {
                yield return new EntryRange(Device, from, seq - 1);
            }

            from = seq + 1;
        }
    }

    /// <summary>Lets heads that are old enough count as settled.</summary>
    public void Settle(long now)
    {
        while (_unsettled.TryPeek(out var oldest) && oldest.At + SettleMilliseconds <= now)
        {
            _unsettled.Dequeue();
            if (Settled is not { } settled || oldest.Seq > settled.Seq)
            {
                Settled = new Head(Device, oldest.Seq, oldest.Id);
            }
        }
    }

    /// <summary>Continues from what a store holds: contiguous to <paramref name="height"/>, whose id and back are given.</summary>
    public void Resume(long height, EntryId id, EntryId back)
    {
        Height = height;
        _top = new Link(id, back);
        Newest = height;
        NewestId = id;
        Settled = new Head(Device, height, id);
    }

    private bool TryLinkAt(long seq, out Link link)
    {
        link = _top;
        return (seq == Height && Height >= Base) || _islands.TryGetValue(seq, out link);
    }

    private void Place(long seq, Link link, long now)
    {
        if (seq > Newest)
        {
            Newest = seq;
            NewestId = link.Id;
            Settle(now);
            _unsettled.Enqueue((now, seq, link.Id));
        }

        if (seq != Height + 1)
        {
            _islands[seq] = link;
            return;
        }

        Height = seq;
        _top = link;
        while (_islands.Remove(Height + 1, out var next))
        {
            Height++;
            _top = next;
        }
    }

    // All who know of the fork agree on this head, whichever of the two entries (and of those built on them) they saw first.
    private Admission Close(long seq, Admission answer)
    {
        ClosedAt = Math.Min(seq, ClosedAt ?? long.MaxValue);
        foreach (var above in _islands.Keys.Where(island => island > ClosedAt).ToList())
        {
            _islands.Remove(above);
        }

        if (Height >= ClosedAt)
        {
            Height = ClosedAt.Value;
        }
        else
        {
            _islands[ClosedAt.Value] = default;
        }

        Newest = ClosedAt.Value;
        NewestId = default;
        _unsettled.Clear();
        Settled = new Head(Device, Newest, NewestId);
        return answer;
    }
}
