// Owns: beacons and typing of a private room on the wire: what would be said in an open room, sealed.
// Must never: show who speaks; only the epoch is readable.
using System.Buffers.Binary;

namespace Papo.Protocol;

/// <summary>Bytes: the epoch (8), nonce, ciphertext and tag; inside lies a signed ephemeral as in an open room.</summary>
public static class SealedEphemeral
{
    private const int EpochSize = 8;
    private const int MaxBytes = 5 * 1024;

    /// <summary>Seals under <see cref="EpochSecret.EphemeralKey"/>.</summary>
    public static byte[] Seal(SealKey key, ulong epoch, ReadOnlySpan<byte> ephemeral, ReadOnlySpan<byte> nonce)
    {
        ArgumentNullException.ThrowIfNull(key);
        var bound = new byte[EpochSize];
        BinaryPrimitives.WriteUInt64BigEndian(bound, epoch);
        return [.. bound, .. key.SealWith(nonce, bound, ephemeral)];
    }

    /// <summary>The epoch it was sealed in.</summary>
    public static bool TryEpoch(ReadOnlySpan<byte> bytes, out ulong epoch)
    {
        var valid = bytes.Length is > EpochSize + SealKey.Overhead and <= MaxBytes;
        epoch = valid ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;
        return valid;
    }

    /// <summary>What was sealed, or null.</summary>
    public static byte[]? Open(SealKey key, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(key);
        return TryEpoch(bytes, out _) ? key.OpenWith(bytes[..EpochSize], bytes[EpochSize..]) : null;
    }
}
