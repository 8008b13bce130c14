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
        for (var next = NearBorder(text, at - 1); next < at; next = Next(text, next))
        {
            before = next;
        }

        return before;
    }

    /// <summary>The first border at or after a position.</summary>
    public static int AtOrAfter(string text, int at)
    {
        if (at >= text.Length)
        {
            return text.Length;
        }

        var border = NearBorder(text, at);
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

    /// <summary>Columns between the left edge and a position, as the line is shown.</summary>
    public static int Column(string text, int at) => TextWidth.Of(Harmless.Line(text[LineStart(text, at)..at]));

    /// <summary>At most so many columns from the left edge in the line above; null in the first line.</summary>
    public static int? Above(string text, int at, int column)
    {
        var start = LineStart(text, at);
        return start == 0 ? null : InLine(text, LineStart(text, start - 1), column);
    }

    /// <summary>At most so many columns from the left edge in the line below; null in the last line.</summary>
    public static int? Below(string text, int at, int column)
    {
        var end = LineEnd(text, at);
        return end == text.Length ? null : InLine(text, end + 1, column);
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

    /// <summary>The beginning of the word after a position.</summary>
    public static int NextWord(string text, int at)
    {
        while (at < text.Length && IsWord(text[at]))
        {
            at++;
        }

        while (at < text.Length && !IsWord(text[at]))
        {
            at++;
        }

        return AtOrAfter(text, at);
    }

    /// <summary>The characters before and after a position, at the end of a line the two before it; null when the line has no two there.</summary>
    public static (int Start, int Middle, int End)? Pair(string text, int at)
    {
        var middle = at == LineEnd(text, at) ? Previous(text, at) : at;
        var (start, end) = (Previous(text, middle), Next(text, middle));
        return start < LineStart(text, at) || start == middle || middle == end ? null : (start, middle, end);
    }

    private static int InLine(string text, int start, int column)
    {
        var end = LineEnd(text, start);
        for (var at = start; at < end;)
        {
            var next = Math.Min(Next(text, at), end);
            column -= TextWidth.Of(Harmless.Line(text[at..next]));
            if (column < 0)
            {
                return at;
            }

            at = next;
        }

        return end;
    }

    // A border at or before a position that can be told by its two neighbours; a long line need not be looked at from its start.
    private static int NearBorder(string text, int at)
    {
        at = Math.Max(at, 0);
        while (at > 0 && !(IsPlain(text[at - 1]) && IsPlain(text[at])))
        {
            at--;
        }

        return at;
    }

    // Characters that join none of each other (UAX 29): Latin, kana without marks, Han, and what stands for an unreadable byte.
    private static bool IsPlain(char c) => c is < '\u0300' or (>= '\u3041' and <= '\u3096') or (>= '\u30A1' and <= '\u30FA') or (>= '\u4E00' and <= '\u9FFF') or '\uFFFD';

    private static bool IsWord(char c) => !char.IsWhiteSpace(c) && c is not ('/' or ',' or '.' or ';' or ':');
}
