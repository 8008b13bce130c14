// Owns: making foreign text safe for a terminal: what others wrote is shown, never obeyed.
// Must never: let a control character, an escape sequence, a direction override or a foreign line break through.
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Papo.Output;

/// <summary>Makes text of others harmless. Replacements are visible, so that nothing disappears in silence.</summary>
internal static class Harmless
{
    private const int LongestName = 48; // 40 code points and the suffix of a contested name

    // Whatever Clean may replace; surrogates because one of them may be alone.
    private static readonly SearchValues<char> Suspicious = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Concat([0x2028, 0x2029]).Concat(Enumerable.Range(0x202A, 5))
            .Concat(Enumerable.Range(0x2066, 4)).Concat(Enumerable.Range(0xD800, 0x800)).Select(static code => (char)code)]);

    /// <summary>One line: every line break becomes <c>⏎</c>.</summary>
    public static string Line(string? text) => Clean(text, "⏎");

    /// <summary>One user-perceived character, as in <see cref="Line"/>.</summary>
    public static ReadOnlySpan<char> Cluster(ReadOnlySpan<char> cluster) => cluster.ContainsAny(Suspicious) ? Line(cluster.ToString()) : cluster;

    /// <summary>Several lines: every line break becomes one <c>\n</c>; a trailing one is dropped.</summary>
    public static string Lines(string? text) => Clean(text, "\n").TrimEnd('\n');

    /// <summary>A name: one line, no invisible characters but joiners, cut when longer than a name may be.</summary>
    public static string Name(string? text)
    {
        var name = new StringBuilder();
        var count = 0;
        foreach (var rune in Line(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format && rune.Value is not (0x200C or 0x200D))
            {
                continue;
            }

            if (++count > LongestName)
            {
                name.Append('…');
                break;
            }

            name.Append(IsCheckMark(rune) ? "\uFFFD" : rune.ToString());
        }

        return name.Length == 0 ? "?" : name.ToString();
    }

    // The sign of a verified person is ours to set.
    private static bool IsCheckMark(Rune rune) => rune.Value is 0x2705 or 0x2713 or 0x2714 or 0x2611 or 0x221A or 0x1F5F8 or 0x1F5F9;

    private static string Clean(string? text, string lineBreak)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        if (!text.AsSpan().ContainsAny(Suspicious))
        {
            return text; // most messages
        }

        var clean = new StringBuilder(text.Length);
        var afterReturn = false;
        foreach (var rune in text.EnumerateRunes()) // an unpaired surrogate comes out as U+FFFD
        {
            var value = rune.Value;
            if (value == '\n' && afterReturn)
            {
                afterReturn = false;
                continue;
            }

            afterReturn = value == '\r';
            clean.Append(value switch
            {
                '\n' or '\r' or 0x85 or 0x2028 or 0x2029 => lineBreak,
                '\t' => "    ",
                < 0x20 => ((char)(0x2400 + value)).ToString(),
                0x7F => "␡",
                > 0x7F and < 0xA0 => "\uFFFD",
                (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) => "\uFFFD",
                _ => rune.ToString(),
            });
        }

        return clean.ToString();
    }
}
