// Owns: the properties of logs against a naive model: a table of places, and all pairs of entries for forks.
// Must never: share code with the log it checks.
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class LogModelTests
{
    private static readonly Gen<long[]> Orders = Gen.Long[0, 30].Array[0, 60];

    [Fact]
    public void A_log_agrees_with_a_table_of_places_in_every_order_with_duplicates_and_holes() =>
        Gen.Select(Orders, Gen.Long[0, 8]).Sample(
            static (places, basis) =>
            {
                var log = new Log(Cast.Ana.Device, Cast.Ana.Account, basis);
                var held = new SortedSet<long>();
                foreach (var seq in places)
                {
                    var admission = log.Admit(seq, Id(seq), Id(seq - 1), 0);
                    var isNew = seq >= basis && held.Add(seq);
                    var expected = isNew && (seq > basis || basis == 0) ? Admission.Fresh : Admission.Compare;
                    Assert.True(admission == expected || (admission == Admission.Known && expected == Admission.Compare && held.Contains(seq)));
                    Check(log, held, basis);
                }
            },
            iter: 3_000,
            threads: 1);

    [Fact]
    public void Taking_the_base_down_makes_gaps_of_the_places_between() =>
        Gen.Select(Orders, Gen.Long[5, 20], Gen.Long[0, 20]).Sample(
            static (places, basis, lower) =>
            {
                var log = new Log(Cast.Ana.Device, Cast.Ana.Account, basis);
                var held = new SortedSet<long>(places.Where(seq => seq >= basis));
                Array.ForEach(places, seq => log.Admit(seq, Id(seq), Id(seq - 1), 0));
                log.LowerBase(lower);
                Check(log, held, Math.Min(basis, lower));
            },
            iter: 3_000,
            threads: 1);

    [Fact]
    public void A_forked_log_closes_at_the_same_place_with_the_same_digest_in_every_order_of_arrival() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Long[0, 3], Gen.Bool.Array[20], Gen.Shuffle(Enumerable.Range(0, 20).ToArray())).Sample(
            static (trunk, branch, basis, kept, order) =>
            {
                var entries = Forked(trunk, branch).Where((_, i) => kept[i]).ToArray();
                var expected = ClosedAt(entries);
                foreach (var arrival in (Entry[][])[entries, [.. entries.Reverse()], [.. order.Where(i => i < entries.Length).Select(i => entries[i])], [.. entries, .. entries]])
                {
                    var (log, stored) = Play(arrival, basis);
                    Assert.Equal(expected, log.ClosedAt);
                    Assert.True(log.Missing >= 0 && log.Missing == log.Holes().Sum(static hole => hole.Count));
                    Assert.Equal(expected, ClosedAt(stored)); // what is kept proves what is claimed
                    if (expected is { } closed)
                    {
                        Assert.Equal(new Head(log.Device, closed, default), log.Settled);
                    }
                }
            },
            iter: 3_000,
            threads: 1);

    [Fact]
    public void A_closed_log_keeps_only_evidence_that_takes_it_lower()
    {
        var card = Cast.CardEntry(Cast.Ana);
        var forks = Enumerable.Range(0, 50).Select(i => Cast.Text(Cast.Ana, $"version {i}", card)).ToArray();
        var (log, stored) = Play([card, .. forks], 0);
        Assert.Equal(1, log.ClosedAt);
        Assert.Equal(3, stored.Count);
    }

    // One trunk, then two branches; place p of a branch names place p - 1 of its own.
    private static IEnumerable<Entry> Forked(int trunk, int branch)
    {
        var last = Cast.CardEntry(Cast.Ana);
        yield return last;
        for (var i = 1; i < trunk; i++)
        {
            yield return last = Cast.Text(Cast.Ana, "trunk", last);
        }

        var (left, right) = (last, last);
        for (var i = 0; i < branch; i++)
        {
            yield return left = Cast.Text(Cast.Ana, "left", left);
            yield return right = Cast.Text(Cast.Ana, "right", right);
        }
    }

    // By the rule, over all pairs: two entries at a place, or two predecessors named, or a predecessor that is not the one named.
    private static long? ClosedAt(IReadOnlyCollection<Entry> entries)
    {
        var claims = entries.SelectMany(static e => (IEnumerable<(long, EntryId)>)[(e.Header.Seq, e.Id), (e.Header.Seq - 1, e.Header.Back)]);
        var disputed = claims.Distinct().GroupBy(static claim => claim.Item1).Where(static place => place.Count() > 1).Select(static place => (long?)place.Key);
        return disputed.Min();
    }

    // What an owner does: store what is fresh or evidence, ask with what is stored where memory cannot tell.
    private static (Log Log, List<Entry> Stored) Play(IEnumerable<Entry> arrival, long basis)
    {
        var book = new LogBook(Room.General);
        Assert.True(book.TryOpen(Cast.Ana.Device, Cast.Ana.Account, basis, pinned: true, 0, out var log));
        var stored = new List<Entry>();
        foreach (var entry in arrival)
        {
            var admission = book.Admit(log, entry, 0);
            if (admission == Admission.Compare)
            {
                admission = book.Compare(log, entry, stored.Where(other => Math.Abs(other.Header.Seq - entry.Header.Seq) <= 1));
            }

            if (admission is Admission.Fresh or Admission.Fork)
            {
                stored.Add(entry);
            }

            Assert.Equal(log.Missing, book.Missing);
        }

        return (log, stored);
    }

    private static void Check(Log log, SortedSet<long> held, long basis)
    {
        var newest = held.Count == 0 ? basis - 1 : held.Max;
        var missing = new List<long>();
        for (var seq = basis; seq <= newest; seq++)
        {
            if (!held.Contains(seq))
            {
                missing.Add(seq);
            }

            Assert.Equal(missing.Count == 0, log.IsWholeTo(seq));
        }

        Assert.Equal(newest, log.Newest);
        Assert.Equal(held.Count == 0 ? default : Id(newest), log.NewestId);
        Assert.Equal(missing.Count, log.Missing);
        Assert.Equal(missing, log.Holes().SelectMany(static hole => Enumerable.Range((int)hole.From, (int)hole.Count).Select(static seq => (long)seq)));
        Assert.Null(log.ClosedAt);
    }

    private static EntryId Id(long seq) => seq < 0 ? default : new(new UInt128(7, (ulong)seq));
}
