// Owns: the type of a space id.
// Must never: be mixed up with another 16-byte id; that is why it is a type of its own.
namespace Papo.Protocol;

/// <summary>Which community: random bytes chosen when a space is made, 16 bytes, ordered as big-endian bytes, shown in base32.</summary>
public readonly record struct SpaceId(UInt128 Value) : IComparable<SpaceId>
{
    /// <summary>Size on the wire, in bytes.</summary>
    public const int Size = IdBytes.Size;

    /// <summary>Reads an id from exactly <see cref="Size"/> bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out SpaceId id)
    {
        var valid = IdBytes.TryRead(bytes, out var value);
        id = new(value);
        return valid;
    }

    /// <summary>Parses exactly the 26 characters that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out SpaceId id)
    {
        var valid = IdBytes.TryParse(text, out var value);
        id = new(value);
        return valid;
    }

    /// <summary>The id as a new array of <see cref="Size"/> bytes.</summary>
    public byte[] ToBytes() => IdBytes.ToArray(Value);

    /// <summary>Base32, lower case, 26 characters.</summary>
    public override string ToString() => IdBytes.ToText(Value);

    /// <inheritdoc/>
    public int CompareTo(SpaceId other) => Value.CompareTo(other.Value);

    /// <summary>Orders by value.</summary>
    public static bool operator <(SpaceId left, SpaceId right) => left.Value < right.Value;

    /// <summary>Orders by value.</summary>
    public static bool operator >(SpaceId left, SpaceId right) => left.Value > right.Value;

    /// <summary>Orders by value.</summary>
    public static bool operator <=(SpaceId left, SpaceId right) => left.Value <= right.Value;

    /// <summary>Orders by value.</summary>
    public static bool operator >=(SpaceId left, SpaceId right) => left.Value >= right.Value;
}
