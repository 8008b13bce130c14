// Owns: running seed after seed and reporting them: a line each, one at the end, JSON in artifacts/torture/.
// Must never: run two worlds at a time; they would starve each other and call it a fault.
using System.Globalization;
using System.Text.Json;
using Papo.Torture.Plan;
using Papo.Torture.World;

namespace Papo.Torture;

/// <summary>A run over several seeds.</summary>
internal static class Seeds
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Exit code: 1 when anything was violated.</summary>
    public static async Task<int> RunAsync(Settings settings, string artifacts, CancellationToken cancellation)
    {
        if (!SmallDisk.IsRoot)
        {
            Console.WriteLine("Not root: no disk becomes full in this run.");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"from seed {settings.First}"));
        var began = TimeProvider.System.GetTimestamp();
        var outcomes = new List<Outcome>();
        for (var seed = settings.First; settings.Last is { } last ? seed <= last : TimeProvider.System.GetElapsedTime(began) < settings.For; seed++)
        {
            var plan = Planner.Make(seed, settings.Ground);
            if (settings.Verbose)
            {
                Console.WriteLine(plan.Describe(withSteps: true));
            }

            var folder = Path.Combine(artifacts, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}"));
            outcomes.Add(await new WorldRun(plan, folder).RunAsync(settings.Keep, cancellation));
            Report(plan, outcomes[^1], folder, settings.Ground);
            if (settings.StopAtViolation && outcomes[^1].Violations.Count > 0)
            {
                break;
            }
        }

        Directory.CreateDirectory(artifacts);
        await File.WriteAllTextAsync(Path.Combine(artifacts, "torture.json"), JsonSerializer.Serialize(outcomes, Indented) + "\n", cancellation);
        var violations = outcomes.Sum(static outcome => outcome.Violations.Count);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcomes.Count} seeds, {outcomes.Sum(static outcome => outcome.Messages)} messages, {outcomes.Sum(static outcome => outcome.Kills)} kills, {violations} violations"));
        return violations == 0 ? 0 : 1;
    }

    private static void Report(WorldPlan plan, Outcome outcome, string folder, Ground? asked)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Describe(withSteps: false)}; {outcome.Messages} messages, {outcome.Kills} kills, {outcome.Seconds:F1} s ({outcome.RestSeconds:F1} s to rest)"));
        foreach (var violation in outcome.Violations)
        {
            Console.WriteLine($"  VIOLATION {violation}");
        }

        if (outcome.Violations.Count > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  again: ./torture {(asked is { } ground ? $"--ground {ground.ToString().ToLowerInvariant()} " : "")}--seed {outcome.Seed}; kept in {folder}"));
        }
    }
}
