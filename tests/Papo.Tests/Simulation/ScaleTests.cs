// Owns: the tests that keep the promises of docs/SCALE.md true: real engines on virtual time.
// Must never: depend on how fast this machine is.
using Papo.Simulation;

namespace Papo.Tests.Simulation;

public sealed class ScaleTests
{
    private const int Devices = 100;

    [Fact]
    public async Task In_a_room_of_a_hundred_without_a_hub_a_lost_last_message_is_back_within_five_seconds_for_less_than_one_beacon_a_second()
    {
        var (heals, resting, talking) = await OnVirtualTimeAsync(() =>
        {
            using var community = Community.Settled(seed: 1, Devices, withHub: false);
            var resting = BeaconTrials.Run(community, said: 0, seconds: 60);
            var talking = BeaconTrials.Run(community, said: 1, seconds: 30);
            community.Weather.Loss = 0.01;
            return (Enum.GetValues<Losers>().Select(losers => HealTrials.Run(community, losers, trials: 2)).ToList(), resting, talking);
        });
        Assert.All(heals, static row => Assert.InRange(row.P99, 1, HealTrials.Promise));
        Assert.InRange(resting.Beacons, 0, 1);
        Assert.InRange(talking.Beacons, 0, 1);
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
