// Owns: the rows of one run as tables on the screen and as JSON in artifacts/simulation/, the curve beside it.
// Must never: round what goes into the file.
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Papo.Simulation;

/// <summary>One run.</summary>
internal sealed class Report(ulong seed)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };
    private readonly List<object> _rows = [];
    private Type? _last;

    public void Add(HealRow row)
    {
        Head(row, "| devices | hub | lost by | loss % | trials | p50 s | p99 s | max s | later than 5 s | never | beacons a trial |", 11);
        Line($"| {row.Devices} | {Yes(row.Hub)} | {row.Losers} | {row.Loss * 100:0.#} | {row.Trials} | {row.P50 / 1e3:F2} | {row.P99 / 1e3:F2} | {row.Max / 1e3:F2} | {row.Late} | {row.Lost} | {row.Beacons:F1} |");
    }

    public void Add(BeaconRow row)
    {
        Head(row, "| devices | hub | loss % | said/s | beacons/s | bytes each | requests/s | replies/s | presences/s |", 9);
        Line($"| {row.Devices} | {Yes(row.Hub)} | {row.Loss * 100:0.#} | {row.Said:F2} | {row.Beacons:F3} | {row.BeaconBytes:F0} | {row.Requests:F2} | {row.Replies:F2} | {row.Presences:F2} |");
    }

    public void Add(PartitionRow row)
    {
        Head(row, "| devices | hub | split s | said meanwhile | requests | replies | kB | bytes a missed message | half whole s | all whole s |", 10);
        Line($"| {row.Devices} | {Yes(row.Hub)} | {row.Seconds} | {row.Said} | {row.Requests} | {row.Replies} | {row.Bytes / 1e3:F0} | {row.PerMissed:F0} | {row.Half / 1e3:F1} | {row.Whole / 1e3:F1} |");
    }

    public void Add(JoinRow row)
    {
        Head(row, "| there | join | hub | requests | of the busiest | answered busy | entries a joiner | sent : kept | kB | half caught up s | all s |", 11);
        Line($"| {row.There} | {row.Joining} | {Yes(row.Hub)} | {row.Requests} | {row.Busiest} | {row.Busy} | {row.Entries:F0} | {row.Doubled:F2} | {row.Bytes / 1e3:F0} | {row.P50 / 1e3:F2} | {row.Max / 1e3:F2} |");
    }

    /// <summary>The file, of which the path is printed.</summary>
    public void Save()
    {
        var folder = Directory.CreateDirectory(Path.Combine("artifacts", "simulation")).FullName;
        var at = TimeProvider.System.GetUtcNow();
        var file = Path.Combine(folder, $"{at.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.json");
        var whole = new { At = at, Seed = seed, Heal = _rows.OfType<HealRow>(), Beacons = _rows.OfType<BeaconRow>(), Partition = _rows.OfType<PartitionRow>(), Joins = _rows.OfType<JoinRow>() };
        File.WriteAllText(file, JsonSerializer.Serialize(whole, Indented));
        if (Curve.Draw(_rows.OfType<HealRow>()) is { } picture)
        {
            File.WriteAllText(Path.ChangeExtension(file, "svg"), picture);
        }

        Console.WriteLine($"\n{Path.GetRelativePath(Directory.GetCurrentDirectory(), file)}");
    }

    private static string Yes(bool hub) => hub ? "yes" : "no";

    private static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private void Head(object row, string titles, int columns)
    {
        if (_last != row.GetType())
        {
            Console.WriteLine($"\n{titles}\n|{string.Concat(Enumerable.Repeat("---|", columns))}");
        }

        _last = row.GetType();
        _rows.Add(row);
    }
}
