// Owns: the tones of code: one small lexer for all languages.
// Must never: understand a language; strings, comments, numbers and words are enough to read code in a chat.
namespace Papo.Rich;

/// <summary>Reads the lines of one block of code in order.</summary>
internal sealed class CodeReader(Language? language)
{
    private const int OneCharacter = 4; // of two UTF-16 units, and its quotes

    private Stretch? _open;

    /// <summary>Adds the pieces of one line to others.</summary>
    public void Read(string text, int start, int end, List<Piece> pieces)
    {
        if (language is null || language.IsDiff)
        {
            Add(text, start, end, language is null ? Tone.Code : DiffTone(text.AsSpan(start, end - start)), pieces);
            return;
        }

        var plain = start;
        for (var at = start; at < end;)
        {
            var (length, tone) = Token(text, at, start, end);
            if (tone != Tone.Code)
            {
                Add(text, plain, at, Tone.Code, pieces);
                Add(text, at, at + length, tone, pieces);
                plain = at + length;
            }

            at += length;
        }

        Add(text, plain, end, Tone.Code, pieces);
    }

    private static Tone DiffTone(ReadOnlySpan<char> line) => line switch
    {
        ['@', '@', ..] or ['+', '+', '+', ' ', ..] or ['-', '-', '-', ' ', ..] => Tone.CodeKeyword,
        ['+', ..] => Tone.CodeString,
        ['-', ..] => Tone.CodeComment,
        _ => Tone.Code,
    };

    private static void Add(string text, int start, int end, Tone tone, List<Piece> pieces)
    {
        if (end > start)
        {
            pieces.Add(new Piece(text, start, end - start, new Style(tone), null, RunsRight: true));
        }
    }

    private (int Length, Tone Tone) Token(string text, int at, int start, int end)
    {
        var rest = text.AsSpan(at, end - at);
        if (_open is { } open)
        {
            return (RestOf(open, rest, 0), open.Tone);
        }

        if (BeginsComment(text, at, start, rest))
        {
            return (rest.Length, Tone.CodeComment);
        }

        foreach (var stretch in language!.Stretches)
        {
            if (rest.StartsWith(stretch.Open, StringComparison.Ordinal) && RestOf(stretch, rest[..Math.Min(rest.Length, stretch.Longest)], stretch.Open.Length) is var length and > 0
                && (stretch.Longest == int.MaxValue || length <= OneCharacter || rest[1] == '\\'))
            {
                return (length, stretch.Tone == Tone.CodeString && IsKey(rest[length..]) ? Tone.CodeKeyword : stretch.Tone);
            }
        }

        var word = WordLength(rest);
        if (word == 0)
        {
            return (1, Tone.Code);
        }

        var isWord = language.Keywords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(rest[..word]) || (IsFirst(text, at, start) && IsKey(rest[word..]));
        return (word, char.IsAsciiDigit(rest[0]) ? Tone.CodeNumber : isWord ? Tone.CodeKeyword : Tone.Code);
    }

    // A # within a word or a variable is no comment.
    private bool BeginsComment(string text, int at, int start, ReadOnlySpan<char> rest)
    {
        foreach (var sign in language!.LineComments)
        {
            if (rest.StartsWith(sign, StringComparison.Ordinal) && (sign != "#" || at == start || text[at - 1] == ' '))
            {
                return true;
            }
        }

        return false;
    }

    // To the end of the stretch or of the line, 0 when it is none; remembers a stretch that goes on.
    private int RestOf(Stretch stretch, ReadOnlySpan<char> rest, int from)
    {
        for (var at = from; at < rest.Length; at++)
        {
            if (stretch.Escapes && rest[at] == '\\')
            {
                at++;
            }
            else if (rest[at..].StartsWith(stretch.Close, StringComparison.Ordinal))
            {
                _open = null;
                return at + stretch.Close.Length;
            }
        }

        _open = stretch.Lines ? stretch : null;
        return stretch.Longest == int.MaxValue ? rest.Length : 0;
    }

    private bool IsKey(ReadOnlySpan<char> after)
    {
        after = after.TrimStart(' ');
        return after.Length > 0 && language!.KeySigns.Contains(after[0], StringComparison.Ordinal);
    }

    private static bool IsFirst(string text, int at, int start) => text.AsSpan(start, at - start).TrimStart(" -").Length == 0;

    private static int WordLength(ReadOnlySpan<char> rest)
    {
        var number = char.IsAsciiDigit(rest[0]);
        var at = 0;
        while (at < rest.Length && (char.IsLetterOrDigit(rest[at]) || rest[at] == '_'
            || (number && rest[at] == '.' && at + 1 < rest.Length && char.IsAsciiDigit(rest[at + 1]))))
        {
            at++;
        }

        return at;
    }
}
