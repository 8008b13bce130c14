// Owns: the median and the tail of measured times.
// Must never: leave out a value.
namespace Papo.Bench;

/// <summary>In microseconds.</summary>
internal sealed record Quantiles(double P50, double P95, double P99)
{
    public static Quantiles Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new Quantiles(At(0.5), At(0.95), At(0.99));

        double At(double part) => sorted[Math.Min(sorted.Length - 1, (int)(part * sorted.Length))];
    }
}
