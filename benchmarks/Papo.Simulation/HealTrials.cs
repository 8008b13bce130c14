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

    public static HealRow Run(World world, Losers losers, int trials)
    {
        var times = new List<long>();
        var lost = 0;
        var beacons = world.Broker.Traffic[Sort.Ephemeral];
        for (var trial = 0; trial < trials; trial++)
        {
            world.Run(20_000 + world.Dice.Next(100_000));
            lost += Trial(world, losers, times);
        }

        var sent = world.Broker.Traffic[Sort.Ephemeral] - beacons;
        times.Sort();
        return new HealRow(
            world.Devices.Count, world.Hub is not null, losers, world.Weather.Loss, trials, At(times, 0.5), At(times, 0.99), times[^1], times.Count(static time => time > Promise), lost, sent.Messages / (double)trials);
    }

    private static long At(List<long> sorted, double part) => sorted[Math.Min(sorted.Count - 1, (int)(part * sorted.Count))];

    // One trial; how many never got it.
    private static int Trial(World world, Losers losers, List<long> times)
    {
        var author = world.Speakers[world.Dice.Next(world.Speakers.Count)];
        var victims = Choose(world, author, losers);
        var sessions = victims.Select(static victim => victim.Session).ToHashSet();
        var text = world.Topics.Text(Room.General);
        world.Broker.Drops = (message, session) => message.Topic == text && sessions.Contains(session);
        var (left, began) = (victims.Count, world.Time.Now);
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
                    times.Add(world.Time.Now - began);
                }
            };
        }

        world.Until(() => left == 0, Limit);
        victims.ForEach(static victim => victim.Told = null);
        world.Broker.Drops = null;
        times.AddRange(Enumerable.Repeat(Limit, left));
        return left;
    }

    private static List<SimDevice> Choose(World world, SimDevice author, Losers losers)
    {
        var others = world.Devices.Where(device => device != author).ToList();
        var wanted = losers switch
        {
            Losers.One => 1,
            Losers.Tenth => Math.Max(1, others.Count / 10),
            _ => others.Count,
        };
        while (others.Count > wanted)
        {
            others.RemoveAt(world.Dice.Next(others.Count));
        }

        return others;
    }
}
