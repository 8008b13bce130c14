// Owns: X25519 (RFC 7748) key pairs and public keys: what secrets of private rooms are sealed to. libsodium, through NSec, does the arithmetic.
// Must never: print or log a secret key, or take a public key with which nothing secret can be agreed.
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Papo.Protocol;

/// <summary>An X25519 public key, checked not to be of small order.</summary>
public sealed class ExchangeKey
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    // Points of small order agree on zero with every secret, this one included.
    private static readonly Key Probe = Key.Import(KeyAgreementAlgorithm.X25519, SHA256.HashData("papo probe"u8), KeyBlobFormat.RawPrivateKey);

    private readonly byte[] _bytes;

    private ExchangeKey(byte[] bytes, NSec.Cryptography.PublicKey key) => (_bytes, Imported) = (bytes, key);

    // The public half of a secret that is here: a multiple of the base point, which is of no small order.
    internal ExchangeKey(NSec.Cryptography.PublicKey own)
        : this(own.Export(KeyBlobFormat.RawPublicKey), own)
    {
    }

    /// <summary>The 32 bytes of RFC 7748 §5.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    internal NSec.Cryptography.PublicKey Imported { get; }

    /// <summary>Takes a key; refuses wrong sizes and points of small order.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ExchangeKey? key)
    {
        key = null;
        if (bytes.Length != Size || !NSec.Cryptography.PublicKey.TryImport(KeyAgreementAlgorithm.X25519, bytes, KeyBlobFormat.RawPublicKey, out var imported))
        {
            return false;
        }

        using var agreed = KeyAgreementAlgorithm.X25519.Agree(Probe, imported!);
        key = agreed is null ? null : new ExchangeKey(bytes.ToArray(), imported!);
        return key is not null;
    }
}

/// <summary>An X25519 key pair.</summary>
public sealed class ExchangeKeyPair
{
    /// <summary>Size of the secret in bytes.</summary>
    public const int SecretSize = 32;

    private readonly byte[] _secret;
    private readonly Key _key;

    private ExchangeKeyPair(byte[] secret)
    {
        _secret = secret;
        _key = Key.Import(KeyAgreementAlgorithm.X25519, secret, KeyBlobFormat.RawPrivateKey);
        Public = new ExchangeKey(_key.PublicKey);
    }

    /// <summary>The public half.</summary>
    public ExchangeKey Public { get; }

    /// <summary>The secret half, for storing; keep it out of logs.</summary>
    public ReadOnlyMemory<byte> Secret => _secret;

    /// <summary>A fresh pair from the system's generator.</summary>
    public static ExchangeKeyPair Generate() => new(RandomNumberGenerator.GetBytes(SecretSize));

    /// <summary>The pair of a stored secret of 32 bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> secret, [NotNullWhen(true)] out ExchangeKeyPair? pair)
    {
        pair = secret.Length == SecretSize ? new ExchangeKeyPair(secret.ToArray()) : null;
        return pair is not null;
    }

    /// <summary>What this pair and the owner of <paramref name="other"/> alone can compute: 32 bytes.</summary>
    internal byte[] Agree(ExchangeKey other)
    {
        var exportable = new SharedSecretCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        using var agreed = KeyAgreementAlgorithm.X25519.Agree(_key, other.Imported, exportable) ?? throw new InvalidOperationException("a key of small order was taken");
        return agreed.Export(SharedSecretBlobFormat.RawSharedSecret);
    }
}
