// Owns: breaking a sentence between words.
// Must never: break inside a word: an address or a path stays whole, for whoever copies it.
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
}
