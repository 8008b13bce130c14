// Owns: what it takes until two halves of a room that did not hear each other for a while hold the same again.
// Must never: end before they do, or say that they did when they did not.
namespace Papo.Simulation;

/// <summary>The network splits, both halves talk on, and it heals.</summary>
internal static class PartitionTrials
{
    private const long Pause = 2_000; // between two messages, in turns from both halves
    private const long Limit = 3_600_000;

    public static PartitionRow Run(Community community, int seconds)
    {
        community.Run(10 * 60_000);
        foreach (var device in community.Devices)
        {
            device.Session.Side = device.Number % 2;
        }

        community.Weather.IsSplit = true;
        var end = community.Time.Now + (seconds * 1_000L);
        var said = 0;
        for (; community.Time.Now < end; said++)
        {
            var half = community.Speakers.Where(device => device.Number % 2 == said % 2).ToList();
            half[community.Dice.Next(half.Count)].Say("behind the wall");
            community.Run(Math.Min(Pause, end - community.Time.Now));
        }

        community.Weather.IsSplit = false;
        var before = community.Broker.Traffic.Snapshot();
        var began = community.Time.Now;
        var half50 = Reach(community, began, 0.5);
        var whole = Reach(community, began, 1);
        community.Run(30_000); // what is still under way belongs to it
        var flows = community.Broker.Traffic.Snapshot();
        Flow Of(Sort sort) => flows[(int)sort] - before[(int)sort];
        var missed = (long)said * community.Devices.Count / 2;
        return new PartitionRow(
            community.Devices.Count, community.Hub is not null, seconds, said, Of(Sort.Request).Messages, Of(Sort.Reply).Messages, (Of(Sort.Request) + Of(Sort.Reply)).Bytes, (Of(Sort.Request) + Of(Sort.Reply)).Bytes / (double)missed, half50, whole);
    }

    // Looked at ten times a second: everybody's digest after every event would take longer than all the rest.
    private static long Reach(Community community, long began, double part)
    {
        var everything = community.Speakers.ToDictionary(static speaker => speaker.Card.Device, static speaker => speaker.OwnNewest);
        while (community.Devices.Count(device => device.Missing == 0 && everything.All(log => device.Holds(log.Key, log.Value))) < part * community.Devices.Count)
        {
            if (community.Time.Now - began > Limit)
            {
                throw new InvalidOperationException("the halves did not come together");
            }

            community.Run(100);
        }

        return community.Time.Now - began;
    }
}
