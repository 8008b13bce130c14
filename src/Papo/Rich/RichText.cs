// Owns: the way from the text of a message to rows on a screen.
// Must never: throw, whatever people write; let a row be wider than asked for; let through what Output.Harmless would not.
using System.Text;
using Papo.Output;

namespace Papo.Rich;

/// <summary>Lays out the text of messages.</summary>
internal static class RichText
{
    /// <summary>The narrowest row that can be asked for.</summary>
    public const int NarrowestRow = 4;

    private const int TabStop = 4;

    /// <summary>The rows of a text, at least one; the same text and width give the same rows.</summary>
    public static IReadOnlyList<Row> Lay(string text, int width, RichContext context)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, NarrowestRow);
        return MessageLayout.Rows(Plain(text), width, context);
    }

    /// <summary>The text as it is copied: harmless, with its Markdown signs as they were typed, tabs as spaces.</summary>
    public static string Plain(string text) => Harmless.Lines(text.Contains('\t', StringComparison.Ordinal) ? WithoutTabs(text) : text);

    private static string WithoutTabs(string text)
    {
        var spaced = new StringBuilder(text.Length + (text.Length / 8));
        var column = 0;
        foreach (var range in text.AsSpan().Split('\t'))
        {
            if (range.Start.Value > 0)
            {
                var stop = TabStop - (column % TabStop);
                spaced.Append(' ', stop);
                column += stop;
            }

            var part = text.AsSpan(range);
            var line = part[(part.LastIndexOfAny("\n\r\u0085\u2028\u2029") + 1)..];
            column = (line.Length == part.Length ? column : 0) + TextWidth.Of(Harmless.Line(line.ToString()));
            spaced.Append(part);
        }

        return spaced.ToString();
    }
}

/// <summary>Whose names stand out in a text.</summary>
/// <param name="OwnNames">What the reader is called.</param>
/// <param name="People">What the others in the room are called.</param>
internal sealed record RichContext(IReadOnlyCollection<string> OwnNames, IReadOnlyCollection<string> People);
