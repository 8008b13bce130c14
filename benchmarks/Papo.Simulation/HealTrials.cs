// Owns: how long it takes until those who lost the last message of a conversation have it.
// Must never: count somebody who had it from the start.
using Papo.Client;
using Papo.Protocol;

namespace Papo.Simulation;

/// <summary>Somebody says something, some do not get it, and nothing else is said.</summary>
internal static class HealTrials
{
    /// <summary>The time within which a lost message has to be back.</summary>
    public const long Promise = 5_000;

    private const long Limit = 40 * 60_000;

    public static HealRow Run(Community community, Losers losers, int trials)
    {
        var times = new List<long>();
        var lost = 0;
        var beacons = community.Broker.Traffic[Sort.Ephemeral];
        for (var trial = 0; trial < trials; trial++)
        {
            community.Run(20_000 + community.Dice.Next(100_000));
            lost += Trial(community, losers, times);
        }

        var sent = community.Broker.Traffic[Sort.Ephemeral] - beacons;
        times.Sort();
        return new HealRow(
            community.Devices.Count, community.Hub is not null, losers, community.Weather.Loss, trials, At(times, 0.5), At(times, 0.99), times[^1], times.Count(static time => time > Promise), lost, sent.Messages / (double)trials);
    }

    private static long At(List<long> sorted, double part) => sorted[Math.Min(sorted.Count - 1, (int)(part * sorted.Count))];

    // One trial; how many never got it.
    private static int Trial(Community community, Losers losers, List<long> times)
    {
        var author = community.Speakers[community.Dice.Next(community.Speakers.Count)];
        var victims = Choose(community, author, losers);
        var sessions = victims.Select(static victim => victim.Session).ToHashSet();
        var text = community.Topics.Text(Room.General);
        community.Broker.Drops = (message, session) => message.Topic == text && sessions.Contains(session);
        var (left, began) = (victims.Count, community.Time.Now);
        if (author.Say("the last word") is not { } said)
        {
            throw new InvalidOperationException("an author could not speak");
        }

        foreach (var victim in victims)
        {
            victim.Told = change =>
            {
                if (change is MessageArrived arrived && arrived.Message.Id == said.Id)
                {
                    left--;
                    times.Add(community.Time.Now - began);
                }
            };
        }

        community.Until(() => left == 0, Limit);
        victims.ForEach(static victim => victim.Told = null);
        community.Broker.Drops = null;
        times.AddRange(Enumerable.Repeat(Limit, left));
        return left;
    }

    private static List<SimDevice> Choose(Community community, SimDevice author, Losers losers)
    {
        var others = community.Devices.Where(device => device != author).ToList();
        var wanted = losers switch
        {
            Losers.One => 1,
            Losers.Tenth => Math.Max(1, others.Count / 10),
            _ => others.Count,
        };
        while (others.Count > wanted)
        {
            others.RemoveAt(community.Dice.Next(others.Count));
        }

        return others;
    }
}
