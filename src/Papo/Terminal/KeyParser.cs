// Owns: turning the bytes of a terminal in raw mode into keys, however they are cut into reads.
// Must never: read a terminal, or lose or invent a key at a cut.
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Papo.Terminal;

/// <summary>A parser with a memory for what is incomplete.</summary>
internal sealed class KeyParser
{
    private const byte Escape = 0x1B;
    private const int LongestSequence = 64;
    private const int LargestPaste = 1024 * 1024; // what lies beyond arrives as a second paste

    private readonly List<byte> _rest = [];

    /// <summary>Whether something incomplete waits: an escape sequence, a paste, half a character.</summary>
    public bool IsWaiting => _rest.Count > 0;

    /// <summary>Whether the incomplete part is a lone escape, which may be the Escape key: ask <see cref="Flush"/> after a moment.</summary>
    public bool IsLoneEscape => _rest is [Escape];

    /// <summary>Takes bytes, gives the keys that are complete.</summary>
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

    /// <summary>Nothing followed: a lone escape was the key.</summary>
    public void Flush()
    {
        if (IsLoneEscape)
        {
            _rest.Clear();
        }
    }

    private static int Take(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        if (bytes[0] == Escape)
        {
            return TakeEscape(bytes, keys);
        }

        if (bytes[0] is < 0x20 or 0x7F)
        {
            keys.Add(new Key(Control(bytes[0])));
            return 1;
        }

        return TakeText(bytes, keys);
    }

    private static int TakeText(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        var length = 0;
        while (length < bytes.Length && bytes[length] is >= 0x20 and not 0x7F)
        {
            length++;
        }

        var text = new StringBuilder();
        var used = 0;
        while (used < length)
        {
            var status = Rune.DecodeFromUtf8(bytes[used..length], out var rune, out var consumed);
            if (status == OperationStatus.NeedMoreData && length == bytes.Length)
            {
                break; // half a character at the end of a read
            }

            text.Append(rune.ToString());
            used += consumed;
        }

        if (text.Length > 0)
        {
            keys.Add(new Key(KeyKind.Text, text.ToString()));
        }

        return used;
    }

    private static int TakeEscape(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        if (bytes.Length == 1)
        {
            return 0;
        }

        switch (bytes[1])
        {
            case (byte)'[':
                return TakeSequence(bytes, keys);
            case (byte)'O' when bytes.Length == 2:
                return 0;
            case (byte)'O':
                keys.Add(new Key(Final((char)bytes[2], 1)));
                return 3;
            case Escape:
                return 1; // the Escape key, then another sequence
            default:
                keys.Add(new Key(Alt(bytes[1])));
                return bytes[1] < 0x80 ? 2 : 1;
        }
    }

    private static int TakeSequence(ReadOnlySpan<byte> bytes, List<Key> keys)
    {
        var end = 2;
        while (end < bytes.Length && end < LongestSequence && bytes[end] is >= 0x20 and < 0x40)
        {
            end++;
        }

        if (end == LongestSequence)
        {
            return end; // no terminal sends that much: drop it, wherever it was cut
        }

        if (end == bytes.Length)
        {
            return 0;
        }

        var numbers = Encoding.ASCII.GetString(bytes[2..end]).Split(';');
        if (bytes[end] == '~' && numbers[0] == "200")
        {
            return TakePaste(bytes, end + 1, keys);
        }

        var modifier = numbers.Length > 1 ? Number(numbers[1].Split(':')[0]) : 1;
        keys.Add(new Key((char)bytes[end] switch
        {
            '~' => Tilde(Number(numbers[0]), modifier),
            'u' => Unicode(Number(numbers[0].Split(':')[0]), modifier),
            var final => Final(final, modifier),
        }));
        return end + 1;
    }

    // Bracketed paste: everything up to ESC[201~ is text, whatever it looks like.
    private static int TakePaste(ReadOnlySpan<byte> bytes, int start, List<Key> keys)
    {
        var close = "\e[201~"u8;
        var length = bytes[start..].IndexOf(close);
        if (length < 0 && bytes.Length < LargestPaste)
        {
            return 0;
        }

        var text = Encoding.UTF8.GetString(length < 0 ? bytes[start..] : bytes.Slice(start, length));
        keys.Add(new Key(KeyKind.Paste, text.ReplaceLineEndings("\n")));
        return length < 0 ? bytes.Length : start + length + close.Length;
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;

    private static KeyKind Final(char final, int modifier) => final switch
    {
        'A' => KeyKind.Up,
        'B' => KeyKind.Down,
        'C' => modifier > 2 ? KeyKind.WordRight : KeyKind.Right, // 3 and above: with Alt or Ctrl
        'D' => modifier > 2 ? KeyKind.WordLeft : KeyKind.Left,
        'H' => KeyKind.Home,
        'F' => KeyKind.End,
        'M' => KeyKind.Enter,
        _ => KeyKind.Other,
    };

    private static KeyKind Tilde(int number, int modifier) => number switch
    {
        1 or 7 => KeyKind.Home,
        4 or 8 => KeyKind.End,
        3 => modifier > 2 ? KeyKind.DeleteWordForward : KeyKind.Delete,
        _ => KeyKind.Other,
    };

    // The form some terminals use for keys that have no byte of their own (fixterms): ESC [ code ; modifier u
    private static KeyKind Unicode(int code, int modifier) => code switch
    {
        13 => modifier > 1 ? KeyKind.NewLine : KeyKind.Enter,
        9 => KeyKind.Tab,
        127 or 8 => modifier > 2 ? KeyKind.DeleteWordBack : KeyKind.Backspace,
        >= 'a' and <= 'z' when modifier == 5 => Control((byte)(code - 'a' + 1)),
        _ => KeyKind.Other,
    };

    private static KeyKind Alt(byte key) => key switch
    {
        (byte)'\r' or (byte)'\n' => KeyKind.NewLine,
        (byte)'b' or (byte)'B' => KeyKind.WordLeft,
        (byte)'f' or (byte)'F' => KeyKind.WordRight,
        (byte)'d' or (byte)'D' => KeyKind.DeleteWordForward,
        0x7F or 0x08 => KeyKind.DeleteWordBack,
        _ => KeyKind.Other,
    };

    private static KeyKind Control(byte key) => key switch
    {
        0x01 => KeyKind.Home,
        0x02 => KeyKind.Left,
        0x03 => KeyKind.Interrupt,
        0x04 => KeyKind.EndOfInput,
        0x05 => KeyKind.End,
        0x06 => KeyKind.Right,
        0x08 or 0x7F => KeyKind.Backspace,
        0x09 => KeyKind.Tab,
        0x0A => KeyKind.NewLine, // Ctrl+J; the Enter key is a carriage return in raw mode
        0x0B => KeyKind.KillToEnd,
        0x0C => KeyKind.Redraw,
        0x0D => KeyKind.Enter,
        0x0E => KeyKind.Down,
        0x10 => KeyKind.Up,
        0x15 => KeyKind.KillToStart,
        0x17 => KeyKind.DeleteWordBack,
        0x19 => KeyKind.Yank,
        0x1A => KeyKind.Suspend,
        _ => KeyKind.Other,
    };
}
