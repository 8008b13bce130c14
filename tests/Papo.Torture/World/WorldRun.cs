// Owns: one seed from its plan to its verdict.
// Must never: take longer than its parts may; a world that does not heal is a violation, not a wait.
using Papo.Protocol;
using Papo.Torture.Oracle;
using Papo.Torture.Plan;

namespace Papo.Torture.World;

/// <summary>Runs a world.</summary>
internal sealed class WorldRun(WorldPlan plan, string folder)
{
    private static readonly TimeSpan BeginTime = TimeSpan.FromSeconds(30);

    /// <summary>Runs it; the folder is left behind when something is wrong, or when it is to be kept.</summary>
    public async Task<Outcome> RunAsync(bool keep, CancellationToken cancellation)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        var began = TimeProvider.System.GetTimestamp();
        var violations = new List<string>();
        int messages, kills;
        double rest;
        await using (var cast = await Cast.MakeAsync(plan, folder))
        {
            rest = await LiveAsync(cast, violations).WaitAsync(cancellation);
            (messages, kills) = (cast.Ledger.Count + cast.Ledger.Guests.Count, cast.Kills);
            keep |= violations.Count > 0;
            if (keep)
            {
                await cast.KeepAsync();
            }
        }

        if (!keep)
        {
            Directory.Delete(folder, recursive: true);
        }

        return new Outcome(plan.Seed, plan.Ground.ToString(), plan.People.Count, messages, kills, TimeProvider.System.GetElapsedTime(began).TotalSeconds, rest, violations);
    }

    /// <summary>Everybody who is there from the begin is connected and in one space before anything happens; null when that does not come about.</summary>
    public static async Task<SpaceId?> BeginAsync(Cast cast)
    {
        if (!await cast.OpenAsync())
        {
            return null;
        }

        cast.Forger.Launch();
        foreach (var player in cast.Players.Where(static player => !player.Person.IsLate))
        {
            player.Actor.Launch();
        }

        for (var until = Environment.TickCount64 + (long)BeginTime.TotalMilliseconds; Environment.TickCount64 < until;)
        {
            var spaces = new List<string?>();
            foreach (var player in cast.Players.Where(static player => !player.Person.IsLate))
            {
                var status = await player.Actor.AskAsync("status");
                spaces.Add(status?.Up == true ? status.Space : null);
            }

            if (spaces[0] is { } space && spaces.TrueForAll(other => other == space) && SpaceId.TryParse(space, out var id))
            {
                return id;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System);
        }

        return null;
    }

    private async Task<double> LiveAsync(Cast cast, List<string> violations)
    {
        if (await BeginAsync(cast) is not { } space)
        {
            violations.Add("the world did not begin: not everybody was connected and in one space in time");
            return 0;
        }

        await using var watch = new Watch(cast);
        watch.Start(space);
        var conductor = new Conductor(cast);
        await conductor.PlayAsync(plan.Steps, watch.LookAsync);
        var restBegan = TimeProvider.System.GetTimestamp();
        var rest = new Rest(cast, space);
        var why = await rest.ComeAsync();
        var seconds = TimeProvider.System.GetElapsedTime(restBegan).TotalSeconds;
        await conductor.PendingAsync();
        await watch.LookAsync();
        violations.AddRange(watch.Violations);
        violations.AddRange(Failures(cast));
        if (why is not null)
        {
            violations.Add($"did not heal: {why}");
        }

        if (cast.Players.All(static player => player.Actor.IsAlive && player.Account is not null))
        {
            violations.AddRange(Judge.Violations(await rest.GatherAsync(plan.ClocksJump)));
        }

        violations.AddRange(cast.Players.SelectMany(static player => player.Arrived.SelectMany(static life => life.GroupBy(static id => id).Where(static group => group.Count() > 1)).Select(group => $"{player.Name}: was told {group.Key} {group.Count()} times")));
        return seconds;
    }

    // Where the disk is full a profile cannot be opened, and the program says so and ends.
    private static IEnumerable<string> Failures(Cast cast)
    {
        Actor[] all = [.. cast.Ground.Brokers, .. cast.Hubs, .. cast.Players.Where(static player => player.Disk is null).SelectMany(static player => (Actor[])[player.Actor, player.Beside])];
        return all.Where(static actor => actor.Failures > 0 || actor.Process is { HasFailed: true }).Select(static actor => $"{actor.Name}: ended by itself");
    }
}
