// Owns: the picture of docs/SCALE.md: seconds until a lost last message is back, by the number of devices.
// Must never: draw a point that was not simulated.
using System.Globalization;
using System.Text;

namespace Papo.Simulation;

/// <summary>An SVG of healing times without a hub, where everybody but the author lost the message.</summary>
internal static class Curve
{
    private const double Left = 50;
    private const double Bottom = 250;
    private const double PerDecade = 160;
    private const double PerSecond = 25;
    private const int MostSeconds = 9;
    private static readonly string[] Colours = ["#1b6ca8", "#c05a00", "#a01c3c", "#3c7a1c"];

    /// <summary>The picture, or null when there is nothing to draw.</summary>
    public static string? Draw(IEnumerable<HealRow> rows)
    {
        var lines = rows.Where(static row => row is { Hub: false, Losers: Losers.All }).GroupBy(static row => row.Loss).OrderBy(static line => line.Key).ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 600 300\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"600\" height=\"300\" fill=\"#fff\"/>\n");
        for (var second = 0; second <= MostSeconds; second++)
        {
            svg.Append(Invariant($"<path d=\"M{Left} {Y(second)}H450\" stroke=\"{(second == 5 ? "#000" : "#ddd")}\"/><text x=\"30\" y=\"{Y(second) + 4}\">{second}</text>\n"));
        }

        foreach (var devices in (int[])[10, 100, 1_000])
        {
            svg.Append(Invariant($"<text x=\"{X(devices) - 8}\" y=\"270\">{devices}</text>\n"));
        }

        svg.Append("<text x=\"200\" y=\"290\">devices in the room</text><text x=\"30\" y=\"15\">seconds until it is back: p50 dashed, p99 drawn; promised: 5</text>\n");
        for (var at = 0; at < lines.Count; at++)
        {
            var colour = Colours[at % Colours.Length];
            var points = lines[at].OrderBy(static row => row.Devices).ToList();
            svg.Append(Line(points, static row => row.P50, colour, " stroke-dasharray=\"4 3\"")).Append(Line(points, static row => row.P99, colour, ""));
            svg.Append(Invariant($"<text x=\"465\" y=\"{40 + (at * 18)}\" fill=\"{colour}\">{lines[at].Key * 100:0.#} % lost</text>\n"));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Line(List<HealRow> points, Func<HealRow, long> of, string colour, string dash)
    {
        var path = string.Join(' ', points.Select(point => Invariant($"{X(point.Devices):F1},{Y(of(point) / 1e3):F1}")));
        var dots = string.Concat(points.Select(point => Invariant($"<circle cx=\"{X(point.Devices):F1}\" cy=\"{Y(of(point) / 1e3):F1}\" r=\"3\" fill=\"{colour}\"/>")));
        return $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>{dots}\n";
    }

    private static double X(double devices) => Left + 20 + ((Math.Log10(devices) - 1) * PerDecade);

    private static double Y(double seconds) => Bottom - (Math.Min(seconds, MostSeconds) * PerSecond);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
