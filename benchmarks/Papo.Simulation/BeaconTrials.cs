// Owns: what a room's beacons cost the broker, at rest and while people talk.
// Must never: count what was said itself.
namespace Papo.Simulation;

/// <summary>People talk at a steady pace, each message from somebody else; or nobody does.</summary>
internal static class BeaconTrials
{
    public static BeaconRow Run(Community community, double said, int seconds)
    {
        community.Run(said > 0 ? 30_000 : 0);
        var before = community.Broker.Traffic.Snapshot();
        var end = community.Time.Now + (seconds * 1_000L);
        var texts = 0;
        while (community.Time.Now < end)
        {
            if (said == 0)
            {
                community.Run(end - community.Time.Now);
                break;
            }

            // The pauses are exponential: people do not speak in step.
            community.Run(Math.Max(1, (long)(-1_000 / said * Math.Log(1 - community.Dice.Next()))));
            community.Speakers[community.Dice.Next(community.Speakers.Count)].Say("one more word");
            texts++;
        }

        var flows = community.Broker.Traffic.Snapshot();
        Flow Of(Sort sort) => flows[(int)sort] - before[(int)sort];
        double Rate(Sort sort) => Of(sort).Messages / (double)seconds;
        return new BeaconRow(
            community.Devices.Count, community.Hub is not null, community.Weather.Loss, texts / (double)seconds, Rate(Sort.Ephemeral), Rate(Sort.Request), Rate(Sort.Reply), Rate(Sort.Presence), Of(Sort.Ephemeral).Bytes / (double)Math.Max(1, Of(Sort.Ephemeral).Messages));
    }
}
