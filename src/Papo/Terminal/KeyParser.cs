// Owns: turning the bytes of a terminal in raw mode into strokes, however they are cut into reads.
// Must never: read a terminal, or lose or invent a key at a cut.
using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Papo.Terminal;

/// <summary>A parser with a memory for what is incomplete.</summary>
internal sealed class KeyParser
{
    private const byte Escape = 0x1B;
    private const byte Bell = 0x07;
    private const int LargestPaste = 1024 * 1024; // what lies beyond arrives as a second paste
    private const int PasteSlack = 16; // more than the bytes that end a paste, so that a cut never falls into them

    private readonly List<byte> _rest = [];
    private readonly List<byte> _paste = [];
    private Reading _reading;

    private enum Reading
    {
        Keys,
        Paste,
        LongSequence,
        LongString,
    }

    /// <summary>Whether something incomplete waits: an escape sequence, a paste, half a character.</summary>
    public bool IsWaiting => _rest.Count > 0 || _reading != Reading.Keys;

    /// <summary>Whether the incomplete part is an escape, which may be the Escape key: call <see cref="Flush"/> after a moment.</summary>
    public bool IsLoneEscape => _rest is [Escape] or [Escape, Escape];

    /// <summary>Takes bytes, gives the strokes that are complete; a typed text comes code point by code point.</summary>
    public IReadOnlyList<Key> Parse(ReadOnlySpan<byte> bytes)
    {
        _rest.AddRange(bytes);
        var all = _rest.ToArray().AsSpan();
        List<Key> keys = [];
        while (all.Length > 0)
        {
            var used = Take(all, keys);
            if (used == 0)
            {
                break;
            }

            all = all[used..];
        }

        _rest.Clear();
        _rest.AddRange(all);
        return keys;
    }

    /// <summary>Nothing followed: what looked like the beginning of a sequence was the Escape key.</summary>
    public IReadOnlyList<Key> Flush()
    {
        if (!IsLoneEscape)
        {
            return [];
        }

        var keys = new Key[_rest.Count];
        Array.Fill(keys, new Key(KeyCode.Escape));
        _rest.Clear();
        _reading = Reading.Keys;
        return keys;
    }

    private int Take(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        if (_reading == Reading.Paste)
        {
            return TakePaste(bytes, keys);
        }

        var skipped = _reading switch
        {
            Reading.LongSequence => SkipSequence(bytes),
            Reading.LongString => SkipString(bytes),
            _ => 0,
        };
        return skipped > 0 || _reading != Reading.Keys ? skipped : TakeKey(bytes, keys);
    }

    private int TakeKey(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        if (bytes[0] == Escape)
        {
            return TakeSequence(bytes, keys);
        }

        if (bytes[0] is < 0x20 or 0x7F)
        {
            keys.Add(KeyCodes.Control(bytes[0], Modifiers.None));
            return 1;
        }

        if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.NeedMoreData)
        {
            return 0; // half a character at the end of a read
        }

        keys.Add(new Key(KeyCode.Text, Modifiers.None, rune.ToString()));
        return length;
    }

    private int TakeSequence(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        var sequence = EscapeSequence.Read(bytes);
        switch (sequence.Meaning)
        {
            case SequenceMeaning.Key:
                keys.Add(sequence.Key);
                break;
            case SequenceMeaning.PasteBegins:
                _reading = Reading.Paste;
                break;
            case SequenceMeaning.TooLong:
                _reading = Reading.LongSequence;
                break;
            case SequenceMeaning.StringTooLong:
                _reading = Reading.LongString;
                break;
        }

        return sequence.Length;
    }

    // Bracketed paste: everything up to ESC[201~ is text, whatever it looks like.
    private int TakePaste(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        var close = "\e[201~"u8;
        for (var at = 0; at < bytes.Length; at++)
        {
            _paste.Add(bytes[at]);
            if (bytes[at] == '~' && CollectionsMarshal.AsSpan(_paste).EndsWith(close))
            {
                _reading = Reading.Keys;
                AddPaste(_paste.Count - close.Length, keys);
                _paste.Clear();
                return at + 1;
            }

            if (_paste.Count == LargestPaste + PasteSlack)
            {
                AddPaste(PasteCut(), keys);
            }
        }

        return bytes.Length;
    }

    private void AddPaste(int length, List<Key> keys)
    {
        var text = Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_paste)[..length]).ReplaceLineEndings("\n");
        keys.Add(new Key(KeyCode.Paste, Modifiers.None, text));
        _paste.RemoveRange(0, length);
    }

    // Not inside a character or a line end.
    private int PasteCut()
    {
        var cut = LargestPaste;
        while (cut > LargestPaste - 4 && (_paste[cut] & 0xC0) == 0x80)
        {
            cut--;
        }

        return _paste[cut] == '\n' && _paste[cut - 1] == '\r' ? cut - 1 : cut;
    }

    private int SkipSequence(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAnyExceptInRange((byte)0x20, (byte)0x3F);
        if (end < 0)
        {
            return bytes.Length;
        }

        _reading = Reading.Keys;
        return bytes[end] is >= 0x40 and < 0x7F ? end + 1 : end;
    }

    // A control character ends it too: nobody is to be locked out by a string that never ends.
    private int SkipString(ReadOnlySpan<byte> bytes)
    {
        var end = 0;
        while (end < bytes.Length && bytes[end] is >= 0x20 and not 0x7F)
        {
            end++;
        }

        if (end == bytes.Length || (bytes[end] == Escape && end + 1 == bytes.Length))
        {
            return end;
        }

        _reading = Reading.Keys;
        return bytes[end] == Bell ? end + 1 : bytes[end..].StartsWith("\e\\"u8) ? end + 2 : end;
    }
}
