// Owns: the way from the text of a message to rows on a screen.
// Must never: throw, whatever people write; let a row be wider than asked for; let through what Output.Harmless would not.
using Papo.Output;

namespace Papo.Rich;

/// <summary>Lays out the text of messages.</summary>
internal static class RichText
{
    /// <summary>The narrowest row that can be asked for.</summary>
    public const int NarrowestRow = 4;

    /// <summary>The rows of a text, at least one; the same text and width give the same rows.</summary>
    public static IReadOnlyList<Row> Lay(string text, int width, RichContext context)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, NarrowestRow);
        var rows = new List<Row>();
        foreach (var line in Plain(text).Split('\n'))
        {
            int start = 0, used = 0;
            for (var at = 0; at < line.Length;)
            {
                var length = TextWidth.NextCluster(line.AsSpan(at));
                var columns = TextWidth.OfCluster(line.AsSpan(at, length));
                if (used + columns > width)
                {
                    rows.Add(new Row([new Run(line[start..at])], used, Soft: start > 0, Code: false));
                    (start, used) = (at, 0);
                }

                used += columns;
                at += length;
            }

            rows.Add(new Row(line.Length == 0 ? [] : [new Run(line[start..])], used, Soft: start > 0, Code: false));
        }

        return rows;
    }

    /// <summary>The text as it is copied: harmless, with its Markdown signs as they were typed.</summary>
    public static string Plain(string text) => Harmless.Lines(text);
}

/// <summary>Whose names stand out in a text.</summary>
/// <param name="OwnNames">What the reader is called.</param>
/// <param name="People">What the others in the room are called.</param>
internal sealed record RichContext(IReadOnlyCollection<string> OwnNames, IReadOnlyCollection<string> People);
