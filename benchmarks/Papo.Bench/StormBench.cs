// Owns: what it takes when hundreds come at once to one Mosquitto and each has to learn of all the others, with and without a hub.
// Must never: call it done before everybody shows everybody, or wait for it without an end.
using System.Diagnostics;

namespace Papo.Bench;

/// <summary>Whole clients, new to the place, in one process; broker and hub are processes of their own.</summary>
internal static class StormBench
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task RunAsync(bool withHub, Size size, Report report)
    {
        await using var broker = await Broker.StartAsync(Broker.Roomy);
        await using var hub = withHub ? await HubProcess.StartAsync(broker.Address) : null;
        await using (await PapoPerson.ArriveAsync("founder", "chat", broker, Disk.All[0]))
        {
            // Somebody was there before, so that there is a place to come to.
        }

        var before = await Wire.ReadAsync(broker);
        var memory = Cost.OwnMemory();
        var (own, brokers, hubs) = (Environment.CpuUsage.TotalTime, broker.Spent, hub?.Spent);
        var began = Stopwatch.GetTimestamp();
        await using var members = await Members.ComeAsync(broker.Address, size.Storm, static _ => []);
        var open = Stopwatch.GetElapsedTime(began);
        var caughtUp = Task.WhenAll(members.People.Select(static person => person.Arrived)).ContinueWith(_ => Stopwatch.GetElapsedTime(began), TaskScheduler.Default);
        var allShowAll = await members.UntilAllShowAllAsync(Patience);
        var taken = Stopwatch.GetElapsedTime(began);
        var spent = (Own: Environment.CpuUsage.TotalTime - own, Broker: broker.Spent - brokers, Hub: hub?.Spent - hubs);
        var shown = await Task.WhenAll(members.People.Select(Members.ShownAsync));
        var traffic = await Wire.ReadAsync(broker) - before;
        report.Add(new StormRow(
            withHub, size.Storm, open.TotalSeconds, caughtUp.IsCompletedSuccessfully ? (await caughtUp).TotalSeconds : null, allShowAll ? taken.TotalSeconds : null,
            shown.Count(count => count >= size.Storm), shown.Min(),
            traffic,
            spent.Own.TotalSeconds, spent.Broker.TotalSeconds, spent.Hub?.TotalSeconds, (Cost.OwnMemory() - memory) / size.Storm, broker.Memory, hub?.Memory));
    }
}
