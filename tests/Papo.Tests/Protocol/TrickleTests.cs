// Owns: the tests of when beacons are due, on virtual time (RFC 6206).
// Must never: wait.
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class TrickleTests
{
    private static readonly Func<int> Alone = static () => 0;
    private static readonly Func<UInt128> Same = static () => 7;

    [Fact]
    public void Intervals_double_from_two_seconds_to_ten_minutes_and_stay_there()
    {
        var trickle = new Trickle(static () => 0, Alone, 0);
        var intervals = new List<long>();
        for (var now = 0L; intervals.Count < 11; now = trickle.NextAt)
        {
            if (trickle.Advance(now, Same))
            {
                intervals.Add(trickle.Interval);
            }
        }

        Assert.Equal([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 600_000, 600_000], intervals);
    }

    [Theory]
    [InlineData(0.0, 1_000)]
    [InlineData(0.5, 1_620)]
    [InlineData(0.999, 1_999)]
    public void A_beacon_goes_out_in_the_second_half_of_its_interval(double random, long at)
    {
        var trickle = new Trickle(() => random, Alone, 0);
        Assert.Equal(at, trickle.NextAt);
        Assert.False(trickle.Advance(at - 1, Same));
        Assert.True(trickle.Advance(at, Same));
        Assert.False(trickle.Advance(at, Same));
        Assert.Equal(2_000, trickle.NextAt);
    }

    [Fact]
    public void A_beacon_that_said_the_same_keeps_this_one_silent_for_one_interval()
    {
        var trickle = new Trickle(static () => 0, Alone, 0);
        trickle.Heard(7);
        Assert.False(trickle.Advance(1_000, Same));
        Assert.False(trickle.Advance(2_000, Same));
        Assert.Equal(2_000 + 2_000, trickle.NextAt);
        Assert.True(trickle.Advance(4_000, Same));
    }

    [Fact]
    public void What_was_said_before_this_device_knew_more_does_not_keep_it_silent()
    {
        var trickle = new Trickle(static () => 0, Alone, 0);
        trickle.Heard(6);
        Assert.True(trickle.Advance(1_000, Same));
    }

    [Fact]
    public void What_is_newer_waits_for_the_next_interval_where_that_is_a_shortest_one()
    {
        var trickle = new Trickle(static () => 0, Alone, 0);
        trickle.Reset(100);
        trickle.Heard(6);
        Assert.False(trickle.Advance(1_000, Same));
        Assert.False(trickle.Advance(2_000, Same));
        Assert.True(trickle.Advance(3_000, Same));
    }

    [Fact]
    public void A_change_begins_again_with_the_shortest_interval_and_that_runs_twice()
    {
        var trickle = new Trickle(static () => 0, Alone, 0);
        trickle.Advance(2_000, Same);
        trickle.Advance(6_000, Same);
        Assert.Equal(8_000, trickle.Interval);
        trickle.Reset(7_000);
        Assert.Equal((2_000L, 8_000L), (trickle.Interval, trickle.NextAt));
        trickle.Advance(9_000, Same);
        Assert.Equal(2_000, trickle.Interval);
        trickle.Advance(11_000, Same);
        Assert.Equal(4_000, trickle.Interval);
    }

    [Fact]
    public void A_change_while_the_shortest_interval_runs_lets_it_end_and_run_once_more()
    {
        var trickle = new Trickle(static () => 0, Alone, 0);
        trickle.Reset(500);
        Assert.Equal(1_000, trickle.NextAt);
        trickle.Advance(2_000, Same);
        Assert.Equal((2_000L, 3_000L), (trickle.Interval, trickle.NextAt));
        trickle.Advance(4_000, Same);
        Assert.Equal(4_000, trickle.Interval);
    }

    [Fact]
    public void Among_many_the_moments_gather_at_the_end_so_that_few_come_before_the_first_is_heard()
    {
        var random = 0.0;
        foreach (var others in (int[])[9, 99, 999, 9_999])
        {
            var early = 0;
            for (var at = 0; at <= others; at++)
            {
                random = (at + 0.5) / (others + 1);
                early += new Trickle(() => random, () => others, 0).NextAt < 1_500 ? 1 : 0;
            }

            Assert.InRange(early, 1, 1 + (others / 5));
        }
    }

    [Fact]
    public void However_often_it_is_reset_at_most_one_beacon_goes_out_an_interval() =>
        Gen.Select(Gen.Long[1, 3_000], Gen.Int[0, 3], Gen.Double[0, 0.999]).Array[1, 200].Sample(
            static steps =>
            {
                var (now, at, sent) = (0L, 0, new List<long>());
                var trickle = new Trickle(() => steps[at].Item3, Alone, 0);
                for (at = 0; at < steps.Length; at++)
                {
                    now += steps[at].Item1;
                    if (trickle.Advance(now, Same))
                    {
                        sent.Add(now);
                    }

                    if (steps[at].Item2 == 0)
                    {
                        trickle.Reset(now);
                    }
                    else if (steps[at].Item2 == 1)
                    {
                        trickle.Heard(7);
                    }

                    Assert.InRange(trickle.Interval, Trickle.MinMilliseconds, Trickle.MaxMilliseconds);
                    Assert.InRange(trickle.NextAt, now - 3_000, now + Trickle.MaxMilliseconds);
                }

                // Half an interval of silence lies between two beacons, however a caller dawdles or resets.
                Assert.All(sent.Zip(sent.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= Trickle.MinMilliseconds / 2));
            },
            threads: 1);
}
