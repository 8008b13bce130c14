// Owns: what stands before the text of a line: signs of quotes, of lists, of blocks of code.
// Must never: look at more than its line.
namespace Papo.Rich;

/// <summary>One line of a message.</summary>
/// <param name="Text">The message.</param>
/// <param name="Start">Where the line begins.</param>
/// <param name="Content">Where it begins after the signs of quotes.</param>
/// <param name="End">Where it ends, without its line break.</param>
/// <param name="Depth">How many quotes it is in.</param>
internal readonly record struct MessageLine(string Text, int Start, int Content, int End, int Depth)
{
    private const int ShortestFence = 3;
    private const int LongestNumber = 9;

    /// <summary>The text without the signs of quotes.</summary>
    public ReadOnlySpan<char> Span => Text.AsSpan(Content, End - Content);

    /// <summary>Reads the line that begins at a place; more quotes than asked for belong to its text.</summary>
    public static MessageLine At(string text, int start, int deepest = int.MaxValue)
    {
        var end = text.IndexOf('\n', start) is var found and >= 0 ? found : text.Length;
        int at = start, depth = 0;
        while (at < end && text[at] == '>' && depth < deepest)
        {
            depth++;
            at += at + 1 < end && text[at + 1] == ' ' ? 2 : 1;
        }

        // A face like >:( quotes nobody.
        return depth > 0 && (at == end || text[at - 1] == ' ') ? new MessageLine(text, start, at, end, depth) : new MessageLine(text, start, start, end, 0);
    }

    /// <summary>Spaces before its text.</summary>
    public int Indent => Span.IndexOfAnyExcept(' ') is var indent and >= 0 ? indent : Span.Length;

    /// <summary>Columns of the sign of a list entry and the space after it; 0 when it is none.</summary>
    public int ListSign
    {
        get
        {
            var text = Span[Indent..];
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            var sign = text.Length == 0 ? 0
                : text[0] is '-' or '*' ? 1
                : digits is > 0 and <= LongestNumber && text[digits] is '.' or ')' ? digits + 1
                : 0;
            return sign > 0 && text.Length > sign + 1 && text[sign] == ' ' && text[sign + 1] != ' ' ? sign + 1 : 0;
        }
    }

    /// <summary>Whether the sign of the list entry is a number.</summary>
    public bool IsNumbered => char.IsAsciiDigit(Span[Indent]);

    /// <summary>Whether it looks like the title of something.</summary>
    public bool IsHeading => Span.Length > 2 && Span.StartsWith("# ") && Span[2] != ' ';

    /// <summary>Signs of the fence of a block of code; 0 when it is none.</summary>
    public int Fence
    {
        get
        {
            var text = Span[Math.Min(Indent, ShortestFence)..];
            var length = text.Length == 0 || text[0] is not ('`' or '~') ? 0 : text.IndexOfAnyExcept(text[0]) is var found and >= 0 ? found : text.Length;
            return length >= ShortestFence && !text[length..].Contains('`') ? length : 0;
        }
    }

    /// <summary>What stands after the sign of a fence: the language.</summary>
    public ReadOnlySpan<char> AfterFence => Span[(Math.Min(Indent, ShortestFence) + Fence)..].Trim();

    /// <summary>Whether it ends a block that a line began.</summary>
    public bool EndsCode(MessageLine fence) =>
        Depth == fence.Depth && Fence >= fence.Fence && AfterFence.Length == 0 && Span[Indent] == fence.Span[fence.Indent];
}
