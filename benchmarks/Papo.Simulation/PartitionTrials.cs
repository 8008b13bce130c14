// Owns: what it takes until two halves of a room that did not hear each other for a while hold the same again.
// Must never: end before they do, or say that they did when they did not.
namespace Papo.Simulation;

/// <summary>The network splits, both halves talk on, and it heals.</summary>
internal static class PartitionTrials
{
    private const long Pause = 2_000; // between two messages, in turns from both halves
    private const long Limit = 3_600_000;

    public static PartitionRow Run(World world, int seconds)
    {
        world.Run(10 * 60_000);
        foreach (var device in world.Devices)
        {
            device.Session.Side = device.Number % 2;
        }

        world.Weather.IsSplit = true;
        var end = world.Time.Now + (seconds * 1_000L);
        var said = 0;
        for (; world.Time.Now < end; said++)
        {
            var half = world.Speakers.Where(device => device.Number % 2 == said % 2).ToList();
            half[world.Dice.Next(half.Count)].Say("behind the wall");
            world.Run(Math.Min(Pause, end - world.Time.Now));
        }

        world.Weather.IsSplit = false;
        var before = world.Broker.Traffic.Snapshot();
        var began = world.Time.Now;
        var half50 = Reach(world, began, 0.5);
        var whole = Reach(world, began, 1);
        world.Run(30_000); // what is still under way belongs to it
        var flows = world.Broker.Traffic.Snapshot();
        Flow Of(Sort sort) => flows[(int)sort] - before[(int)sort];
        var missed = (long)said * world.Devices.Count / 2;
        return new PartitionRow(
            world.Devices.Count, world.Hub is not null, seconds, said, Of(Sort.Request).Messages, Of(Sort.Reply).Messages, (Of(Sort.Request) + Of(Sort.Reply)).Bytes, (Of(Sort.Request) + Of(Sort.Reply)).Bytes / (double)missed, half50, whole);
    }

    // Looked at ten times a second: everybody's digest after every event would take longer than all the rest.
    private static long Reach(World world, long began, double part)
    {
        var everything = world.Speakers.ToDictionary(static speaker => speaker.Card.Device, static speaker => speaker.OwnNewest);
        while (world.Devices.Count(device => device.Missing == 0 && everything.All(log => device.Holds(log.Key, log.Value))) < part * world.Devices.Count)
        {
            if (world.Time.Now - began > Limit)
            {
                throw new InvalidOperationException("the halves did not come together");
            }

            world.Run(100);
        }

        return world.Time.Now - began;
    }
}
