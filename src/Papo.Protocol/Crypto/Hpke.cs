// Owns: HPKE base mode, one message a key (RFC 9180): DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305.
// Must never: use an ephemeral key twice, or do arithmetic of its own; curve and cipher are libsodium's, the hash is .NET's.
using System.Security.Cryptography;
using System.Text;

namespace Papo.Protocol;

/// <summary>Seals bytes to a public key; what is sealed is the encapsulated key (32 bytes), the ciphertext and the tag.</summary>
public static class Hpke
{
    /// <summary>By how much sealing makes bytes longer.</summary>
    public const int Overhead = ExchangeKey.Size + SealKey.TagSize;

    private const int HashSize = 32;
    private static readonly byte[] KemSuite = [.. "KEM"u8, 0x00, 0x20];
    private static readonly byte[] Suite = [.. "HPKE"u8, 0x00, 0x20, 0x00, 0x01, 0x00, 0x03];

    /// <summary>Seals. <paramref name="ephemeral"/> is a fresh pair, used here and never again.</summary>
    public static byte[] Seal(ExchangeKey recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> bound, ReadOnlySpan<byte> plain, ExchangeKeyPair ephemeral)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(ephemeral);
        var shared = SharedSecret(ephemeral.Agree(recipient), ephemeral.Public, recipient);
        var (key, nonce) = Schedule(shared, info);
        using (key)
        {
            return [.. ephemeral.Public.Bytes.Span, .. key.Seal(nonce, bound, plain)];
        }
    }

    /// <summary>Opens; null when it was sealed to another key, for another purpose, or changed.</summary>
    public static byte[]? Open(ExchangeKeyPair recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> bound, ReadOnlySpan<byte> cipher)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        if (cipher.Length < Overhead || !ExchangeKey.TryRead(cipher[..ExchangeKey.Size], out var ephemeral))
        {
            return null;
        }

        var shared = SharedSecret(recipient.Agree(ephemeral), ephemeral, recipient.Public);
        var (key, nonce) = Schedule(shared, info);
        using (key)
        {
            return key.Open(nonce, bound, cipher[ExchangeKey.Size..]);
        }
    }

    // RFC 9180 §4.1, ExtractAndExpand
    private static byte[] SharedSecret(byte[] agreed, ExchangeKey ephemeral, ExchangeKey recipient)
    {
        var extracted = Extract(KemSuite, [], "eae_prk", agreed);
        return Expand(KemSuite, extracted, "shared_secret", [.. ephemeral.Bytes.Span, .. recipient.Bytes.Span], HashSize);
    }

    // RFC 9180 §5.1, KeySchedule in mode_base; one message, so the nonce is the base nonce.
    private static (SealKey Key, byte[] Nonce) Schedule(byte[] shared, ReadOnlySpan<byte> info)
    {
        byte[] context = [0x00, .. Extract(Suite, [], "psk_id_hash", []), .. Extract(Suite, [], "info_hash", info)];
        var secret = Extract(Suite, shared, "secret", []);
        return (new SealKey(Expand(Suite, secret, "key", context, HashSize)), Expand(Suite, secret, "base_nonce", context, SealKey.NonceSize));
    }

    private static byte[] Extract(byte[] suite, byte[] salt, string label, ReadOnlySpan<byte> input) =>
        HKDF.Extract(HashAlgorithmName.SHA256, [.. "HPKE-v1"u8, .. suite, .. Encoding.ASCII.GetBytes(label), .. input], salt);

    private static byte[] Expand(byte[] suite, byte[] secret, string label, ReadOnlySpan<byte> info, int length) =>
        HKDF.Expand(HashAlgorithmName.SHA256, secret, length, [(byte)(length >> 8), (byte)length, .. "HPKE-v1"u8, .. suite, .. Encoding.ASCII.GetBytes(label), .. info]);
}
