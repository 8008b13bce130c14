// Owns: sealing bytes with ChaCha20-Poly1305 (RFC 8439), and how a key for one purpose is derived from a secret.
// Must never: choose a nonce; who calls knows whether a random one or a fixed one is safe there.
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Papo.Protocol;

/// <summary>A key of ChaCha20-Poly1305.</summary>
public sealed class SealKey : IDisposable
{
    /// <summary>Size of a nonce in bytes.</summary>
    public const int NonceSize = 12;

    /// <summary>Size of the tag in bytes.</summary>
    public const int TagSize = 16;

    /// <summary>By how much <see cref="SealWith"/> makes bytes longer: nonce and tag.</summary>
    public const int Overhead = NonceSize + TagSize;

    private const int Size = 32;
    private readonly Key _key;

    /// <summary>Takes the 32 bytes of a key.</summary>
    public SealKey(ReadOnlySpan<byte> key) => _key = Key.Import(AeadAlgorithm.ChaCha20Poly1305, key, KeyBlobFormat.RawSymmetricKey);

    /// <summary>HKDF-SHA256 (RFC 5869) of a secret, without salt; the list says for what: label first, then what the key is bound to.</summary>
    public static SealKey Derive(ReadOnlySpan<byte> secret, SignedList purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        Span<byte> key = stackalloc byte[Size];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, [], purpose.Bytes);
        var derived = new SealKey(key);
        CryptographicOperations.ZeroMemory(key);
        return derived;
    }

    /// <summary>Ciphertext and tag.</summary>
    public byte[] Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> bound, ReadOnlySpan<byte> plain) => AeadAlgorithm.ChaCha20Poly1305.Encrypt(_key, nonce, bound, plain);

    /// <summary>The plaintext, or null when anything of it was changed.</summary>
    public byte[]? Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> bound, ReadOnlySpan<byte> cipher) =>
        nonce.Length == NonceSize && cipher.Length >= TagSize ? AeadAlgorithm.ChaCha20Poly1305.Decrypt(_key, nonce, bound, cipher) : null;

    /// <summary>Nonce, ciphertext and tag in one.</summary>
    public byte[] SealWith(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> bound, ReadOnlySpan<byte> plain) => [.. nonce, .. Seal(nonce, bound, plain)];

    /// <summary>Opens what <see cref="SealWith"/> made.</summary>
    public byte[]? OpenWith(ReadOnlySpan<byte> bound, ReadOnlySpan<byte> bytes) => bytes.Length >= Overhead ? Open(bytes[..NonceSize], bound, bytes[NonceSize..]) : null;

    /// <summary>A nonce from the system's generator: safe for as many messages as one key of this protocol ever seals.</summary>
    public static byte[] RandomNonce() => RandomNumberGenerator.GetBytes(NonceSize);

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
