// Owns: the line through the samples of a process, and whether it rises more than what is stored explains.
// Must never: judge the first third, in which programs warm up.
using System.Globalization;

namespace Papo.Torture.Soak;

/// <summary>Least squares over the last two thirds: megabytes and handles an hour.</summary>
internal sealed record Trend(string Process, double Memory, double Handles, double Disk, bool IsSteady)
{
    // A message held in memory costs less than this many megabytes; a runtime gives memory back in steps of about this size.
    private const double MegabytesAMessage = 0.004;
    private const double Noise = 12;
    private const double HandleNoise = 6; // connections that were cut a moment ago

    public static Trend Of(string process, IReadOnlyList<Sample> samples)
    {
        var late = samples.Skip(samples.Count / 3).ToList();
        var hours = (late[^1].At - late[0].At) / 3600;
        var memory = Slope(late, static sample => sample.Memory);
        var handles = Slope(late, static sample => sample.Handles);
        var steady = memory * hours <= Noise + ((late[^1].Messages - late[0].Messages) * MegabytesAMessage) && handles * hours <= HandleNoise;
        return new Trend(process, memory, handles, Slope(late, static sample => sample.Disk), steady);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Process,-8} {Memory,9:F1} MB/h {Handles,8:F1} handles/h {Disk,9:F1} MB/h on disk  {(IsSteady ? "" : "rises")}");

    private static double Slope(List<Sample> samples, Func<Sample, double> value)
    {
        var (x, y) = (samples.Average(static sample => sample.At), samples.Average(value));
        var spread = samples.Sum(sample => (sample.At - x) * (sample.At - x));
        return spread == 0 ? 0 : samples.Sum(sample => (sample.At - x) * (value(sample) - y)) / spread * 3600;
    }
}
