// Owns: how hashes become 16-byte ids.
// Must never: hash anything that is not a signed list or a key.
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Papo.Protocol;

/// <summary>Hashes of signed lists.</summary>
public static class Hashing
{
    /// <summary>The first 16 bytes of a hash as a number.</summary>
    public static UInt128 First16(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt128BigEndian(hash);

    /// <summary>SHA-256 of a list, its first 16 bytes.</summary>
    public static UInt128 Id(SignedList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(list.Bytes, hash);
        return First16(hash);
    }
}
