// Owns: what is held of one log above its base, as runs of places; the chain inside and between them.
// Must never: hold bodies, or accept an entry whose place the chain contradicts.
namespace Papo.Protocol;

/// <summary>What became of an entry offered to a log.</summary>
public enum Admission
{
    /// <summary>New: store it.</summary>
    Fresh,

    /// <summary>Held already.</summary>
    Known,

    /// <summary>
    /// Memory alone cannot tell: its place is held, is the base, lies below the base or touches a closed place. Ask
    /// <see cref="LogBook.Compare"/> with what is stored there.
    /// </summary>
    Compare,

    /// <summary>It proves that the device signed two entries for one place: the log is closed now. Keep it as evidence.</summary>
    Fork,

    /// <summary>The log is closed at or below it, and it proves nothing new: drop it.</summary>
    Closed,
}

/// <summary>One log (room, device) as held here. Places (seqs) count from 0; the owner verifies signatures before it offers entries.</summary>
public sealed class Log
{
    /// <summary>How long a head must have been held before beacons count it, in milliseconds.</summary>
    public const long SettleMilliseconds = 1_000;

    private readonly List<Run> _runs = [];
    private readonly Queue<(long At, long Seq, EntryId Id)> _unsettled = new();
    private long _held;

    /// <summary>A log of which everything below <paramref name="basis"/> is "the past": fetched on demand, never a gap.</summary>
    public Log(DeviceId device, AccountId account, long basis)
    {
        Device = device;
        Account = account;
        Base = basis;
        Newest = basis - 1;
    }

    // Places First..Last are held without a hole; Back belongs to First, Id to Last. Null at a closed place: there is no one answer.
    private readonly record struct Run(long First, long Last, EntryId? Back, EntryId? Id);

    /// <summary>The author's device.</summary>
    public DeviceId Device { get; }

    /// <summary>The author's account.</summary>
    public AccountId Account { get; }

    /// <summary>The lowest place that counts.</summary>
    public long Base { get; private set; }

    /// <summary>The highest place held; base - 1 when nothing is.</summary>
    public long Newest { get; private set; }

    /// <summary>The id at <see cref="Newest"/>; zero for a closed log, so that all who know of the fork agree.</summary>
    public EntryId NewestId { get; private set; }

    /// <summary>The lowest place with two valid entries; nothing above it is accepted.</summary>
    public long? ClosedAt { get; private set; }

    /// <summary>Places between base and newest that are not held.</summary>
    public long Missing => Newest - Base + 1 - _held;

    /// <summary>The newest head held for at least <see cref="SettleMilliseconds"/>, if any.</summary>
    public Head? Settled { get; private set; }

    /// <summary>Whether every place from the base to <paramref name="seq"/> is held.</summary>
    public bool IsWholeTo(long seq) => seq < Base || (_runs.Count > 0 && _runs[0].First == Base && _runs[0].Last >= seq);

    /// <summary>Whether a place is held or lies below the base: an entry for it is old, or proof of a fork.</summary>
    public bool Covers(long seq) => seq < Base || (FirstRunFrom(seq) is var at && at < _runs.Count && _runs[at].First <= seq);

    /// <summary>Takes note of an entry whose signature is valid. <paramref name="now"/>: monotonic milliseconds.</summary>
    public Admission Admit(long seq, EntryId id, EntryId back, long now)
    {
        if (seq > ClosedAt)
        {
            return Admission.Closed;
        }

        if (seq < Base)
        {
            return Admission.Compare;
        }

        var next = FirstRunFrom(seq);
        if (next < _runs.Count && _runs[next].First <= seq)
        {
            return _runs[next].Last == seq && _runs[next].Id == id ? Admission.Known : Admission.Compare;
        }

        var follows = next > 0 && _runs[next - 1].Last == seq - 1;
        var precedes = next < _runs.Count && _runs[next].First == seq + 1;
        if (follows && _runs[next - 1].Id != back)
        {
            return CloseAt(seq - 1);
        }

        // What lies below the base, or beside a closed place, is not in memory.
        var unsure = (precedes && _runs[next].Back is null) || (seq == Base && seq > 0);
        if (precedes && _runs[next].Back is { } claimed && claimed != id)
        {
            return unsure ? Admission.Compare : CloseAt(seq, back);
        }

        Place(seq, id, back, next, follows, precedes);
        Top(seq, id, now);
        return unsure ? Admission.Compare : Admission.Fresh;
    }

