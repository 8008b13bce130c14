// Owns the certificates of the test world: one authority and what it signs, made in memory for each use.
// Must never be trusted outside a test.
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Papo.Tests.World;

/// <summary>A certificate authority of its own. Keys are P-256; everything is handed out as PEM.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly X509Certificate2 _authority;

    /// <summary>Makes a new authority.</summary>
    public Certificates(string name = "Papo test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        _authority = request.CreateSelfSigned(now.AddYears(-2), now.AddYears(2));
    }

    /// <summary>The authority's certificate.</summary>
    public string Authority => _authority.ExportCertificatePem();

    /// <summary>A certificate for a server or client, signed by the authority.</summary>
    /// <param name="hosts">DNS names and IP addresses it is valid for; the first is the subject.</param>
    /// <param name="expired">Its time ended yesterday.</param>
    public (string Certificate, string Key) Issue(bool expired = false, params string[] hosts)
    {
        hosts = hosts.Length > 0 ? hosts : ["localhost", "127.0.0.1", "::1"];
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={hosts[0]}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var literal))
            {
                names.AddIpAddress(literal);
            }
            else
            {
                names.AddDnsName(host);
            }
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(_authority, now.AddYears(-1), expired ? now.AddDays(-1) : now.AddYears(1), RandomNumberGenerator.GetBytes(8));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Writes <c>ca.pem</c>, <c>cert.pem</c> and <c>key.pem</c> into a folder, readable by the broker's user.</summary>
    public void WriteTo(string folder, (string Certificate, string Key) issued)
    {
        Write(folder, "ca.pem", Authority);
        Write(folder, "cert.pem", issued.Certificate);
        Write(folder, "key.pem", issued.Key);
    }

    /// <inheritdoc/>
    public void Dispose() => _authority.Dispose();

    private static void Write(string folder, string name, string pem) => File.WriteAllText(Path.Combine(folder, name), pem);
}
