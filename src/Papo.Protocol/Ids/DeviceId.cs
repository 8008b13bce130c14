// Owns: the type of a device id.
// Must never: be mixed up with another 16-byte id; that is why it is a type of its own.
using System.Buffers.Binary;

namespace Papo.Protocol;

/// <summary>Which device: SHA-256 of a device's Ed25519 public key, first 16 bytes, ordered as big-endian bytes, shown in base32.</summary>
public readonly record struct DeviceId(UInt128 Value) : IComparable<DeviceId>
{
    /// <summary>Size on the wire, in bytes.</summary>
    public const int Size = 16;

    /// <summary>Reads an id from exactly <see cref="Size"/> bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DeviceId id)
    {
        id = bytes.Length == Size ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes)) : default;
        return bytes.Length == Size;
    }

    /// <summary>Parses the 26 characters that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DeviceId id)
    {
        Span<byte> bytes = stackalloc byte[Size];
        id = default;
        return Base32.TryDecode(text, bytes) && TryRead(bytes, out id);
    }

    /// <summary>Writes the id into the first <see cref="Size"/> bytes of <paramref name="bytes"/>.</summary>
    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);

    /// <summary>The id as a new array of <see cref="Size"/> bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public int CompareTo(DeviceId other) => Value.CompareTo(other.Value);

    /// <summary>Base32, lower case, 26 characters.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        Write(bytes);
        return Base32.Encode(bytes);
    }

    /// <summary>Orders by value.</summary>
    public static bool operator <(DeviceId left, DeviceId right) => left.Value < right.Value;

    /// <summary>Orders by value.</summary>
    public static bool operator >(DeviceId left, DeviceId right) => left.Value > right.Value;

    /// <summary>Orders by value.</summary>
    public static bool operator <=(DeviceId left, DeviceId right) => left.Value <= right.Value;

    /// <summary>Orders by value.</summary>
    public static bool operator >=(DeviceId left, DeviceId right) => left.Value >= right.Value;
}
