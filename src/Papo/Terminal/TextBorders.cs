// Owns: where a cursor can stand in a text: between user-perceived characters, at words and lines.
// Must never: change a text.
using Papo.Output;

namespace Papo.Terminal;

/// <summary>Positions in a text, in UTF-16 units.</summary>
internal static class TextBorders
{
    /// <summary>After the user-perceived character at a position.</summary>
    public static int Next(string text, int at) => at >= text.Length ? at : at + TextWidth.NextCluster(text.AsSpan(at));

    /// <summary>Before the user-perceived character that ends at a position.</summary>
    public static int Previous(string text, int at)
    {
        var before = 0;
        for (var next = 0; next < at; next = Next(text, next))
        {
            before = next;
        }

        return before;
    }

    /// <summary>The first border at or after a position.</summary>
    public static int AtOrAfter(string text, int at)
    {
        var border = 0;
        while (border < at)
        {
            border = Next(text, border);
        }

        return border;
    }

    /// <summary>The beginning of the line a position is in.</summary>
    public static int LineStart(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    /// <summary>The end of the line a position is in.</summary>
    public static int LineEnd(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end;
    }

    /// <summary>As far from the left edge in the line above; null in the first line.</summary>
    public static int? Above(string text, int at)
    {
        var start = LineStart(text, at);
        return start == 0 ? null : InLine(text, LineStart(text, start - 1), at - start);
    }

    /// <summary>As far from the left edge in the line below; null in the last line.</summary>
    public static int? Below(string text, int at)
    {
        var end = LineEnd(text, at);
        return end == text.Length ? null : InLine(text, end + 1, at - LineStart(text, at));
    }

    /// <summary>The beginning of the word before a position.</summary>
    public static int WordStart(string text, int at)
    {
        while (at > 0 && !IsWord(text[at - 1]))
        {
            at--;
        }

        while (at > 0 && IsWord(text[at - 1]))
        {
            at--;
        }

        return AtOrAfter(text, at);
    }

    /// <summary>The end of the word after a position.</summary>
    public static int WordEnd(string text, int at)
    {
        while (at < text.Length && !IsWord(text[at]))
        {
            at++;
        }

        while (at < text.Length && IsWord(text[at]))
        {
            at++;
        }

        return AtOrAfter(text, at);
    }

    private static int InLine(string text, int start, int distance) =>
        AtOrAfter(text, Math.Min(start + distance, LineEnd(text, start)));

    private static bool IsWord(char c) => !char.IsWhiteSpace(c) && c is not ('/' or ',' or '.' or ';' or ':');
}
