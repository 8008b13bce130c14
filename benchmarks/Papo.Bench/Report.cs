// Owns: the rows of one run as tables on the screen and as JSON in artifacts/bench/.
// Must never: round what goes into the file.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Papo.Bench;

/// <summary>Microseconds a call.</summary>
internal sealed record CryptoRow(double Sign, double Verify, double SignEntry);

/// <summary>Microseconds; bytes allocated a message by both ends together; receipt: from SendAsync to durable; p50 and p99 less one signature and one verification, over those of MQTTnet's client.</summary>
internal sealed record LatencyRow(string Broker, string Kind, int Count, Quantiles OneWay, double RatioToSession, long? Allocated, Quantiles? Receipt, double? LessSignatures, double? LessSignatures99);

/// <summary>Messages a second; bytes allocated a message by both ends together.</summary>
internal sealed record ThroughputRow(string Broker, string Store, string How, int Sent, int Heard, double AcceptedRate, double ArrivedRate, int MostMissing, long Allocated);

/// <summary>Entries a second, each verified and durable, and what one costs on all cores together, its feeding included; how long it waited inside the hub, in microseconds.</summary>
internal sealed record IngestRow(string Store, int Entries, double Rate, double Processor, Quantiles Lag);

/// <summary>Milliseconds from opening the client, with its store on the disk, to the end of what is measured.</summary>
internal sealed record PastRow(string Archive, string What, int Messages, double Milliseconds);

/// <summary>A page of 50 anywhere and a search of two words, in microseconds; start in milliseconds; memory of the whole process in megabytes.</summary>
internal sealed record ArchiveRow(int Entries, double Start, Quantiles Page, Quantiles Search, double Memory);

/// <summary>One way to each of so many listeners in microseconds; deliveries a second; memory of the processes of broker and hub in megabytes, where they have one (the embedded broker is in the hub's).</summary>
internal sealed record CrowdRow(string Broker, bool WithHub, int Listeners, Quantiles OneWay, double Deliveries, double? BrokerMemory, double? HubMemory);

/// <summary>
/// So many came at once; seconds until all clients were open, had caught up, and showed everybody (null: not within the time given), how many of them did so in the end, and the least that anybody showed.
/// Messages on the wire; seconds of processor of all clients, of the broker, of the hub; megabytes a client, of the broker, of the hub.
/// </summary>
internal sealed record StormRow(
    bool WithHub, int Newcomers, double Open, double? CaughtUp, double? AllShowAll, int ShowAll, int LeastShown, Traffic Wire,
    double Processor, double BrokerProcessor, double? HubProcessor, double MemoryEach, double BrokerMemory, double? HubMemory);

/// <summary>
/// Microseconds one way at a quiet pace; deliveries a second with some messages on the way, and microseconds of processor for each: of all members, of them where it is somebody's first word in a room, of the broker;
/// megabytes a member; milliseconds of processor a member and minute while nothing is said.
/// </summary>
internal sealed record RoomsRow(
    string Kind, int Users, int Rooms, int Largest, int Deliveries, Quantiles OneWay, double Rate, double Processor, double FirstWordProcessor, double BrokerProcessor, double MemoryEach, double AtRest, double BrokerMemory);

/// <summary>Deliveries a second, the median of some rounds, its extremes, and its ratio to plain MQTT.</summary>
internal sealed record FanOutRow(string Kind, int Listeners, int Messages, double Rate, double Least, double Most, double Ratio);

/// <summary>Bytes allocated a message.</summary>
internal sealed record AllocationRow(string What, int Messages, long Bytes);

/// <summary>Microseconds of processor a message in an open room and in a private one, and by how much the latter is more: medians of rounds.</summary>
internal sealed record PrivateRow(string What, int Messages, double Open, double Private, double More);

/// <summary>Milliseconds of processor for taking one more device into a private room of so many: everything that the inviting process does.</summary>
internal sealed record CommitRow(int Devices, double Processor, double Most);

/// <summary>A program on a terminal of its own, medians and extremes of some rounds: milliseconds to the first picture, from a key to its glyph (p50 and p95 of a round), bytes a key; at rest: processor in percent, bytes written; megabytes.</summary>
internal sealed record ScreenRow(string Program, int Rounds, Spread Paint, Spread Key, Spread KeyP95, Spread BytesOfKey, Spread Processor, Spread Written, Spread Memory);

/// <summary>Milliseconds from the start of a program to its end or its first picture, and its ratio to the floor of the same task.</summary>
internal sealed record StartRow(string Task, string Program, int Runs, Spread Taken, double? Ratio);

/// <summary>Nanoseconds a call, the median of some iterations and their extremes; bytes allocated.</summary>
internal sealed record MicroRow(string What, double Nanoseconds, double Least, double Most, long? Bytes);

