// Owns the short form of a certificate's public key that people can compare.
// Must never depend on the rest of the certificate: it changes with each renewal.
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Papo.Client.Wire;

/// <summary>SHA-256 of the SubjectPublicKeyInfo (RFC 5280, 4.1) in 64 hexadecimal digits; <c>openssl pkey -pubin -outform der | sha256sum</c> prints the same.</summary>
public static class KeyFingerprint
{
    private const int Digits = 64;

    /// <summary>The fingerprint of a certificate's key.</summary>
    public static string Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>Reads what a person typed: colons, spaces and capitals do not matter.</summary>
    public static bool TryParse(string? given, out string fingerprint)
    {
        fingerprint = (given ?? "").Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return fingerprint.Length == Digits && fingerprint.All(char.IsAsciiHexDigit);
    }
}
