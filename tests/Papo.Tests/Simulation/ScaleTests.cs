// Owns: the tests that keep the promises of docs/SCALE.md true: real engines on virtual time.
// Must never: depend on how fast this machine is.
using Papo.Simulation;

namespace Papo.Tests.Simulation;

public sealed class ScaleTests
{
    private const int Devices = 100;

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(2, 0.01)]
    public async Task A_last_message_that_was_lost_is_back_within_five_seconds_in_a_room_of_a_hundred_without_a_hub(ulong seed, double loss)
    {
        var rows = await OnVirtualTimeAsync(() =>
        {
            using var community = Community.Settled(seed, Devices, withHub: false);
            community.Weather.Loss = loss;
            return Enum.GetValues<Losers>().Select(losers => HealTrials.Run(community, losers, trials: 3)).ToList();
        });
        Assert.All(rows, static row => Assert.InRange(row.P99, 1, HealTrials.Promise));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public async Task A_room_of_a_hundred_says_less_than_one_beacon_a_second(double said)
    {
        var row = await OnVirtualTimeAsync(() =>
        {
            using var community = Community.Settled(seed: 3, Devices, withHub: false);
            return BeaconTrials.Run(community, said, seconds: 60);
        });
        Assert.InRange(row.Beacons, 0, 1);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_story()
    {
        static HealRow Run()
        {
            using var community = Community.Settled(seed: 4, devices: 10, withHub: true);
            community.Weather.Loss = 0.05;
            return HealTrials.Run(community, Losers.All, trials: 5);
        }

        Assert.Equal(await OnVirtualTimeAsync(Run), await OnVirtualTimeAsync(Run));
    }

    // On a thread of its own: what an engine awaits goes on at once where no context of the test runner stands between.
    private static Task<T> OnVirtualTimeAsync<T>(Func<T> run) => Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
