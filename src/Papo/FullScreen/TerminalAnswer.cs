// Owns: understanding what a terminal answers to questions.
// Must never: believe that it answers.
using System.Globalization;

namespace Papo.FullScreen;

/// <summary>Answers of a terminal.</summary>
internal static class TerminalAnswer
{
    /// <summary>Whether the ground it tells (OSC 11, <c>rgb:rrrr/gggg/bbbb</c>) is light; null when it is another answer.</summary>
    public static bool? IsLight(string answer)
    {
        const string mark = "rgb:";
        var at = answer.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0 || !answer.Contains("11;", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = answer[(at + mark.Length)..].TrimEnd('\a', '\\', '\e').Split('/');
        if (parts.Length != 3)
        {
            return null;
        }

        Span<double> levels = stackalloc double[3];
        for (var i = 0; i < 3; i++)
        {
            if (parts[i].Length is 0 or > 4 || !int.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var level))
            {
                return null;
            }

            levels[i] = level / (Math.Pow(16, parts[i].Length) - 1);
        }

        // Relative brightness by the eye's sense of each colour (ITU-R BT.709).
        return (0.2126 * levels[0]) + (0.7152 * levels[1]) + (0.0722 * levels[2]) > 0.5;
    }
}