/// <summary>One run.</summary>
internal sealed class Report(Size size)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly List<object> _rows = [];
    private readonly List<int> _begins = [];
    private Type? _last;

    /// <summary>What follows is one more run of the same parts.</summary>
    public void BeginRun() => _begins.Add(_rows.Count);

    public void Add(CryptoRow row)
    {
        Head(row, "| µs | sign | verify | make and sign an entry |", "|---|---|---|---|");
        Line($"| one core | {row.Sign:F1} | {row.Verify:F1} | {row.SignEntry:F1} |");
    }

    public void Add(LatencyRow row)
    {
        Head(row, "| broker | client | messages | p50 ms | p95 | p99 | p50 : session | bytes/message | receipt p50 | p95 | less signatures : mqttnet, p50 | p99 |", "|---|---|---|---|---|---|---|---|---|---|---|---|");
        Line($"| {row.Broker} | {row.Kind} | {row.Count} | {row.OneWay.P50 / 1e3:F3} | {row.OneWay.P95 / 1e3:F3} | {row.OneWay.P99 / 1e3:F3} | {row.RatioToSession:F2} | {row.Allocated} | {row.Receipt?.P50 / 1e3:F3} | {row.Receipt?.P95 / 1e3:F3} | {row.LessSignatures:F2} | {row.LessSignatures99:F2} |");
    }

    public void Add(ThroughputRow row)
    {
        Head(row, "| broker | store | how | sent | heard | accepted/s | arrived/s | most missing | bytes/message |", "|---|---|---|---|---|---|---|---|---|");
        Line($"| {row.Broker} | {row.Store} | {row.How} | {row.Sent} | {row.Heard} | {row.AcceptedRate:F0} | {row.ArrivedRate:F0} | {row.MostMissing} | {row.Allocated} |");
    }

    public void Add(IngestRow row)
    {
        Head(row, "| hub takes in, store | entries | entries/s | µs of processor each | lag p50 ms | p99 |", "|---|---|---|---|---|---|");
        Line($"| {row.Store} | {row.Entries} | {row.Rate:F0} | {row.Processor:F0} | {row.Lag.P50 / 1e3:F0} | {row.Lag.P99 / 1e3:F0} |");
    }

    public void Add(FanOutRow row)
    {
        Head(row, "| server | listeners | messages | deliveries/s | least | most | : plain MQTT |", "|---|---|---|---|---|---|---|");
        Line($"| {row.Kind} | {row.Listeners} | {row.Messages} | {row.Rate:F0} | {row.Least:F0} | {row.Most:F0} | {row.Ratio:F2} |");
    }

    public void Add(AllocationRow row)
    {
        Head(row, "| message | messages | bytes allocated each |", "|---|---|---|");
        Line($"| {row.What} | {row.Messages} | {row.Bytes} |");
    }

    public void Add(PrivateRow row)
    {
        Head(row, "| µs of processor a message | messages each | open room | private room | more |", "|---|---|---|---|---|");
        Line($"| {row.What} | {row.Messages} | {row.Open:F0} | {row.Private:F0} | {row.More:F0} |");
    }

    public void Add(CommitRow row)
    {
        Head(row, "| one more device in a private room of | ms of processor p50 | most |", "|---|---|---|");
        Line($"| {row.Devices} | {row.Processor:F1} | {row.Most:F1} |");
    }

    public void Add(PastRow row)
    {
        Head(row, "| archive | what | messages | ms |", "|---|---|---|---|");
        Line($"| {row.Archive} | {row.What} | {row.Messages} | {row.Milliseconds:F0} |");
    }

    public void Add(ArchiveRow row)
    {
        Head(row, "| archive of | start ms | page p50 ms | p99 | search p50 ms | p99 | memory MB |", "|---|---|---|---|---|---|---|");
        Line($"| {row.Entries} | {row.Start:F0} | {row.Page.P50 / 1e3:F2} | {row.Page.P99 / 1e3:F2} | {row.Search.P50 / 1e3:F2} | {row.Search.P99 / 1e3:F2} | {row.Memory:F0} |");
    }

    public void Add(CrowdRow row)
    {
        Head(row, "| broker | hub | listeners | p50 ms | p99 | deliveries/s | broker MB | hub MB |", "|---|---|---|---|---|---|---|---|");
        Line($"| {row.Broker} | {(row.WithHub ? "archives" : "none")} | {row.Listeners} | {row.OneWay.P50 / 1e3:F1} | {row.OneWay.P99 / 1e3:F1} | {row.Deliveries:F0} | {row.BrokerMemory:F0} | {row.HubMemory:F0} |");
    }

    public void Add(StormRow row)
    {
        Head(
            row,
            "| hub | come at once | open s | caught up s | everybody shows everybody s | show all | least shown | published | delivered | MB sent | processor s: clients | broker | hub | MB a client | broker MB | hub MB |",
            "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        Line($"| {(row.WithHub ? "archives" : "none")} | {row.Newcomers} | {row.Open:F1} | {row.CaughtUp:F1} | {row.AllShowAll:F1} | {row.ShowAll} | {row.LeastShown} | {row.Wire.Published} | {row.Wire.Delivered} | {row.Wire.Megabytes:F0} | {row.Processor:F1} | {row.BrokerProcessor:F1} | {row.HubProcessor:F1} | {row.MemoryEach:F2} | {row.BrokerMemory:F0} | {row.HubMemory:F0} |");
    }

    public void Add(RoomsRow row)
    {
        Head(
            row,
            "| members are | users | rooms | largest | deliveries a round | p50 ms | p99 | deliveries/s | µs of processor each: members | at first words | broker | MB a member | ms of processor a member and minute at rest | broker MB |",
            "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        Line($"| {row.Kind} | {row.Users} | {row.Rooms} | {row.Largest} | {row.Deliveries} | {row.OneWay.P50 / 1e3:F1} | {row.OneWay.P99 / 1e3:F1} | {row.Rate:F0} | {row.Processor:F0} | {row.FirstWordProcessor:F0} | {row.BrokerProcessor:F0} | {row.MemoryEach:F2} | {row.AtRest:F1} | {row.BrokerMemory:F0} |");
    }

    public void Add(ScreenRow row)
    {
        Head(row, "| program | rounds | first picture ms | key to glyph ms p50 | least | most | p95 | bytes a key | at rest: CPU % | bytes written | MB |", "|---|---|---|---|---|---|---|---|---|---|---|");
        Line($"| {row.Program} | {row.Rounds} | {row.Paint.Median:F0} | {row.Key.Median:F2} | {row.Key.Least:F2} | {row.Key.Most:F2} | {row.KeyP95.Median:F2} | {row.BytesOfKey.Median:F0} | {row.Processor.Median:F2} | {row.Written.Median:F0} | {row.Memory.Median:F0} |");
    }

    public void Add(StartRow row)
    {
        Head(row, "| task | program | runs | ms | least | most | : floor |", "|---|---|---|---|---|---|---|");
        Line($"| {row.Task} | {row.Program} | {row.Runs} | {row.Taken.Median:F1} | {row.Taken.Least:F1} | {row.Taken.Most:F1} | {row.Ratio:F1} |");
    }

    public void Add(MicroRow row)
    {
        Head(row, "| call | µs | least | most | bytes |", "|---|---|---|---|---|");
        Line($"| {row.What} | {row.Nanoseconds / 1e3:F2} | {row.Least / 1e3:F2} | {row.Most / 1e3:F2} | {row.Bytes} |");
    }

    /// <summary>What was measured of allocations.</summary>
    public IReadOnlyList<AllocationRow> Allocations => [.. _rows.OfType<AllocationRow>()];

    public void Save()
    {
        var summary = Summary.Of(_begins.Select((begin, run) => (IReadOnlyList<object>)_rows[begin..(run + 1 < _begins.Count ? _begins[run + 1] : _rows.Count)]).ToList());
        if (_begins.Count > 1)
        {
            Line($"\n| medians of {_begins.Count} runs | median | least | most | : floor | which is |\n|---|---|---|---|---|---|");
            foreach (var row in summary)
            {
                Line($"| {row.What} | {row.Value.Median:F2} | {row.Value.Least:F2} | {row.Value.Most:F2} | {row.Ratio:F2} | {row.Floor} |");
            }
        }

        var folder = Directory.CreateDirectory(Path.Combine("artifacts", "bench")).FullName;
        var at = TimeProvider.System.GetUtcNow();
        var file = Path.Combine(folder, $"{at.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{size.Name}.json");
        var whole = new
        {
            At = at,
            Size = size.Name,
            System = RuntimeInformation.OSDescription,
            Runtime = RuntimeInformation.FrameworkDescription,
            Cores = Environment.ProcessorCount,
            Summary = summary,
            Crypto = _rows.OfType<CryptoRow>(),
            Latency = _rows.OfType<LatencyRow>(),
            Past = _rows.OfType<PastRow>(),
            Archive = _rows.OfType<ArchiveRow>(),
            FanOut = _rows.OfType<FanOutRow>(),
            Allocations = _rows.OfType<AllocationRow>(),
            Private = _rows.OfType<PrivateRow>(),
            Commits = _rows.OfType<CommitRow>(),
            Crowd = _rows.OfType<CrowdRow>(),
            Storm = _rows.OfType<StormRow>(),
            Rooms = _rows.OfType<RoomsRow>(),
            Ingest = _rows.OfType<IngestRow>(),
            Screen = _rows.OfType<ScreenRow>(),
            Start = _rows.OfType<StartRow>(),
            Micro = _rows.OfType<MicroRow>(),
            Throughput = _rows.OfType<ThroughputRow>(),
        };
        File.WriteAllText(file, JsonSerializer.Serialize(whole, Indented));
        Console.WriteLine($"\n{Path.GetRelativePath(Directory.GetCurrentDirectory(), file)}");
    }

    private static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private void Head(object row, string titles, string rule)
    {
        if (_last != row.GetType())
        {
            Console.WriteLine($"\n{titles}\n{rule}");
        }

        _last = row.GetType();
        _rows.Add(row);
    }
}
