// Owns: what benchmarks/screen.py measures of screens on terminals, as rows of the report.
// Must never: measure a screen itself; a terminal is not this process's business.
using System.Globalization;
using System.Text.Json;

namespace Papo.Bench;

/// <summary>Papo beside WeeChat and profanity, in turns.</summary>
internal static class ScreenBench
{
    private static readonly string Results = Path.Combine("artifacts", "screen.json");

    public static async Task RunAsync(Size size, Report report)
    {
        foreach (var (program, rounds) in await MeasureAsync(size.ScreenRounds, keys: 150, idle: 5))
        {
            report.Add(new ScreenRow(program, rounds.Count, Of("paint"), Of("median"), Of("p95"), Of("bytes"), Of("cpu"), Of("written"), Of("memory")));

            Spread Of(string figure) => Spread.Of(rounds.Select(round => round[figure]));
        }
    }

    /// <summary>Milliseconds to the first picture of each program.</summary>
    public static async Task<IEnumerable<(string Program, Spread Paint)>> FirstPaintsAsync(int rounds) =>
        (await MeasureAsync(rounds, keys: 0, idle: 0)).Select(static program => (program.Key, Spread.Of(program.Value.Select(static round => round["paint"]))));

    private static async Task<Dictionary<string, List<Dictionary<string, double>>>> MeasureAsync(int rounds, int keys, int idle)
    {
        if (Outside.Papo is null)
        {
            await Console.Error.WriteLineAsync("no artifacts/papo (./publish): the screen is left out");
            return [];
        }

        string[] command = ["python3", Path.Combine("benchmarks", "screen.py"), "--rounds", Text(rounds), "--keys", Text(keys), "--idle", Text(idle)];
        await Outside.RunAsync(command);
        return JsonSerializer.Deserialize<Dictionary<string, List<Dictionary<string, double>>>>(await File.ReadAllTextAsync(Results))!;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
