// Owns: where a text names a person or a room.
// Must never: decide who is notified; that was decided, by account, where the message was written.
using Papo.Output;

namespace Papo.Rich;

/// <summary>Finds names in one line.</summary>
internal sealed class Names(RichContext context, string text, int end)
{
    private int _own = -1;
    private int _ownLength;

    /// <summary>Whether a character belongs to a word that goes on without spaces around it; scripts that are written without spaces have no such words.</summary>
    public static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || (c > 0x7F && char.IsLetterOrDigit(c) && !WideRanges.Contains(c));

    /// <summary>Whether nothing that belongs to a name stands at a place.</summary>
    public static bool IsBorder(string text, int at) => at < 0 || at >= text.Length || !(IsWord(text[at]) || text[at] == '_');

    /// <summary>The person named after an <c>@</c>: the longest name that fits.</summary>
    public (int Length, Tone Tone)? Person(int at)
    {
        if (!IsBorder(text, at - 1))
        {
            return null;
        }

        var own = Longest(context.OwnNames, at + 1);
        var other = Longest(context.People, at + 1);
        return Math.Max(own, other) == 0 ? null : own >= other ? (own + 1, Tone.MentionMe) : (other + 1, Tone.Mention);
    }

    /// <summary>The room named after a <c>#</c>.</summary>
    public int? Room(int at)
    {
        var last = at + 1;
        while (last < end && (char.IsAsciiLetterOrDigit(text[last]) || text[last] == '-') && last - at <= Protocol.Room.MaxLength)
        {
            last++;
        }

        return IsBorder(text, at - 1) && IsBorder(text, last) && Protocol.Room.TryParse(text[at..last], out _) ? last - at : null;
    }

    /// <summary>Where the next own name stands as a word of its own; the end when there is none.</summary>
    public (int At, int Length) Own(int from)
    {
        if (_own >= from)
        {
            return (_own, _ownLength);
        }

        (_own, _ownLength) = (end, 0);
        foreach (var name in context.OwnNames)
        {
            for (var at = Find(name, from); at >= 0 && at <= _own; at = Find(name, at + 1))
            {
                if (!IsBorder(text, at - 1) || !IsBorder(text, at + name.Length))
                {
                    continue;
                }

                if (at < _own || name.Length > _ownLength)
                {
                    (_own, _ownLength) = (at, name.Length);
                }

                break;
            }
        }

        return (_own, _ownLength);
    }

    private int Find(string name, int from)
    {
        var at = name.Length == 0 ? -1 : text.AsSpan(from, end - from).IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? -1 : from + at;
    }

    private int Longest(IReadOnlyCollection<string> names, int at)
    {
        var longest = 0;
        foreach (var name in names)
        {
            if (name.Length > longest && name.Length <= end - at && string.Compare(text, at, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0 && IsBorder(text, at + name.Length))
            {
                longest = name.Length;
            }
        }

        return longest;
    }
}
