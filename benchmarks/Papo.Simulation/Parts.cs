// Owns: the parts of one simulation, each on a community of its own or after another that leaves it at rest.
// Must never: let one part change what another one shows.
namespace Papo.Simulation;

/// <summary>All parts for one number of devices.</summary>
internal static class Parts
{
    private static readonly double[] Paces = [0, 0.1, 1, 5];
    private static readonly int[] Splits = [30, 300];

    public static void Run(Settings settings, int devices, bool withHub, Report report)
    {
        if (settings.Parts.Contains("heal"))
        {
            Heal(settings, devices, withHub, report);
        }

        foreach (var pace in Paces.Where(_ => settings.Parts.Contains("beacons")))
        {
            using var community = Make(settings, devices, withHub);
            community.Run(pace == 0 ? 20 * 60_000 : 0);
            report.Add(BeaconTrials.Run(community, pace, pace == 0 ? 3_600 : 120));
        }

        foreach (var seconds in Splits.Where(_ => settings.Parts.Contains("partition")))
        {
            using var community = Make(settings, devices, withHub);
            report.Add(PartitionTrials.Run(community, seconds));
        }

        if (settings.Parts.Contains("joins"))
        {
            using var community = Make(settings, devices, withHub);
            report.Add(JoinTrials.Run(community, settings.Joining));
        }
    }

    private static Community Make(Settings settings, int devices, bool withHub)
    {
        var community = Community.Settled(settings.Seed, devices, withHub);
        community.Weather.MeanLeg = settings.Leg;
        community.Weather.Loss = settings.Losses.Length == 1 ? settings.Losses[0] : 0;
        return community;
    }

    private static void Heal(Settings settings, int devices, bool withHub, Report report)
    {
        using var community = Make(settings, devices, withHub);
        foreach (var loss in settings.Losses)
        {
            foreach (var losers in Enum.GetValues<Losers>())
            {
                community.Weather.Loss = loss;
                report.Add(HealTrials.Run(community, losers, settings.Trials ?? TrialsFor(devices, losers)));
            }
        }
    }

    // A trial in which one of many loses shows one time; one in which all lose shows as many as there are devices.
    private static int TrialsFor(int devices, Losers losers) => Math.Clamp(losers == Losers.One ? 40_000 / devices : 10_000 / devices, 10, 1_000);
}
