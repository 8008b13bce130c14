// Owns: the tests of a room's logs together: admission of new ones, digests, what a beacon says.
// Must never: depend on the order in which logs became known.
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class LogBookTests
{
    private static readonly Entry Ana = Cast.CardEntry(Cast.Ana);
    private static readonly Entry Bia = Cast.CardEntry(Cast.Bia);

    [Fact]
    public void Sixty_new_logs_of_strangers_a_minute_are_admitted_and_friends_always()
    {
        var book = new LogBook(Room.General);
        bool Opens(int device, bool pinned, long now) => book.TryOpen(new DeviceId((UInt128)device), default, 0, pinned, now, out _);
        Assert.All(Enumerable.Range(0, 60), i => Assert.True(Opens(i, false, 1_000)));
        Assert.False(Opens(60, false, 1_000));
        Assert.True(Opens(61, true, 1_000));
        Assert.True(Opens(0, false, 1_000)); // known already
        Assert.True(Opens(60, false, 61_000));
    }

    [Fact]
    public void Two_thousand_logs_are_a_rooms_limit()
    {
        var book = new LogBook(Room.General);
        Assert.All(Enumerable.Range(0, 2_000), i => Assert.True(book.TryOpen(new DeviceId((UInt128)i), default, 0, true, 0, out _)));
        Assert.False(book.TryOpen(new DeviceId(9_999), default, 0, true, 0, out _));
        Assert.Equal(2_000, book.Logs.Count);
    }

    [Fact]
    public void The_digest_does_not_depend_on_the_order_of_logs() =>
        Gen.Select(Gen.Select(Gen.ULong, Gen.Long[0, 9], Gen.ULong).Array[0, 9], Gen.Shuffle(Enumerable.Range(0, 9).ToArray())).Sample(
            static (heads, order) =>
            {
                var list = heads.DistinctBy(static h => h.Item1).Select(static h => new Head(new DeviceId(h.Item1), h.Item2, new EntryId(h.Item3))).ToArray();
                return HeadsDigest.Of(list) == HeadsDigest.Of(order.Where(i => i < list.Length).Select(i => list[i]));
            },
            threads: 1);

    [Fact]
    public void A_digest_tells_every_head_apart()
    {
        var head = new Head(Cast.Ana.Device, 3, new EntryId(4));
        UInt128[] digests = [HeadsDigest.Of([]), HeadsDigest.Of([head]), HeadsDigest.Of([head with { Seq = 4 }]), HeadsDigest.Of([head with { Id = default }]), HeadsDigest.Of([head with { Device = Cast.Bia.Device }])];
        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Fact]
    public void Two_devices_that_hold_the_same_agree_whatever_came_first()
    {
        var (one, other) = (Book(Ana, Bia), Book(Bia, Ana));
        Assert.NotEqual(one.SettledDigest(999), one.SettledDigest(1_000));
        Assert.Equal(one.SettledDigest(5_000), other.SettledDigest(5_000));
        Assert.Equal(one.SettledDigest(5_000).Digest, one.NewestDigest());
        Assert.Equal((HeadsDigest.Of([new Head(Cast.Ana.Device, 0, Ana.Id), new Head(Cast.Bia.Device, 0, Bia.Id)]), 2L), one.SettledDigest(5_000));
    }

    [Fact]
    public void A_log_that_was_opened_and_holds_nothing_is_not_in_the_digest()
    {
        var book = Book(Ana);
        Assert.True(book.TryOpen(Cast.Caio.Device, Cast.Caio.Account, 5, true, 0, out _));
        Assert.Equal((HeadsDigest.Of([new Head(Cast.Ana.Device, 0, Ana.Id)]), 1L), book.SettledDigest(5_000));
        Assert.Equal(book.SettledDigest(5_000).Digest, book.NewestDigest());
    }

    [Fact]
    public void Changed_heads_are_told_once_they_are_settled_and_only_once()
    {
        var book = Book(Ana, Bia);
        Assert.Empty(book.TakeChanged(999));
        Assert.Equal(2, book.TakeChanged(1_000).Count);
        Assert.Empty(book.TakeChanged(2_000));
    }

    [Fact]
    public void A_fork_of_the_newest_entry_is_a_change()
    {
        var (one, other) = (Cast.Text(Cast.Ana, "one", Ana), Cast.Text(Cast.Ana, "other", Ana));
        var book = Book(Ana, one);
        book.TakeChanged(9_000);
        Assert.True(book.TryGet(Cast.Ana.Device, out var log));
        Assert.Equal(Admission.Compare, book.Admit(log, other, 9_000));
        Assert.Equal(Admission.Fork, book.Compare(log, other, [Ana, one]));
        Assert.Equal([new Head(Cast.Ana.Device, 1, default)], book.TakeChanged(9_000));
    }

    [Fact]
    public void A_beacon_names_at_most_thirty_two_changed_heads_and_the_rest_next_time()
    {
        var book = new LogBook(Room.General);
        for (byte seed = 100; seed < 200; seed += 2)
        {
            Add(book, Cast.CardEntry(Cast.Make("ana", seed)));
        }

        Assert.Equal(32, book.TakeChanged(9_000).Count);
        Assert.Equal(18, book.TakeChanged(9_000).Count);
    }

    [Fact]
    public void A_place_next_to_the_highest_does_not_overflow_the_count_of_missing_entries()
    {
        var book = new LogBook(Room.General);
        for (byte seed = 100; seed < 120; seed += 2)
        {
            var author = Cast.Make("caio", seed);
            Add(book, Cast.Sign(author, Cast.Header(author, EntryKind.Text, Limits.Seq, Ana.Id), []));
        }

        Assert.Equal(10 * Limits.Seq, book.Missing);
        Assert.Equal(10, book.Holes().Count());
    }

    private static LogBook Book(params Entry[] entries)
    {
        var book = new LogBook(Room.General);
        Array.ForEach(entries, entry => Add(book, entry));
        return book;
    }

    private static void Add(LogBook book, Entry entry)
    {
        Assert.True(book.TryOpen(entry.Header.Device, entry.Header.Account, 0, true, 0, out var log));
        Assert.Equal(Admission.Fresh, book.Admit(log, entry, 0));
    }
}
