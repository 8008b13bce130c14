// Owns: the run of the small measurements and their result: one line of JSON on the output, everything else on the error output.
// Must never: measure through a process or a broker; ./bench does.
using System.Text.Json;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Papo.Micro;
using Perfolizer.Horology;

var job = Job.Default
    .WithToolchain(InProcessEmitToolchain.Instance) // a process of its own for each would have to be built, with this repository's rules
    .WithWarmupCount(3)
    .WithIterationTime(TimeInterval.FromMilliseconds(100))
    .WithIterationCount(args.Contains("full") ? 25 : 7);
using var log = new StreamWriter(Console.OpenStandardError());
var config = ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddLogger(new StreamLogger(log))
    .AddColumnProvider(BenchmarkDotNet.Columns.DefaultColumnProviders.Instance)
    .WithArtifactsPath(Path.Combine("artifacts", "bench", "micro"));
var summaries = BenchmarkRunner.Run([typeof(EntryBenchmarks), typeof(TextBenchmarks), typeof(ScreenBenchmarks), typeof(SealBenchmarks), typeof(AppendBenchmarks), typeof(PastBenchmarks)], config);
var rows = summaries.SelectMany(static summary => summary.Reports).Select(static report => new
{
    What = report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
    Nanoseconds = report.ResultStatistics?.Median,
    Least = report.ResultStatistics?.Min,
    Most = report.ResultStatistics?.Max,
    Bytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase),
}).ToList();
Console.WriteLine(JsonSerializer.Serialize(rows));
return rows.Exists(static row => row.Nanoseconds is null) ? 1 : 0;
