// Owns: when something was said, as the text itself says it; speaker and listeners are one process with one clock.
// Must never: be sent to another process.
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Papo.Bench;

/// <summary>Twenty digits: a timestamp of <see cref="Stopwatch"/>.</summary>
internal static class Stamp
{
    private const int Digits = 20;

    public static string Now => Stopwatch.GetTimestamp().ToString("D20", CultureInfo.InvariantCulture);

    public static long Read(ReadOnlySpan<byte> text) => long.Parse(Encoding.UTF8.GetString(text[..Digits]), NumberStyles.None, CultureInfo.InvariantCulture);

    public static long Read(string text) => long.Parse(text.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture);
}
