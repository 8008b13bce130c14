// Owns: the tests of when beacons are due, on virtual time (RFC 6206).
// Must never: wait.
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class TrickleTests
{
    [Fact]
    public void Intervals_double_from_two_seconds_to_ten_minutes_and_stay_there()
    {
        var trickle = new Trickle(static () => 0, 0);
        var intervals = new List<long>();
        for (var now = 0L; intervals.Count < 11; now = trickle.NextAt)
        {
            if (trickle.Advance(now))
            {
                intervals.Add(trickle.Interval);
            }
        }

        Assert.Equal([2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, 600_000, 600_000], intervals);
    }

    [Theory]
    [InlineData(0.0, 1_000)]
    [InlineData(0.5, 1_500)]
    [InlineData(0.999, 1_999)]
    public void A_beacon_goes_out_in_the_second_half_of_its_interval(double random, long at)
    {
        var trickle = new Trickle(() => random, 0);
        Assert.Equal(at, trickle.NextAt);
        Assert.False(trickle.Advance(at - 1));
        Assert.True(trickle.Advance(at));
        Assert.False(trickle.Advance(at));
        Assert.Equal(2_000, trickle.NextAt);
    }

    [Fact]
    public void An_equal_beacon_heard_first_keeps_this_one_silent_for_one_interval()
    {
        var trickle = new Trickle(static () => 0.5, 0);
        trickle.HeardEqual();
        Assert.False(trickle.Advance(1_500));
        Assert.False(trickle.Advance(2_000));
        Assert.Equal(2_000 + 3_000, trickle.NextAt);
        Assert.True(trickle.Advance(5_000));
    }

    [Fact]
    public void A_change_begins_again_with_the_shortest_interval_unless_that_is_running()
    {
        var trickle = new Trickle(static () => 0.5, 0);
        trickle.Reset(1_000);
        Assert.Equal(1_500, trickle.NextAt);
        trickle.Advance(2_000);
        trickle.Advance(6_000);
        Assert.Equal(8_000, trickle.Interval);
        trickle.Reset(7_000);
        Assert.Equal((2_000L, 8_500L), (trickle.Interval, trickle.NextAt));
    }

    [Fact]
    public void However_often_it_is_reset_at_most_one_beacon_goes_out_an_interval() =>
        Gen.Select(Gen.Long[1, 3_000], Gen.Int[0, 3], Gen.Double[0, 0.999]).Array[1, 200].Sample(
            static steps =>
            {
                var (now, at, sent) = (0L, 0, new List<long>());
                var trickle = new Trickle(() => steps[at].Item3, 0);
                for (at = 0; at < steps.Length; at++)
                {
                    now += steps[at].Item1;
                    if (trickle.Advance(now))
                    {
                        sent.Add(now);
                    }

                    if (steps[at].Item2 == 0)
                    {
                        trickle.Reset(now);
                    }
                    else if (steps[at].Item2 == 1)
                    {
                        trickle.HeardEqual();
                    }

                    Assert.InRange(trickle.Interval, Trickle.MinMilliseconds, Trickle.MaxMilliseconds);
                    Assert.InRange(trickle.NextAt, now - 3_000, now + Trickle.MaxMilliseconds);
                }

                // Half an interval of silence lies between two beacons, however a caller dawdles or resets.
                Assert.All(sent.Zip(sent.Skip(1)), static pair => Assert.True(pair.Second - pair.First >= Trickle.MinMilliseconds / 2));
            },
            threads: 1);
}
