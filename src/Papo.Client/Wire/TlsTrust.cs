// Owns whom this device trusts for one connection, and the words for it when trust fails.
// Must never accept a certificate that does not verify, but for its unknown authority, and then only with the pinned key.
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Papo.Client.Wire;

/// <summary>Certificates and checks of one TLS handshake.</summary>
internal sealed class TlsTrust : IDisposable
{
    // What a chain lacks that ends in an authority nobody here knows, whether the server sends that one or not.
    private const X509ChainStatusFlags NobodyKnown = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain
        | X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation;

    private readonly X509Certificate2Collection _authorities;
    private readonly X509Certificate2? _own;
    private readonly SessionOptions _options;
    private ConnectFailure? _objection;

    private TlsTrust(SessionOptions options, X509Certificate2Collection authorities, X509Certificate2? own) =>
        (_options, _authorities, _own) = (options, authorities, own);

    /// <summary>Reads the files that the options name.</summary>
    /// <exception cref="ConnectFailedException">A file is missing or is no PEM.</exception>
    public static TlsTrust Load(SessionOptions options)
    {
        var authorities = new X509Certificate2Collection();
        var reading = options.CaFile ?? "";
        try
        {
            if (options.CaFile is not null)
            {
                authorities.ImportFromPemFile(options.CaFile);
                if (authorities.Count == 0)
                {
                    throw new CryptographicException("no certificate in it");
                }
            }

            reading = options.CertFile ?? "";
            return new TlsTrust(options, authorities, options.CertFile is null ? null : LoadOwn(options.CertFile, options.KeyFile));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            Dispose(authorities);
            throw new ConnectFailedException(ConnectFailureKind.CertificateFile, $"{reading}: {failure.Message}", permanent: true, failure);
        }
    }

    /// <summary>The handshake's settings for a host.</summary>
    public SslClientAuthenticationOptions For(string host)
    {
        var settings = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            EnabledSslProtocols = SslProtocols.None, // The system's choice.
            RemoteCertificateValidationCallback = (_, _, chain, errors) => Judge(chain, errors),
        };
        if (_authorities.Count > 0)
        {
            settings.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            settings.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        }

        if (_own is not null)
        {
            settings.ClientCertificates = [_own];
            settings.LocalCertificateSelectionCallback = (_, _, _, _, _) => _own;
        }

        return settings;
    }

    /// <summary>What went wrong in the handshake.</summary>
    public ConnectFailure Explain(Exception failure)
    {
        if (_objection is not null)
        {
            return _objection;
        }

        var root = failure;
        while (root.InnerException is not null)
        {
            root = root.InnerException;
        }

        return new ConnectFailure(ConnectFailureKind.TlsFailed, $"TLS handshake: {root.Message}", Permanent: failure is AuthenticationException);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(_authorities);
        _own?.Dispose();
    }

    private static void Dispose(X509Certificate2Collection certificates)
    {
        foreach (var certificate in certificates)
        {
            certificate.Dispose();
        }
    }

    private static X509Certificate2 LoadOwn(string certFile, string? keyFile)
    {
        var own = X509Certificate2.CreateFromPemFile(certFile, keyFile ?? certFile);
        if (!OperatingSystem.IsWindows())
        {
            return own;
        }

        // Windows cannot use a key that lives in memory only for TLS; a round trip through PKCS #12 gives it one it can.
        using (own)
        {
            return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), null);
        }
    }

    private bool Judge(X509Chain? chain, SslPolicyErrors errors)
    {
        var leaf = chain?.ChainElements.FirstOrDefault()?.Certificate;
        if (errors == SslPolicyErrors.None)
        {
            _objection = _options.TrustedKey is { } named && leaf is not null && KeyFingerprint.Of(leaf) is var shown && shown != named ? Changed(named, shown) : null;
            return _objection is null;
        }

        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (_options is { CaFile: null, Pins: { } pins } && leaf is not null && (status & ~NobodyKnown) == X509ChainStatusFlags.NoError && status != X509ChainStatusFlags.NoError)
        {
            // Only who vouches for it is open. For which host it is still counts, unless its key is the one that was named or met before: then it is that broker.
            errors &= ~SslPolicyErrors.RemoteCertificateChainErrors;
            _objection = JudgeKey(pins, KeyFingerprint.Of(leaf), errors == SslPolicyErrors.None ? null : Object(errors, X509ChainStatusFlags.NoError, leaf));
            return _objection is null;
        }

        _objection = Object(errors, status, leaf);
        return false;
    }

    private static ConnectFailure Changed(string known, string key) => new(ConnectFailureKind.CertificateChanged, $"{known} → {key}", Permanent: true);

    private ConnectFailure? JudgeKey(CertificatePins pins, string key, ConnectFailure? unlessKnown)
    {
        try
        {
            var pinned = pins.Find(_options.Address);
            if ((_options.TrustedKey ?? pinned) is not { } known)
            {
                if (unlessKnown is not null)
                {
                    return unlessKnown;
                }
            }
            else if (known != key)
            {
                return Changed(known, key);
            }

            if (pinned != key)
            {
                pins.Keep(_options.Address, key);
            }

            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new ConnectFailure(ConnectFailureKind.CertificateFile, failure.Message, Permanent: true);
        }
    }

    // The most fundamental objection is named: who signed it, then whether it is in time, then for which host it is.
    private static ConnectFailure Object(SslPolicyErrors errors, X509ChainStatusFlags status, X509Certificate2? leaf)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return new ConnectFailure(ConnectFailureKind.TlsFailed, "the server sent no certificate", Permanent: true);
        }

        var expired = (status & ~NobodyKnown) == X509ChainStatusFlags.NotTimeValid;
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && !expired)
        {
            return new ConnectFailure(ConnectFailureKind.CertificateUnknown, $"certificate of {leaf?.Subject} by {leaf?.Issuer}: {status}", Permanent: true);
        }

        return expired
            ? new ConnectFailure(
                ConnectFailureKind.CertificateExpired,
                $"certificate valid from {leaf?.NotBefore.ToUniversalTime():yyyy-MM-dd} to {leaf?.NotAfter.ToUniversalTime():yyyy-MM-dd}",
                Permanent: true)
            : new ConnectFailure(ConnectFailureKind.CertificateNameMismatch, $"certificate is for {Names(leaf)}", Permanent: true);
    }

    private static string Names(X509Certificate2? leaf)
    {
        var names = leaf?.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString())))
            .ToArray() ?? [];
        return names.Length > 0 ? string.Join(", ", names) : leaf?.Subject ?? "nobody";
    }
}
