// Owns: Ed25519 (RFC 8032) key pairs and public keys, through BouncyCastle.
// Must never: print or log a secret key; verification never throws on hostile input.
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Ed25519 = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Papo.Protocol;

/// <summary>An Ed25519 public key, checked to be a point of the curve's full order group.</summary>
public sealed class PublicKey
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    /// <summary>Size of a signature in bytes.</summary>
    public const int SignatureSize = 64;

    private readonly byte[] _bytes;

    // The decoded point saves a square root at each verification.
    private readonly Ed25519.PublicPoint _point;

    private PublicKey(byte[] bytes, Ed25519.PublicPoint point) => (_bytes, _point) = (bytes, point);

    /// <summary>The 32 bytes of RFC 8032 §5.1.5.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>SHA-256 of the key, its first 16 bytes: account and device ids.</summary>
    public UInt128 Fingerprint => Hashing.First16(SHA256.HashData(_bytes));

    /// <summary>Takes a key; refuses wrong sizes, points off the curve and points of small order.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        if (bytes.Length != Size)
        {
            return false;
        }

        var copy = bytes.ToArray();
        var point = Ed25519.ValidatePublicKeyFullExport(copy, 0);
        key = point is null ? null : new PublicKey(copy, point);
        return key is not null;
    }

    /// <summary>Whether <paramref name="signature"/> (64 bytes) over <paramref name="list"/> was made with this key.</summary>
    public bool Verifies(SignedList list, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(list);
        return signature.Length == SignatureSize && Ed25519.Verify(signature.ToArray(), 0, _point, list.Buffer, 0, list.Length);
    }
}

/// <summary>An Ed25519 key pair.</summary>
public sealed class KeyPair
{
    /// <summary>Size of the secret seed in bytes.</summary>
    public const int SeedSize = 32;

    private readonly byte[] _seed;
    private readonly byte[] _public = new byte[PublicKey.Size];

    private KeyPair(byte[] seed)
    {
        _seed = seed;
        Ed25519.GeneratePublicKey(seed, 0, _public, 0);
        Public = PublicKey.TryRead(_public, out var key) ? key : throw new InvalidOperationException("an Ed25519 seed gave no public key");
    }

    /// <summary>The public half.</summary>
    public PublicKey Public { get; }

    /// <summary>The secret seed, for storing; keep it out of logs.</summary>
    public ReadOnlyMemory<byte> Seed => _seed;

    /// <summary>A fresh pair from the system's generator.</summary>
    public static KeyPair Generate() => new(RandomNumberGenerator.GetBytes(SeedSize));

    /// <summary>The pair of a stored seed of 32 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> seed, [NotNullWhen(true)] out KeyPair? pair)
    {
        pair = seed.Length == SeedSize ? new KeyPair(seed.ToArray()) : null;
        return pair is not null;
    }

    /// <summary>Signs a list; 64 bytes.</summary>
    public byte[] Sign(SignedList list)
    {
        ArgumentNullException.ThrowIfNull(list);
        var signature = new byte[PublicKey.SignatureSize];
        Ed25519.Sign(_seed, 0, _public, 0, list.Buffer, 0, list.Length, signature, 0);
        return signature;
    }
}
