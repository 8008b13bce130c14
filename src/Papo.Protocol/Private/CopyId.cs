// Owns: the type of a copy's id.
// Must never: be mixed up with another 16-byte id; that is why it is a type of its own.
namespace Papo.Protocol;

/// <summary>
/// Which copy of a profile: 16 random bytes, made with its first prekey. The slots of one copy are devices of their own for signing and one for
/// sealing: they share prekey and room secrets.
/// </summary>
public readonly record struct CopyId(UInt128 Value) : IComparable<CopyId>
{
    /// <summary>Size on the wire, in bytes.</summary>
    public const int Size = IdBytes.Size;

    /// <summary>Reads an id from exactly <see cref="Size"/> bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CopyId id)
    {
        var valid = IdBytes.TryRead(bytes, out var value);
        id = new(value);
        return valid;
    }

    /// <summary>The id as a new array of <see cref="Size"/> bytes.</summary>
    public byte[] ToBytes() => IdBytes.ToArray(Value);

    /// <summary>Base32, lower case, 26 characters.</summary>
    public override string ToString() => IdBytes.ToText(Value);

    /// <inheritdoc/>
    public int CompareTo(CopyId other) => Value.CompareTo(other.Value);

    /// <summary>Orders by value.</summary>
    public static bool operator <(CopyId left, CopyId right) => left.Value < right.Value;

    /// <summary>Orders by value.</summary>
    public static bool operator >(CopyId left, CopyId right) => left.Value > right.Value;

    /// <summary>Orders by value.</summary>
    public static bool operator <=(CopyId left, CopyId right) => left.Value <= right.Value;

    /// <summary>Orders by value.</summary>
    public static bool operator >=(CopyId left, CopyId right) => left.Value >= right.Value;
}
