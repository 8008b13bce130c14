// Owns: base32 (RFC 4648 §6 alphabet, lower case, no padding), the way ids are shown and stored in names.
// Must never: throw on bad input.
namespace Papo.Protocol;

/// <summary>Base32 of RFC 4648 §6 in lower case and without padding: 16 bytes become 26 characters.</summary>
public static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Encodes <paramref name="bytes"/>; the last character carries the left-over bits, padded with zeros.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var length = ((bytes.Length * 8) + 4) / 5;
        return string.Create(length, bytes, static (chars, source) =>
        {
            int buffer = 0, bits = 0, at = 0;
            foreach (var b in source)
            {
                buffer = (buffer << 8) | b;
                bits += 8;
                while (bits >= 5)
                {
                    bits -= 5;
                    chars[at++] = Alphabet[(buffer >> bits) & 31];
                }

                buffer &= (1 << bits) - 1;
            }

            if (bits > 0)
            {
                chars[at] = Alphabet[(buffer << (5 - bits)) & 31];
            }
        });
    }

    /// <summary>Decodes into <paramref name="bytes"/>, which must be filled exactly; upper case is accepted, left-over bits must be zero.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (text.Length != ((bytes.Length * 8) + 4) / 5)
        {
            return false;
        }

        int buffer = 0, bits = 0, at = 0;
        foreach (var c in text)
        {
            var value = c switch
            {
                >= 'a' and <= 'z' => c - 'a',
                >= 'A' and <= 'Z' => c - 'A',
                >= '2' and <= '7' => c - '2' + 26,
                _ => -1,
            };
            if (value < 0)
            {
                return false;
            }

            buffer = (buffer << 5) | value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[at++] = (byte)(buffer >> bits);
                buffer &= (1 << bits) - 1;
            }
        }

        return buffer == 0;
    }
}
