// Owns: Markdown within a line: emphasis, code, links, escapes, addresses and names.
// Must never: look beyond its line, or take time that grows faster than the line: everything is found in one pass.
using System.Buffers;

namespace Papo.Rich;

/// <summary>Reads one line.</summary>
internal sealed class InlineReader
{
    private const int LongestFence = 8;
    private const string Escapable = "`*_~[]>#@-+";
    private static readonly SearchValues<char> Special = SearchValues.Create("\\`*_~[]:@#");

    private readonly string _text;
    private readonly int _end;
    private readonly Names _names;
    private readonly List<InlineToken> _tokens = [];
    private int _at;
    private int _bracket = -1;
    private int _fencesWithoutEnd;

    private InlineReader(string text, int start, int end, RichContext context)
    {
        (_text, _at, _end) = (text, start, end);
        _names = new Names(context, text, end);
    }

    /// <summary>What a line holds besides text, in order.</summary>
    public static List<InlineToken> Read(string text, int start, int end, RichContext context)
    {
        var reader = new InlineReader(text, start, end, context);
        while (reader.Next())
        {
        }

        Emphasis.Pair(reader._tokens, text);
        return reader._tokens;
    }

    private bool Next()
    {
        var special = _text.AsSpan(_at, _end - _at).IndexOfAny(Special) is var found and >= 0 ? _at + found : _end;
        var (own, ownLength) = _names.Own(_at);
        if (own < special)
        {
            return Add(own, ownLength, InlineKind.Name, Tone.MentionMe);
        }

        if (special == _end)
        {
            return false;
        }

        _at = special;
        return _text[special] switch
        {
            '\\' => Escape(),
            '`' => Code(),
            '[' => OpenBracket(),
            ']' => CloseBracket(),
            ':' => Colon(),
            '@' => _names.Person(_at) is { } person ? Add(_at, person.Length, InlineKind.Name, person.Tone) : Skip(),
            '#' => _names.Room(_at) is { } length ? Add(_at, length, InlineKind.Name, Tone.RoomName) : Skip(),
            _ => Stars(),
        };
    }

    private bool Add(int at, int length, InlineKind kind, Tone tone = Tone.Text)
    {
        _tokens.Add(new InlineToken(at, length, kind) { Tone = tone });
        _at = at + length;
        return true;
    }

    private bool Skip(int length = 1)
    {
        _at += length;
        return true;
    }

    // Only what means something here: a path of Windows or a regular expression keeps its backslashes.
    private bool Escape() => _at + 1 < _end && Escapable.Contains(_text[_at + 1], StringComparison.Ordinal)
        ? Add(_at, 1, InlineKind.Sign) && Add(_at, 1, InlineKind.Literal)
        : Skip();

    private bool Code()
    {
        var fence = RunLength(_at);
        if (fence > LongestFence || (_fencesWithoutEnd & (1 << fence)) != 0)
        {
            return Skip(fence);
        }

        for (var close = _text.IndexOf('`', _at + fence, _end - _at - fence); close >= 0;)
        {
            var length = RunLength(close);
            if (length == fence)
            {
                return AddCode(_at + fence, close, fence);
            }

            close = _text.IndexOf('`', close + length, _end - close - length);
        }

        _fencesWithoutEnd |= 1 << fence;
        return Skip(fence);
    }

    // One space at both ends lets code begin or end with a backtick.
    private bool AddCode(int start, int close, int fence)
    {
        var padded = close - start > 2 && _text[start] == ' ' && _text[close - 1] == ' ' && _text.AsSpan(start, close - start).ContainsAnyExcept(' ') ? 1 : 0;
        return Add(start - fence, fence + padded, InlineKind.Sign)
            && Add(start + padded, close - start - (2 * padded), InlineKind.Code)
            && Add(close - padded, fence + padded, InlineKind.Sign);
    }

    private bool OpenBracket()
    {
        _bracket = _tokens.Count;
        return Add(_at, 1, InlineKind.Literal);
    }

    private bool CloseBracket()
    {
        if (_bracket < 0 || _at + 1 >= _end || _text[_at + 1] != '(' || _tokens[_bracket].End == _at)
        {
            return Skip();
        }

        int depth = 0, close = _at + 1;
        for (var last = Math.Min(_end, close + Address.Longest); close < last; close++)
        {
            depth += _text[close] switch { '(' => 1, ')' => -1, ' ' => Address.Longest, _ => 0 };
            if (depth is 0 or >= Address.Longest)
            {
                break;
            }
        }

        if (depth != 0 || Address.Of(_text.AsSpan(_at + 2, close - _at - 2)) is not { } address)
        {
            return Skip();
        }

        (_tokens[_bracket].Kind, _tokens[_bracket].Address) = (InlineKind.LinkStart, address);
        _bracket = -1;
        Add(_at, close + 1 - _at, InlineKind.LinkEnd);
        _tokens[^1].Address = address;
        return true;
    }

    private bool Colon()
    {
        if (Address.Around(_text, _at, _tokens.Count == 0 ? 0 : _tokens[^1].End, _end) is not { } found)
        {
            return Skip();
        }

        Add(found.At, found.Length, InlineKind.Address);
        _tokens[^1].Address = found.Address;
        return true;
    }

    private bool Stars()
    {
        var length = RunLength(_at);
        var fits = _text[_at] switch { '*' => length <= 3, '~' => length == 2, _ => length == 1 };
        return fits ? Add(_at, length, InlineKind.Emphasis) : Skip(length);
    }

    private int RunLength(int at)
    {
        var rest = _text.AsSpan(at, _end - at);
        return rest.IndexOfAnyExcept(rest[0]) is var length and >= 0 ? length : rest.Length;
    }
}
