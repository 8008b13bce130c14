// Owns: where an escape sequence ends and what kind it is (ECMA-48, xterm's control sequences).
// Must never: hold state, or take a beginning for a whole.
using System.Buffers;
using System.Text;

namespace Papo.Terminal;

/// <summary>What came of reading a sequence.</summary>
internal enum SequenceMeaning
{
    /// <summary>Its end is not there yet.</summary>
    Incomplete,

    /// <summary>A stroke.</summary>
    Key,

    /// <summary>Nothing a person did: a key that was let go.</summary>
    Nothing,

    /// <summary>What follows is pasted.</summary>
    PasteBegins,

    /// <summary>Longer than any; the rest of it must be dropped as well.</summary>
    TooLong,

    /// <summary>The same of a string.</summary>
    StringTooLong,
}

/// <summary>A sequence at the beginning of some bytes.</summary>
/// <param name="Meaning">What it is.</param>
/// <param name="Length">Bytes it takes; 0 when incomplete.</param>
/// <param name="Key">With <see cref="SequenceMeaning.Key"/>.</param>
internal readonly record struct EscapeSequence(SequenceMeaning Meaning, int Length = 0, Key Key = default)
{
    private const byte Escape = 0x1B;
    private const byte Bell = 0x07;
    private const int LongestSequence = 64;
    private const int LongestString = 4096;

    private static readonly EscapeSequence Incomplete = new(SequenceMeaning.Incomplete);

    /// <summary>Reads bytes that begin with an escape.</summary>
    public static EscapeSequence Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2)
        {
            return Incomplete;
        }

        return bytes[1] switch
        {
            (byte)'[' => ReadControl(bytes),
            (byte)'O' => ReadSingleShift(bytes),
            (byte)']' or (byte)'P' or (byte)'_' => ReadString(bytes),
            Escape => ReadDouble(bytes),
            _ => ReadAlt(bytes),
        };
    }

    // CSI: parameters, intermediate bytes, a final byte.
    private static EscapeSequence ReadControl(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [_, _, (byte)'[', ..])
        {
            return ReadLinuxConsole(bytes);
        }

        if (bytes is [_, _, (byte)'M', ..])
        {
            return ReadOldMouse(bytes);
        }

        var end = 2;
        while (end < bytes.Length && end < LongestSequence && bytes[end] is >= 0x20 and < 0x40)
        {
            if (bytes[end] == '$' && IsNumber(bytes[2..end]))
            {
                return Of(KeyCodes.Rxvt(Ascii(bytes[2..end]), Modifiers.Shift), end + 1); // rxvt ends Shift+Delete with an intermediate byte
            }

            end++;
        }

        if (end == LongestSequence)
        {
            return new EscapeSequence(SequenceMeaning.TooLong, end);
        }

        if (end == bytes.Length)
        {
            return Incomplete;
        }

        return bytes[end] is >= 0x40 and < 0x7F ? Complete(bytes[1..(end + 1)]) : Broken(bytes, end);
    }

    private static EscapeSequence Complete(ReadOnlySpan<byte> body)
    {
        var (parameters, final) = (Ascii(body[1..^1]), (char)body[^1]);
        var length = body.Length + 1;
        if (parameters is ['<', ..] && final is 'M' or 'm')
        {
            return Of(MouseCodes.Read(parameters[1..], final == 'm'), length);
        }

        if (parameters is ['<' or '=' or '>' or '?', ..] || body.IndexOfAnyInRange((byte)0x20, (byte)0x2F) >= 0)
        {
            return Of(new Key(KeyCode.Answer, Modifiers.None, Ascii(body)), length);
        }

        if (final == '~' && parameters == "200")
        {
            return new EscapeSequence(SequenceMeaning.PasteBegins, length);
        }

        return KeyCodes.IsRelease(parameters)
            ? new EscapeSequence(SequenceMeaning.Nothing, length)
            : Of(KeyCodes.Control(parameters, final) ?? new Key(KeyCode.Answer, Modifiers.None, Ascii(body)), length);
    }

    // Something that cannot be part of a sequence cuts it off; it is a key of its own and must not be lost.
    private static EscapeSequence Broken(ReadOnlySpan<byte> bytes, int length) =>
        length == 2 ? ReadAlt(bytes) : Of(new Key(KeyCode.Unknown), length);

    private static EscapeSequence ReadLinuxConsole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 3)
        {
            return Incomplete;
        }

        return bytes[3] is >= (byte)'A' and <= (byte)'E' ? Of(new Key(KeyCode.F1 + (bytes[3] - 'A')), 4) : Of(new Key(KeyCode.Unknown), 3);
    }

    // The mouse of terminals that do not know the form asked for: three bytes after the final one.
    private static EscapeSequence ReadOldMouse(ReadOnlySpan<byte> bytes)
    {
        const int length = 6;
        var cut = bytes[3..Math.Min(bytes.Length, length)].IndexOfAnyInRange((byte)0, (byte)0x1F);
        if (cut >= 0)
        {
            return Of(new Key(KeyCode.Unknown), 3 + cut);
        }

        return bytes.Length < length ? Incomplete : Of(MouseCodes.ReadOld(bytes[3], bytes[4], bytes[5]), length);
    }

    // SS3: function keys and the keypad, in some terminals with modifiers before the letter.
    private static EscapeSequence ReadSingleShift(ReadOnlySpan<byte> bytes)
    {
        var end = 2;
        while (end < bytes.Length && end < LongestSequence && bytes[end] is (>= (byte)'0' and <= (byte)'9') or (byte)';')
        {
            end++;
        }

        if (end == LongestSequence)
        {
            return new EscapeSequence(SequenceMeaning.TooLong, end);
        }

        if (end == bytes.Length)
        {
            return Incomplete;
        }

        return char.IsAsciiLetter((char)bytes[end]) ? Of(KeyCodes.SingleShift(Ascii(bytes[2..end]), (char)bytes[end]), end + 1) : Broken(bytes, end);
    }

    // OSC, DCS and APC: what a terminal answers to a question. They begin like Alt with a letter, so their first characters must fit.
    private static EscapeSequence ReadString(ReadOnlySpan<byte> bytes)
    {
        switch (BeginsString(bytes))
        {
            case null:
                return Incomplete;
            case false:
                return ReadAlt(bytes);
        }

        for (var at = 2; at < bytes.Length; at++)
        {
            if (at == LongestString)
            {
                return new EscapeSequence(SequenceMeaning.StringTooLong, at);
            }

            if (bytes[at] is >= 0x20 and not 0x7F)
            {
                continue;
            }

            if (bytes[at] == Escape && at + 1 == bytes.Length)
            {
                return Incomplete;
            }

            var terminator = bytes[at] == Bell ? 1 : bytes[at..].StartsWith("\e\\"u8) ? 2 : 0;
            return terminator == 0
                ? Of(new Key(KeyCode.Unknown), at) // a control character: nobody is to be locked out by a string that never ends
                : Of(new Key(KeyCode.Answer, Modifiers.None, Encoding.UTF8.GetString(bytes[1..at])), at + terminator);
        }

        return Incomplete;
    }

    // Null when it cannot be told yet.
    private static bool? BeginsString(ReadOnlySpan<byte> bytes)
    {
        const int mostDigits = 4;
        if (bytes.Length == 2)
        {
            return null;
        }

        if (bytes[1] == '_')
        {
            return bytes[2] == 'G';
        }

        var digits = bytes[2..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 0)
        {
            return bytes.Length - 2 > mostDigits ? false : null;
        }

        if (bytes[1] == ']')
        {
            return digits is > 0 and <= mostDigits && bytes[2 + digits] == ';';
        }

        var marks = bytes[2..];
        return marks[0] is (byte)'>' or (byte)'!'
            ? marks.Length < 2 ? null : marks[1] == '|'
            : digits == 1 && marks[1] is (byte)'$' or (byte)'+';
    }

    // rxvt and some others write Alt as an escape before the sequence of a key.
    private static EscapeSequence ReadDouble(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 2)
        {
            return Incomplete;
        }

        if (bytes[2] is (byte)'[' or (byte)'O')
        {
            var inner = Read(bytes[1..]);
            if (inner.Meaning == SequenceMeaning.Incomplete)
            {
                return Incomplete;
            }

            if (inner is { Meaning: SequenceMeaning.Key, Key.Code: >= KeyCode.Enter and <= KeyCode.F12 })
            {
                return Of(inner.Key with { Modifiers = inner.Key.Modifiers | Modifiers.Alt }, inner.Length + 1);
            }
        }

        return Of(new Key(KeyCode.Escape), 1);
    }

    private static EscapeSequence ReadAlt(ReadOnlySpan<byte> bytes)
    {
        if (bytes[1] is < 0x20 or 0x7F)
        {
            return Of(KeyCodes.Control(bytes[1], Modifiers.Alt), 2);
        }

        return Rune.DecodeFromUtf8(bytes[1..], out var rune, out var length) == OperationStatus.NeedMoreData
            ? Incomplete
            : Of(KeyCodes.Chord(rune, Modifiers.Alt), length + 1);
    }

    private static EscapeSequence Of(Key key, int length) => new(SequenceMeaning.Key, length, key);

    private static string Ascii(ReadOnlySpan<byte> bytes) => Encoding.ASCII.GetString(bytes);

    private static bool IsNumber(ReadOnlySpan<byte> bytes) => bytes.Length > 0 && !bytes.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
