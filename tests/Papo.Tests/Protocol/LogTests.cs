// Owns: the tests of one log by example: gaps, base, forks, settling.
// Must never: verify signatures; entries here are places and ids.
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class LogTests
{
    private static EntryId A(long seq) => seq < 0 ? default : new(new UInt128(0xA, (ulong)seq));

    private static EntryId B(long seq) => new(new UInt128(0xB, (ulong)seq));

    private static Log Open(long basis = 0) => new(Cast.Ana.Device, Cast.Ana.Account, basis);

    private static Admission Admit(Log log, long seq, long now = 0) => log.Admit(seq, A(seq), A(seq - 1), now);

    [Fact]
    public void Entries_in_order_leave_no_gap()
    {
        var log = Open();
        for (var seq = 0; seq < 5; seq++)
        {
            Assert.Equal(Admission.Fresh, Admit(log, seq));
        }

        Assert.Equal((0L, 4L, A(4)), (log.Missing, log.Newest, log.NewestId));
        Assert.True(log.IsWholeTo(4));
        Assert.False(log.IsWholeTo(5));
        Assert.Empty(log.Holes());
    }

    [Fact]
    public void A_jump_is_a_gap_until_it_is_filled()
    {
        var log = Open();
        Admit(log, 0);
        Admit(log, 5);
        Assert.Equal(4, log.Missing);
        Assert.Equal([new EntryRange(Cast.Ana.Device, 1, 4)], log.Holes());
        Admit(log, 3);
        Assert.Equal([new EntryRange(Cast.Ana.Device, 1, 2), new EntryRange(Cast.Ana.Device, 4, 4)], log.Holes());
        Admit(log, 4);
        Admit(log, 2);
        Admit(log, 1);
        Assert.Empty(log.Holes());
        Assert.True(log.IsWholeTo(5));
    }

    [Fact]
    public void A_duplicate_of_the_newest_is_known_and_of_an_older_one_is_compared()
    {
        var log = Open();
        Admit(log, 0);
        Admit(log, 1);
        Assert.Equal(Admission.Known, Admit(log, 1));
        Assert.Equal(Admission.Compare, Admit(log, 0));
        Assert.Equal(Admission.Compare, log.Admit(1, B(1), A(0), 0));
    }

    [Fact]
    public void What_lies_below_the_base_is_the_past_and_no_gap()
    {
        var log = Open(10);
        Assert.Equal(0, log.Missing);
        Assert.True(log.IsWholeTo(9));
        Admit(log, 12);
        Assert.Equal([new EntryRange(Cast.Ana.Device, 10, 11)], log.Holes());
        Assert.Equal(Admission.Compare, Admit(log, 3));
        log.LowerBase(8);
        Assert.Equal([new EntryRange(Cast.Ana.Device, 8, 11)], log.Holes());
        log.LowerBase(20);
        Assert.Equal((8L, 4L), (log.Base, log.Missing));
    }

    [Fact]
    public void An_empty_log_whose_base_goes_down_misses_nothing()
    {
        var log = Open(10);
        log.LowerBase(0);
        Assert.Equal((0L, -1L), (log.Missing, log.Newest));
    }

    [Fact]
    public void An_entry_that_names_another_predecessor_closes_the_log_at_that_predecessor()
    {
        var log = Open();
        Admit(log, 0);
        Admit(log, 1);
        Assert.Equal(Admission.Fork, log.Admit(2, B(2), B(1), 0));
        Assert.Equal((1L, 1L, default(EntryId)), (log.ClosedAt!.Value, log.Newest, log.NewestId));
        Assert.Equal(Admission.Closed, Admit(log, 2));
        Assert.Equal(new Head(Cast.Ana.Device, 1, default), log.Settled);
    }

    [Fact]
    public void An_entry_that_its_successor_does_not_name_closes_the_log_at_its_place_and_what_is_below_still_counts()
    {
        var log = Open();
        Admit(log, 0);
        Admit(log, 3);
        Assert.Equal(Admission.Fork, log.Admit(2, B(2), A(1), 0));
        Assert.Equal([new EntryRange(Cast.Ana.Device, 1, 1)], log.Holes());
        Assert.Equal(Admission.Fresh, Admit(log, 1)); // it is what the entry at 2 names: no second fork
        Assert.Equal((2L, 0L), (log.ClosedAt!.Value, log.Missing));
    }

    [Fact]
    public void A_log_closes_only_downwards()
    {
        var log = Open();
        for (var seq = 0; seq < 9; seq++)
        {
            Admit(log, seq);
        }

        Assert.Equal(Admission.Fork, log.CloseAt(5));
        Assert.Equal(Admission.Closed, log.CloseAt(7));
        Assert.Equal(Admission.Closed, log.CloseAt(5));
        Assert.Equal(Admission.Fork, log.CloseAt(3));
        Assert.Equal((3L, 3L, 0L), (log.ClosedAt!.Value, log.Newest, log.Missing));
    }

    [Fact]
    public void A_fork_in_the_past_makes_its_place_the_base_and_misses_nothing()
    {
        var log = Open(10);
        Admit(log, 12);
        log.CloseAt(4);
        Assert.Equal((4L, 4L, 0L), (log.Base, log.Newest, log.Missing));
        Assert.Empty(log.Holes());
    }

    [Fact]
    public void A_head_settles_after_a_second()
    {
        var log = Open();
        Admit(log, 0, 1_000);
        Admit(log, 1, 1_500);
        log.Settle(1_999);
        Assert.Null(log.Settled);
        log.Settle(2_000);
        Assert.Equal(new Head(Cast.Ana.Device, 0, A(0)), log.Settled);
        log.Settle(2_500);
        Assert.Equal(new Head(Cast.Ana.Device, 1, A(1)), log.Settled);
    }

    [Fact]
    public void A_log_put_back_from_a_store_goes_on_where_it_was()
    {
        var log = Open();
        log.Resume(0, 3, default, A(3));
        log.Resume(6, 7, A(5), A(7));
        Assert.Equal([new EntryRange(Cast.Ana.Device, 4, 5)], log.Holes());
        Assert.Equal(new Head(Cast.Ana.Device, 7, A(7)), log.Settled);
        Assert.Equal(Admission.Known, Admit(log, 7));
        Assert.Equal(Admission.Fresh, Admit(log, 8));
        Assert.Equal(Admission.Fresh, Admit(log, 5));
        Assert.Equal(Admission.Fresh, Admit(log, 4));
        Assert.Equal(0, log.Missing);
    }
}
