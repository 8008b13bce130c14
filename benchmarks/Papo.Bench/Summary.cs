// Owns: the figures of several runs side by side: the middle, how far apart, and the ratio to the floor of the same run.
// Must never: compare a figure with a floor that another run measured.
namespace Papo.Bench;

/// <summary>One figure over all runs.</summary>
internal sealed record SummaryRow(string What, Spread Value, double? Ratio, string? Floor);

/// <summary>What a person wants to know of many rows.</summary>
internal static class Summary
{
    private const string Session = "the bare session";
    private const string Verifying = "one core that only verifies";

    public static IReadOnlyList<SummaryRow> Of(IReadOnlyList<IReadOnlyList<object>> runs) =>
        [.. runs.SelectMany(Figures).GroupBy(static figure => figure.What).Select(static same =>
        {
            var ratios = same.Select(static figure => figure.Ratio).OfType<double>().ToList();
            return new SummaryRow(same.Key, Spread.Of(same.Select(static figure => figure.Value)), ratios.Count > 0 ? Spread.Of(ratios).Median : null, same.First().Floor);
        })];

    private static IEnumerable<Figure> Figures(IReadOnlyList<object> run)
    {
        var verified = run.OfType<CryptoRow>().FirstOrDefault() is { } crypto ? 1e6 / crypto.Verify : (double?)null;
        return run.SelectMany(row => Figures(row, run, verified));
    }

    private static IEnumerable<Figure> Figures(object row, IReadOnlyList<object> run, double? verified)
    {
        switch (row)
        {
            case CryptoRow crypto:
                yield return new Figure("verify a signature, µs", crypto.Verify, null, null);
                break;
            case LatencyRow latency:
                var floor = run.OfType<LatencyRow>().First(other => other.Broker == latency.Broker && other.Kind == "session").OneWay;
                yield return new Figure($"one way, {latency.Broker}, {latency.Kind}, p50 ms", latency.OneWay.P50 / 1e3, latency.OneWay.P50 / floor.P50, Session);
                yield return new Figure($"one way, {latency.Broker}, {latency.Kind}, p99 ms", latency.OneWay.P99 / 1e3, latency.OneWay.P99 / floor.P99, Session);
                break;
            case ThroughputRow through:
                yield return new Figure($"{through.How}, {through.Broker}, {through.Store}, arrived/s", through.ArrivedRate, through.ArrivedRate / verified, Verifying);
                break;
            case IngestRow ingest:
                yield return new Figure($"a hub takes in, {ingest.Store}, entries/s", ingest.Rate, ingest.Rate / verified, Verifying);
                break;
            case AllocationRow allocation:
                yield return new Figure($"{allocation.What}, bytes allocated", allocation.Bytes, null, null);
                break;
        }
    }

    private sealed record Figure(string What, double Value, double? Ratio, string? Floor);
}
