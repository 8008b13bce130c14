// Owns: when a short code that was just closed, ":smile:", is meant as its emoji.
// Must never: touch code or addresses, nor what a machine wrote.

namespace Papo.Chat;

/// <summary>Short codes while they are typed.</summary>
internal static class ShortCode
{
    private const string Fence = "```";
    private const string PartOfMore = ":/\\@#&=%+$`_<-"; // before the first colon: an address, a path, a time, a name of code

    /// <summary>The short code that ends at the cursor, if one does and is meant: where it begins and its emoji.</summary>
    public static (int Start, string Emoji)? Before(string text, int cursor)
    {
        if (cursor < 3 || text[cursor - 1] != ':' || text.LastIndexOf(':', cursor - 2) is not (>= 0 and var start) || EmojiNames.Of(text.AsSpan(start + 1, cursor - start - 2)) is not { } emoji)
        {
            return null;
        }

        var word = text.LastIndexOfAny([' ', '\t', '\n'], start) + 1;
        var within = start > 0 && (char.IsLetterOrDigit(text[start - 1]) || PartOfMore.Contains(text[start - 1]));
        return within || text.AsSpan(word, start - word).Contains("://", StringComparison.Ordinal) || IsCode(text.AsSpan(0, start)) ? null : (start, emoji);
    }

    // Whether code is open at the end: a block, or in the last line a span that has begun. Nobody knows yet whether it will be closed.
    private static bool IsCode(ReadOnlySpan<char> before)
    {
        var fenced = false;
        var last = before.LastIndexOf('\n') + 1;
        foreach (var line in before[..last].EnumerateLines())
        {
            fenced ^= line.TrimStart().StartsWith(Fence, StringComparison.Ordinal);
        }

        var open = 0;
        for (var rest = before[last..]; !fenced && rest.IndexOf('`') is >= 0 and var at;)
        {
            rest = rest[at..];
            var length = rest.IndexOfAnyExcept('`') is >= 0 and var end ? end : rest.Length;
            open = open == 0 ? length : open == length ? 0 : open;
            rest = rest[length..];
        }

        return fenced || open > 0;
    }
}
