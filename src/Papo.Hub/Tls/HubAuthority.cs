// Owns: the hub's certificate authority and the server certificate it signs: files in a folder of the hub's, made and renewed here.
// Must never: change the server's key: clients know the hub by it (docs/decisions/0052).
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Papo.Client;

namespace Papo.Hub;

internal sealed class HubAuthority(string folder, TimeProvider time)
{
    private const int AuthorityYears = 10;
    private const int ServerDays = 397;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    // Clocks of a local network differ; a certificate that begins just now is not valid everywhere.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromDays(1);

    /// <summary>What the server shows: its certificate with the authority's behind it, and its key.</summary>
    public CertificateFiles Files => new(Path.Combine(folder, "server.pem"), Path.Combine(folder, "server.key"));

    private string AuthorityFile => Path.Combine(folder, "ca.pem");

    private string AuthorityKeyFile => Path.Combine(folder, "ca.key");

    /// <summary>Makes what is not there, and a new certificate when the old one ends soon or lacks a name.</summary>
    /// <exception cref="ProfileException">The folder cannot be written.</exception>
    /// <exception cref="TlsFileException">A file is damaged.</exception>
    public void Renew(HubNames names)
    {
        try
        {
            PrivateFile.MakeFolder(folder);
            using var authorityKey = ReadOrMakeKey(AuthorityKeyFile);
            using var serverKey = ReadOrMakeKey(Files.Key);
            using var authority = ReadOrMakeAuthority(authorityKey, out var isNew);
            if (isNew || !Serves(names, serverKey))
            {
                using var server = Issue(authority, serverKey, names);
                PrivateFile.WriteText(Files.Chain, server.ExportCertificatePem() + "\n" + authority.ExportCertificatePem());
            }
        }
        catch (Exception damaged) when (damaged is CryptographicException or ArgumentException)
        {
            throw new TlsFileException(folder, damaged.Message, damaged);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.From(failure, folder);
        }
    }

    private static ECDsa ReadOrMakeKey(string file)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (PrivateFile.ReadText(file) is { } pem)
        {
            key.ImportFromPem(pem);
        }
        else
        {
            PrivateFile.WriteText(file, key.ExportPkcs8PrivateKeyPem());
        }

        return key;
    }

    // A key file that was lost or exchanged was made anew: what the old key signed is of no use.
    private static bool IsOf(X509Certificate2 certificate, ECDsa key) =>
        certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo());

    private static byte[] Serial()
    {
        // RFC 5280, 4.1.2.2: positive, at most 20 octets.
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        return serial;
    }

    private X509Certificate2 ReadOrMakeAuthority(ECDsa key, out bool isNew)
    {
        if (File.Exists(AuthorityFile))
        {
            using var known = X509CertificateLoader.LoadCertificateFromFile(AuthorityFile);
            if (IsOf(known, key) && known.NotAfter.ToUniversalTime() - time.GetUtcNow() > TimeSpan.FromDays(ServerDays))
            {
                isNew = false;
                return known.CopyWithPrivateKey(key);
            }
        }

        var request = new CertificateRequest($"CN=Papo hub on {Environment.MachineName}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = time.GetUtcNow();
        var made = request.CreateSelfSigned(now - ClockDifference, now.AddYears(AuthorityYears));
        PrivateFile.WriteText(AuthorityFile, made.ExportCertificatePem());
        isNew = true;
        return made;
    }

    private bool Serves(HubNames names, ECDsa key)
    {
        if (!File.Exists(Files.Chain))
        {
            return false;
        }

        using var server = X509CertificateLoader.LoadCertificateFromFile(Files.Chain);
        var alternatives = server.Extensions.OfType<X509SubjectAlternativeNameExtension>().ToList();
        var covered = new HubNames(
            alternatives.SelectMany(static names => names.EnumerateDnsNames()).ToHashSet(StringComparer.Ordinal),
            alternatives.SelectMany(static names => names.EnumerateIPAddresses()).ToHashSet());
        return IsOf(server, key) && server.NotAfter.ToUniversalTime() - time.GetUtcNow() > RenewBefore && names.IsIn(covered);
    }

    private X509Certificate2 Issue(X509Certificate2 authority, ECDsa key, HubNames names)
    {
        var request = new CertificateRequest($"CN={Environment.MachineName}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        names.Hosts.ToList().ForEach(alternatives.AddDnsName);
        names.Addresses.ToList().ForEach(alternatives.AddIpAddress);
        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var now = time.GetUtcNow();
        return request.Create(authority, now - ClockDifference, now.AddDays(ServerDays) - ClockDifference, Serial());
    }
}
