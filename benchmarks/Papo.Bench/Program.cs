// Owns: what is measured, in which order, and where the report goes.
// Must never: judge a figure; the tables and docs/PERFORMANCE.md do.
using System.Globalization;
using Papo.Bench;
using Papo.Client.Wire;

if (args is ["plot", var run, var picture])
{
    LatencyPlot.Draw(run, picture);
    return 0;
}

if (args is ["speak", var address, var count, var rate, var days] && BrokerAddress.TryParse(address, out var where, out _))
{
    await Speak.RunAsync(where, Number(count), Number(rate), Number(days));
    return 0;

    static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

if (args is ["listen", var listener, var place])
{
    await ListeningProcess.ListenAsync(listener, place);
    return 0;
}

var size = args.Contains("full") ? Size.Full : Size.Short;
if (args.Select(static part => int.TryParse(part, out var number) ? number : 0).FirstOrDefault(static number => number > 0) is var entries and > 0)
{
    size = size with { Archive = entries };
}

string[] quick = ["latency", "throughput", "crypto", "allocations", "ingest"];
string[] slow = ["private", "peers", "fanout", "past", "archive", "crowd", "storm", "rooms"];
var named = args.Where(part => quick.Contains(part) || slow.Contains(part)).ToHashSet();
bool Wanted(string part) => named.Count > 0 ? named.Contains(part) : args.Contains("full") || quick.Contains(part);

var report = new Report(size);
if (Wanted("crypto"))
{
    report.Add(CryptoBench.Run(size));
}

if (Wanted("allocations"))
{
    await AllocationBench.RunAsync(size, report);
}

foreach (var disk in Disk.All.Where(disk => Wanted("ingest") && (!args.Any(Disk.IsName) || args.Contains(disk.Name))))
{
    await IngestBench.RunAsync(disk, size, report);
}

foreach (var kind in CrowdBench.Kinds.Where(_ => Wanted("crowd")))
{
    await CrowdBench.RunAsync(kind, withHub: false, size, report);
    await CrowdBench.RunAsync(kind, withHub: true, size, report);
}

if (Wanted("storm"))
{
    await StormBench.RunAsync(withHub: false, size, report);
    await StormBench.RunAsync(withHub: true, size, report);
}

if (Wanted("rooms"))
{
    await RoomsBench.RunAsync(size, report);
}

if (Wanted("private"))
{
    await PrivateBench.RunAsync(size, report);
}

if (Wanted("peers"))
{
    await LatencyBench.RunAsync(Broker.Kinds[0], size, report, withPeers: true);
}

if (Wanted("fanout"))
{
    await FanOutBench.RunAsync(size, report);
}

if (Wanted("archive"))
{
    await ArchiveBench.RunAsync(size, report);
}

foreach (var archive in PastBench.Archives.Where(archive => Wanted("past") && (!args.Any(PastBench.Archives.Contains) || args.Contains(archive))))
{
    await PastBench.RunAsync(archive, size, report);
}

foreach (var broker in Broker.Kinds.Where(kind => !args.Any(Broker.Kinds.Contains) || args.Contains(kind)))
{
    if (Wanted("latency"))
    {
        await LatencyBench.RunAsync(broker, size, report);
    }

    foreach (var disk in Disk.All.Where(disk => Wanted("throughput") && (!args.Any(Disk.IsName) || args.Contains(disk.Name))))
    {
        await ThroughputBench.RunAsync(broker, disk, size, report);
    }
}

report.Save();
return !args.Contains("gate") || Budget.IsKept(report.Allocations) ? 0 : 1;
