// Owns: what a room's beacons cost the broker, at rest and while people talk.
// Must never: count what was said itself.
namespace Papo.Simulation;

/// <summary>People talk at a steady pace, each message from somebody else; or nobody does.</summary>
internal static class BeaconTrials
{
    public static BeaconRow Run(World world, double said, int seconds)
    {
        world.Run(said > 0 ? 30_000 : 0);
        var before = world.Broker.Traffic.Snapshot();
        var end = world.Time.Now + (seconds * 1_000L);
        var texts = 0;
        while (world.Time.Now < end)
        {
            if (said == 0)
            {
                world.Run(end - world.Time.Now);
                break;
            }

            // The pauses are exponential: people do not speak in step.
            world.Run(Math.Max(1, (long)(-1_000 / said * Math.Log(1 - world.Dice.Next()))));
            world.Speakers[world.Dice.Next(world.Speakers.Count)].Say("one more word");
            texts++;
        }

        var flows = world.Broker.Traffic.Snapshot();
        Flow Of(Sort sort) => flows[(int)sort] - before[(int)sort];
        double Rate(Sort sort) => Of(sort).Messages / (double)seconds;
        return new BeaconRow(
            world.Devices.Count, world.Hub is not null, world.Weather.Loss, texts / (double)seconds, Rate(Sort.Ephemeral), Rate(Sort.Request), Rate(Sort.Reply), Rate(Sort.Presence), Of(Sort.Ephemeral).Bytes / (double)Math.Max(1, Of(Sort.Ephemeral).Messages));
    }
}
