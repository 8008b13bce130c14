// Owns: the forms that all 16-byte ids share: bytes on the wire, base32 for people.
// Must never: be an id itself; each id is a type of its own.
using System.Buffers.Binary;

namespace Papo.Protocol;

/// <summary>16 bytes, big-endian, and their 26 characters.</summary>
internal static class IdBytes
{
    public const int Size = 16;

    public static bool TryRead(ReadOnlySpan<byte> bytes, out UInt128 value)
    {
        value = bytes.Length == Size ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : default;
        return bytes.Length == Size;
    }

    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        value = default;
        return Base32.TryDecode(text, bytes) && TryRead(bytes, out value);
    }

    public static byte[] ToArray(UInt128 value)
    {
        var bytes = new byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return bytes;
    }

    public static string ToText(UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        return Base32.Encode(bytes);
    }
}
