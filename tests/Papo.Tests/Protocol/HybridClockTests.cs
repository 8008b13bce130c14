// Owns: the tests of the hybrid clock and its stamps.
// Must never: read a clock; every time is a number in the test.
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class HybridClockTests
{
    private const long Now = Cast.Now;

    [Fact]
    public void A_stamp_shows_the_wall_clock_when_that_is_ahead()
    {
        var clock = new HybridClock();
        Assert.Equal(Hlc.At(Now), clock.Next(Now));
        Assert.Equal(Now, clock.Last.Milliseconds);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(Now), clock.Last.Time);
    }

    [Fact]
    public void Stamps_rise_while_the_wall_clock_goes_back()
    {
        var clock = new HybridClock();
        var first = clock.Next(Now);
        Assert.Equal(first.Value + 1, clock.Next(Now - 3_600_000).Value);
        Assert.Equal(first.Value + 2, clock.Next(Now).Value);
    }

    [Fact]
    public void A_full_counter_carries_into_the_milliseconds()
    {
        var clock = new HybridClock();
        clock.Resume(new Hlc(Hlc.At(Now).Value | 0xFFFF));
        Assert.Equal(Hlc.At(Now + 1), clock.Next(Now));
    }

    [Fact]
    public void A_stamp_up_to_two_minutes_ahead_is_followed_and_one_further_is_not()
    {
        var clock = new HybridClock();
        clock.Observe(Hlc.At(Now + 120_001), Now);
        Assert.Equal(default, clock.Last);
        clock.Observe(Hlc.At(Now + 120_000), Now);
        Assert.Equal(Hlc.At(Now + 120_000).Value + 1, clock.Next(Now).Value);
    }

    [Fact]
    public void A_stamp_from_before_2025_is_not_followed()
    {
        var clock = new HybridClock();
        clock.Observe(Hlc.At(Hlc.EarliestMilliseconds - 1), Now);
        Assert.Equal(default, clock.Last);
    }

    [Fact]
    public void A_clock_resumes_above_its_own_log_however_far_ahead_that_is()
    {
        var clock = new HybridClock();
        clock.Resume(Hlc.At(Now + 10_000_000));
        Assert.True(clock.Next(Now) > Hlc.At(Now + 10_000_000));
    }

    [Fact]
    public void Own_stamps_always_rise_whatever_the_wall_clock_and_the_others_say() =>
        Gen.Select(Gen.Long[-5_000, 5_000], Gen.Long[-200_000, 200_000], Gen.Bool).Array[1, 50].Sample(
            static steps =>
            {
                var clock = new HybridClock();
                var last = default(Hlc);
                foreach (var (wall, seen, observe) in steps)
                {
                    if (observe)
                    {
                        clock.Observe(Hlc.At(Now + seen), Now + wall);
                    }

                    var next = clock.Next(Now + wall);
                    Assert.True(next > last);
                    Assert.True(next.Milliseconds <= Now + 5_000 + Hlc.MaxAheadMilliseconds);
                    last = next;
                }
            },
            threads: 1);

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void A_stamp_of_an_absurd_time_stays_within_the_bounds(long milliseconds)
    {
        var stamp = Hlc.At(milliseconds);
        Assert.True(stamp <= Hlc.Max);
        Assert.False(stamp.IsPlausibleAt(Now));
        Assert.InRange(stamp.Time.Year, 1970, 9999);
    }
}
