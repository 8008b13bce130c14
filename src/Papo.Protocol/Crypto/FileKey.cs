// Owns: sealing what lies on a disk, by XChaCha20-Poly1305, under a key of its own or one that comes of a passphrase (Argon2id).
// Must never: be used on the wire; PROTOCOL names what is used there.
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Papo.Protocol;

/// <summary>A key for files.</summary>
public sealed class FileKey : IDisposable
{
    /// <summary>Bytes of a key.</summary>
    public const int Size = 32;

    /// <summary>Bytes of a nonce: enough for random ones without end.</summary>
    public const int NonceSize = 24;

    /// <summary>Bytes of a tag.</summary>
    public const int TagSize = 16;

    /// <summary>Bytes of a salt.</summary>
    public const int SaltSize = 16;

    /// <summary>By how much <see cref="SealWith"/> makes bytes longer.</summary>
    public const int Overhead = NonceSize + TagSize;

    private readonly Key _key;

    /// <summary>Takes the bytes of a key.</summary>
    public FileKey(ReadOnlySpan<byte> key) => _key = Key.Import(AeadAlgorithm.XChaCha20Poly1305, key, KeyBlobFormat.RawSymmetricKey);

    /// <summary>The key of a passphrase, taken as the UTF-8 that was typed.</summary>
    public static FileKey Derive(string passphrase, ReadOnlySpan<byte> salt, PassphraseCost cost)
    {
        ArgumentNullException.ThrowIfNull(cost);
        var argon2id = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = cost.KiB, NumberOfPasses = cost.Passes });
        var typed = Encoding.UTF8.GetBytes(passphrase);
        var key = argon2id.DeriveBytes(typed, salt, Size);
        CryptographicOperations.ZeroMemory(typed);
        var derived = new FileKey(key);
        CryptographicOperations.ZeroMemory(key);
        return derived;
    }

    /// <summary>Ciphertext and tag.</summary>
    public byte[] Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> bound, ReadOnlySpan<byte> plain) => AeadAlgorithm.XChaCha20Poly1305.Encrypt(_key, nonce, bound, plain);

    /// <summary>The plaintext, or null when anything of it was changed, or the key is another.</summary>
    public byte[]? Open(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> bound, ReadOnlySpan<byte> cipher) =>
        nonce.Length == NonceSize && cipher.Length >= TagSize ? AeadAlgorithm.XChaCha20Poly1305.Decrypt(_key, nonce, bound, cipher) : null;

    /// <summary>A random nonce, ciphertext and tag in one.</summary>
    public byte[] SealWith(ReadOnlySpan<byte> bound, ReadOnlySpan<byte> plain)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        return [.. nonce, .. Seal(nonce, bound, plain)];
    }

    /// <summary>Opens what <see cref="SealWith"/> made.</summary>
    public byte[]? OpenWith(ReadOnlySpan<byte> bound, ReadOnlySpan<byte> bytes) => bytes.Length >= Overhead ? Open(bytes[..NonceSize], bound, bytes[NonceSize..]) : null;

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
