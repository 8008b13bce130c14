// Owns: the figures of benchmarks/Papo.Micro as rows of the report.
// Must never: measure in this process; that one has another set of packages.
using System.Text.Json;

namespace Papo.Bench;

/// <summary>Started once; its last line is its result.</summary>
internal static class MicroBench
{
    private static readonly string Program = Path.Combine("benchmarks", "Papo.Micro", "bin", "Release", "net10.0", "Papo.Micro.dll");

    public static async Task RunAsync(Size size, Report report)
    {
        var output = await Outside.RunAsync(["dotnet", Program, size.Name]);
        foreach (var row in JsonSerializer.Deserialize<List<MicroRow>>(output.TrimEnd().Split('\n')[^1])!)
        {
            report.Add(row);
        }
    }
}
