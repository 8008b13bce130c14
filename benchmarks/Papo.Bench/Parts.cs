// Owns: what is measured, in which order.
// Must never: judge a figure; the tables and docs/PERFORMANCE.md do.
namespace Papo.Bench;

/// <summary>The parts of one run.</summary>
/// <param name="size">How much.</param>
/// <param name="report">Where the rows go.</param>
/// <param name="wanted">Which parts.</param>
/// <param name="narrowed">Names of brokers, disks and archives, where not all are meant.</param>
internal sealed class Parts(Size size, Report report, IReadOnlySet<string> wanted, IReadOnlyList<string> narrowed)
{
    /// <summary>Those of a run without arguments.</summary>
    public static IReadOnlyList<string> Quick { get; } = ["latency", "throughput", "crypto", "allocations", "ingest"];

    /// <summary>Those that have to be named, or asked for with <c>full</c>.</summary>
    public static IReadOnlyList<string> Slow { get; } = ["private", "peers", "fanout", "past", "archive", "crowd", "storm", "rooms", "micro", "start", "screen"];

    private IEnumerable<Disk> Disks => Disk.All.Where(disk => !narrowed.Any(Disk.IsName) || narrowed.Contains(disk.Name));

    private IEnumerable<string> Brokers => Broker.Kinds.Where(kind => !narrowed.Any(Broker.Kinds.Contains) || narrowed.Contains(kind));

    public async Task RunAsync()
    {
        await If("crypto", () =>
        {
            report.Add(CryptoBench.Run(size));
            return Task.CompletedTask;
        });
        await If("micro", () => MicroBench.RunAsync(size, report));
        await If("allocations", () => AllocationBench.RunAsync(size, report));
        await If("latency", () => EachAsync(Brokers, broker => LatencyBench.RunAsync(broker, size, report)));
        await If("throughput", ThroughputAsync);
        await If("ingest", () => EachAsync(Disks, disk => IngestBench.RunAsync(disk, size, report)));
        await If("start", () => StartBench.RunAsync(size, report));
        await If("screen", () => ScreenBench.RunAsync(size, report));
        await If("private", () => PrivateBench.RunAsync(size, report));
        await If("peers", PeersAsync);
        await If("fanout", () => FanOutBench.RunAsync(size, report));
        await If("past", () => EachAsync(PastBench.Archives.Where(archive => !narrowed.Any(PastBench.Archives.Contains) || narrowed.Contains(archive)), archive => PastBench.RunAsync(archive, size, report)));
        await If("archive", () => ArchiveBench.RunAsync(size, report));
        await If("crowd", () => EachAsync(CrowdBench.Kinds, kind => EachAsync([false, true], withHub => CrowdBench.RunAsync(kind, withHub, size, report))));
        await If("rooms", () => RoomsBench.RunAsync(size, report));
        await If("storm", () => EachAsync([false, true], withHub => StormBench.RunAsync(withHub, size, report)));
    }

    private static async Task EachAsync<T>(IEnumerable<T> all, Func<T, Task> measure)
    {
        foreach (var one in all)
        {
            await measure(one);
        }
    }

    private Task If(string part, Func<Task> measure) => wanted.Contains(part) ? measure() : Task.CompletedTask;

    // Nagle's algorithm changes little in a stream; a quick run leaves that out.
    private Task ThroughputAsync() =>
        EachAsync(size == Size.Quick ? Brokers.Take(1) : Brokers, broker => EachAsync(Disks, disk => ThroughputBench.RunAsync(broker, disk, size, report)));

    private async Task PeersAsync()
    {
        await LatencyBench.RunAsync(Broker.Kinds[0], size, report, withPeers: true);
        await BrokersBench.RunAsync(size, report);
    }
}
