// Owns: one long world: people chat at a steady rate, connections are cut now and then, and everybody's appetite is measured.
// Must never: call growth a leak that the messages explain, or a leak growth.
using System.Globalization;
using System.Text.Json;
using Papo.Protocol;
using Papo.Torture.Oracle;
using Papo.Torture.Plan;
using Papo.Torture.World;

namespace Papo.Torture.Soak;

/// <summary><c>--soak</c>.</summary>
internal static class SoakRun
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200); // one message each
    private static readonly TimeSpan SampleEvery = TimeSpan.FromSeconds(10);
    private const int BeatsACut = 75; // 15 s
    private const int FewestSamples = 6;
    private static readonly TimeSpan ShortestToJudge = TimeSpan.FromMinutes(10); // a runtime warms up for minutes
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<int> RunAsync(ulong seed, TimeSpan time, string artifacts, CancellationToken cancellation)
    {
        var plan = new WorldPlan(seed, Ground.MosquittoAndHubs, 1, [new("ana", false, false), new("bia", false, false), new("caio", false, false)], false, []);
        var folder = Path.Combine(artifacts, "soak");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        await using var cast = await Cast.MakeAsync(plan, folder);
        if (await WorldRun.BeginAsync(cast) is not { } space)
        {
            Console.WriteLine("the world did not begin");
            return 1;
        }

        var samples = await ChatAsync(cast, new Dice(seed | 1), time, cancellation);
        var rest = new Rest(cast, space);
        var violations = await rest.ComeAsync() is { } why ? [$"did not heal: {why}"] : Judge.Violations(await rest.GatherAsync(false));
        foreach (var violation in violations)
        {
            Console.WriteLine($"  VIOLATION {violation}");
        }

        var trends = samples.GroupBy(static sample => sample.Process).Where(static group => group.Count() >= FewestSamples).Select(static group => Trend.Of(group.Key, [.. group])).ToList();
        trends.ForEach(Console.WriteLine);
        await File.WriteAllTextAsync(Path.Combine(artifacts, "soak.json"), JsonSerializer.Serialize(new { Seconds = time.TotalSeconds, Trends = trends, Samples = samples }, Indented) + "\n", cancellation);
        var isLong = time >= ShortestToJudge && trends.Count > 0;
        var steady = !isLong || trends.TrueForAll(static trend => trend.IsSteady);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{time}, {cast.Ledger.Count} messages, {violations.Count} violations: {(!isLong ? "too short to tell what grows" : steady ? "steady" : "something grows")}"));
        return violations.Count == 0 && steady ? 0 : 1;
    }

    private static async Task<List<Sample>> ChatAsync(Cast cast, Dice dice, TimeSpan time, CancellationToken cancellation)
    {
        var samples = new List<Sample>();
        var conductor = new Conductor(cast);
        var began = TimeProvider.System.GetTimestamp();
        var sampled = TimeSpan.Zero;
        using var beat = new PeriodicTimer(Beat, TimeProvider.System);
        for (var number = 1; TimeProvider.System.GetElapsedTime(began) is var at && at < time; number++)
        {
            var who = cast.Players[dice.Next(cast.Players.Count)].Name;
            List<Step> steps = [new Say(who, Room.General.Name, string.Create(CultureInfo.InvariantCulture, $"{who} {number}"))];
            if (number % BeatsACut == 0)
            {
                steps.Add(new Disturb(cast.Players[dice.Next(cast.Players.Count)].Name, Disturbance.Cut, 1));
            }

            await conductor.PlayAsync(steps, static () => Task.CompletedTask);
            if (at - sampled >= SampleEvery)
            {
                sampled = at;
                samples.AddRange(Measure(cast, at.TotalSeconds));
            }

            await beat.WaitForNextTickAsync(cancellation);
        }

        await conductor.PendingAsync();
        return samples;
    }

    private static List<Sample> Measure(Cast cast, double at)
    {
        IEnumerable<(Actor Actor, string? Folder)> all = [.. cast.Players.Select(static player => (player.Actor, (string?)player.Home)), .. cast.Hubs.Select(hub => (hub, (string?)cast.HubHomes[0])), .. cast.Ground.Brokers.Select(static broker => (broker, (string?)null))];
        var taken = all.Where(static one => one.Actor.IsAlive).Select(one => Sample.Take(one.Actor.Name, one.Actor.Process!.Pid, one.Folder, at, cast.Ledger.Count)).OfType<Sample>().ToList();
        taken.ForEach(Console.WriteLine);
        return taken;
    }
}
