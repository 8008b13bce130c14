// Owns: Ed25519 (RFC 8032) key pairs and public keys: libsodium (through NSec) signs and verifies, BouncyCastle says which points are keys.
// Must never: print or log a secret key; verification never throws on hostile input.
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NSec.Cryptography;
using Curve = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Papo.Protocol;

/// <summary>An Ed25519 public key, checked to be a point of the curve's full order group.</summary>
public sealed class PublicKey
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    /// <summary>Size of a signature in bytes.</summary>
    public const int SignatureSize = 64;

    private readonly byte[] _bytes;
    private readonly NSec.Cryptography.PublicKey _key;

    private PublicKey(byte[] bytes, NSec.Cryptography.PublicKey key) => (_bytes, _key) = (bytes, key);

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
        key = Curve.ValidatePublicKeyFull(copy, 0) && NSec.Cryptography.PublicKey.TryImport(SignatureAlgorithm.Ed25519, copy, KeyBlobFormat.RawPublicKey, out var read)
            ? new PublicKey(copy, read!)
            : null;
        return key is not null;
    }

    /// <summary>Whether <paramref name="signature"/> (64 bytes) over <paramref name="list"/> was made with this key.</summary>
    public bool Verifies(SignedList list, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(list);
        return Verdicts is null ? Check(list, signature) : Remember(Verdicts, list, signature);
    }

    /// <summary>What this key said of signatures before, by the hash of what it was shown; null: nothing is remembered. For thousands of readers in one process.</summary>
    internal ConcurrentDictionary<UInt128, bool>? Verdicts { get; set; }

    private bool Remember(ConcurrentDictionary<UInt128, bool> verdicts, SignedList list, ReadOnlySpan<byte> signature)
    {
        var shown = Hashing.First16(SHA256.HashData([.. list.Bytes, .. signature]));
        if (!verdicts.TryGetValue(shown, out var verdict))
        {
            verdict = Check(list, signature);
            verdicts.TryAdd(shown, verdict);
        }

        return verdict;
    }

    private bool Check(SignedList list, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSize && SignatureAlgorithm.Ed25519.Verify(_key, list.Buffer.AsSpan(0, list.Length), signature);
}

/// <summary>An Ed25519 key pair.</summary>
public sealed class KeyPair
{
    /// <summary>Size of the secret seed in bytes.</summary>
    public const int SeedSize = 32;

    private readonly byte[] _seed;
    private readonly Key _key;

    private KeyPair(byte[] seed)
    {
        _seed = seed;
        _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        Public = PublicKey.TryRead(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey), out var key) ? key : throw new InvalidOperationException("an Ed25519 seed gave no public key");
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
        SignatureAlgorithm.Ed25519.Sign(_key, list.Buffer.AsSpan(0, list.Length), signature);
        return signature;
    }
}