    /// <summary>
    /// Takes the base down: the places between are gaps now. For a log that turns out to have begun after this device joined. The owner
    /// offers again what it has stored of them.
    /// </summary>
    public void LowerBase(long basis)
    {
        Base = Math.Min(Base, basis);
        Newest = _runs.Count == 0 ? Base - 1 : Newest;
    }

    /// <summary>
    /// Closes the log at a place where two entries claim to be, unless it is closed at or below it already. A place below the base
    /// becomes the base. <paramref name="back"/>: what the entry there names as its predecessor, if that is known and undisputed.
    /// </summary>
    public Admission CloseAt(long seq, EntryId? back = null)
    {
        if (seq >= ClosedAt)
        {
            return Admission.Closed;
        }

        ClosedAt = seq;
        Base = Math.Min(Base, seq);
        _runs.RemoveAll(run => run.First > seq);
        if (_runs.Count == 0 || _runs[^1].Last < seq)
        {
            AddClosedPlace(seq, back);
        }
        else
        {
            _runs[^1] = _runs[^1] with { Last = seq, Id = null };
        }

        _held = _runs.Sum(static run => run.Last - run.First + 1);
        Newest = seq;
        NewestId = default;
        _unsettled.Clear();
        Settled = new Head(Device, Newest, NewestId);
        return Admission.Fork;
    }

    /// <summary>The holes between base and newest, lowest first.</summary>
    public IEnumerable<EntryRange> Holes()
    {
        var from = Base;
        foreach (var run in _runs)
        {
            if (run.First > from)
            {
                yield return new EntryRange(Device, from, run.First - 1);
            }

            from = run.Last + 1;
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

    /// <summary>Puts back what a store holds, lowest place first; its head counts as settled.</summary>
    public void Resume(long first, long last, EntryId back, EntryId id)
    {
        _runs.Add(new Run(first, last, back, id));
        _held += last - first + 1;
        (Newest, NewestId) = (last, id);
        Settled = new Head(Device, last, id);
    }

    // The first run that ends at or above a place, by bisection: an author may sign as many holes as he likes.
    private int FirstRunFrom(long seq)
    {
        if (_runs.Count == 0 || _runs[^1].Last < seq)
        {
            return _runs.Count;
        }

        int low = 0, high = _runs.Count - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _runs[middle].Last >= seq ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private void AddClosedPlace(long seq, EntryId? back)
    {
        if (_runs.Count > 0 && _runs[^1].Last == seq - 1)
        {
            _runs[^1] = _runs[^1] with { Last = seq, Id = null };
        }
        else
        {
            _runs.Add(new Run(seq, seq, back, null));
        }
    }

    private void Place(long seq, EntryId id, EntryId back, int next, bool follows, bool precedes)
    {
        _held++;
        switch (follows, precedes)
        {
            case (true, true):
                _runs[next - 1] = _runs[next - 1] with { Last = _runs[next].Last, Id = _runs[next].Id };
                _runs.RemoveAt(next);
                break;
            case (true, false):
                _runs[next - 1] = _runs[next - 1] with { Last = seq, Id = id };
                break;
            case (false, true):
                _runs[next] = _runs[next] with { First = seq, Back = back };
                break;
            default:
                _runs.Insert(next, new Run(seq, seq, back, id));
                break;
        }
    }

    private void Top(long seq, EntryId id, long now)
    {
        if (seq <= Newest)
        {
            return;
        }

        (Newest, NewestId) = (seq, id);
        Settle(now);
        _unsettled.Enqueue((now, seq, id));
    }
}
