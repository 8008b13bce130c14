// Owns: breaking a sentence between words.
// Must never: break inside a word unasked: an address or a path stays whole, for whoever copies it.
namespace Papo.Output;

internal static class WordWrap
{
    /// <summary>The lines of at most so many columns that a sentence makes; a longer word has a line of its own.</summary>
    public static IReadOnlyList<string> Lines(string sentence, int columns)
    {
        var lines = new List<string>();
        string? line = null;
        foreach (var word in sentence.Split(' '))
        {
            var longer = line is null ? word : line + " " + word;
            if (line is not null && TextWidth.Of(longer) > columns)
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        lines.Add(line ?? "");
        return lines;
    }

    /// <summary>A word cut into parts of at most so many columns, for a screen that clips what is longer.</summary>
    public static IEnumerable<string> Parts(string word, int columns)
    {
        var start = 0;
        for (int at = 0, width = 0, length; at < word.Length; at += length)
        {
            length = TextWidth.NextCluster(word.AsSpan(at));
            var cluster = TextWidth.OfCluster(word.AsSpan(at, length));
            if (width + cluster > columns && at > start)
            {
                yield return word[start..at];
                (start, width) = (at, 0);
            }

            width += cluster;
        }

        yield return word[start..];
    }
}
