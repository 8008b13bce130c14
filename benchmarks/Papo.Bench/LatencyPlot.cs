// Owns: the picture of one run's latencies: a bar to the median, a thin line on to the 99th percentile, on a logarithmic scale.
// Must never: show a figure that is not in the file it was made from.
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace Papo.Bench;

/// <summary>SVG from the JSON of a run.</summary>
internal static class LatencyPlot
{
    private const double Left = 190;
    private const double Width = 640;
    private const double RowHeight = 22;
    private const double Top = 46;
    private const double Least = 0.1; // ms, the left edge
    private const double Most = 100;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Draws the latency rows of <paramref name="json"/> into <paramref name="picture"/>.</summary>
    public static void Draw(string json, string picture)
    {
        using var run = JsonDocument.Parse(File.ReadAllText(json));
        var rows = run.RootElement.GetProperty("Latency").EnumerateArray()
            .Select(static row => (Name: $"{row.GetProperty("Broker").GetString()}: {row.GetProperty("Kind").GetString()}", P50: Milliseconds(row, "P50"), P99: Milliseconds(row, "P99"))).ToList();
        var height = Top + (rows.Count * RowHeight) + 30;
        var image = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", Text($"0 0 {Left + Width + 110} {height}")),
            new XAttribute("font-family", "sans-serif"),
            new XAttribute("font-size", 12),
            new XElement(Svg + "rect", new XAttribute("width", "100%"), new XAttribute("height", "100%"), new XAttribute("fill", "white")),
            Label(10, 18, "start", $"One way, ms, bar: p50, line: p99 · {run.RootElement.GetProperty("At").GetDateTimeOffset():yyyy-MM-dd}, {run.RootElement.GetProperty("Cores").GetInt32()} cores, {run.RootElement.GetProperty("System").GetString()}"),
            Grid(height));
        for (var i = 0; i < rows.Count; i++)
        {
            image.Add(Row(rows[i].Name, rows[i].P50, rows[i].P99, Top + (i * RowHeight)));
        }

        File.WriteAllText(picture, image + "\n", new UTF8Encoding(false));
    }

    private static double Milliseconds(JsonElement row, string quantile) => row.GetProperty("OneWay").GetProperty(quantile).GetDouble() / 1e3;

    private static IEnumerable<XElement> Row(string name, double p50, double p99, double y)
    {
        var ours = name.Contains("papo", StringComparison.Ordinal);
        yield return Label(Left - 8, y + 14, "end", name);
        yield return new XElement(Svg + "rect", At("x", Left), At("y", y + 4), At("width", X(p50) - Left), At("height", RowHeight - 10), new XAttribute("fill", ours ? "#0a6e8a" : "#9aa7ad"));
        yield return new XElement(Svg + "line", At("x1", X(p50)), At("x2", X(p99)), At("y1", y + 10), At("y2", y + 10), new XAttribute("stroke", ours ? "#0a6e8a" : "#6b777d"));
        yield return Label(X(p99) + 6, y + 14, "start", Text($"{p50:0.00} · {p99:0.0}"));
    }

    private static IEnumerable<XElement> Grid(double height)
    {
        for (var at = Least; at <= Most; at *= 10)
        {
            yield return new XElement(Svg + "line", At("x1", X(at)), At("x2", X(at)), At("y1", Top - 8), At("y2", height - 24), new XAttribute("stroke", "#dde3e6"));
            yield return Label(X(at), height - 8, "middle", Text($"{at:0.#}"));
        }
    }

    private static double X(double milliseconds) => Left + (Math.Log10(Math.Clamp(milliseconds, Least, Most) / Least) / Math.Log10(Most / Least) * Width);

    private static XElement Label(double x, double y, string anchor, string text) => new(Svg + "text", At("x", x), At("y", y), new XAttribute("text-anchor", anchor), text);

    private static XAttribute At(string name, double value) => new(name, Text($"{value:0.#}"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
