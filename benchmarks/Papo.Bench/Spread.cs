// Owns: the middle of several rounds and how far they lie apart.
// Must never: leave out a round.
namespace Papo.Bench;

/// <summary>Median, least and most.</summary>
internal sealed record Spread(double Median, double Least, double Most)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return new Spread(sorted[sorted.Length / 2], sorted[0], sorted[^1]);
    }
}
