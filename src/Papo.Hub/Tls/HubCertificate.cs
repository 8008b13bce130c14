// Owns: the certificate that a hub shows at this moment: the one of its own authority, or one that was given as files.
// Must never: stop serving the old one because a new one cannot be read.
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Papo.Client;
using Papo.Client.Wire;

namespace Papo.Hub;

internal sealed partial class HubCertificate : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly HubAuthority? _authority;
    private readonly IReadOnlyList<IPAddress> _listening;
    private readonly ILogger _log;
    private Task _looking = Task.CompletedTask;
    private volatile SslStreamCertificateContext _context;
    private DateTime _read;

    private HubCertificate(HubAuthority? authority, CertificateFiles files, IReadOnlyList<IPAddress> listening, ILogger log)
    {
        (_authority, Files, _listening, _log) = (authority, files, listening, log);
        _authority?.Renew(HubNames.Find(listening));
        _context = Load();
    }

    /// <summary>For programs that read it themselves.</summary>
    public CertificateFiles Files { get; }

    /// <summary>For the next handshake.</summary>
    public SslStreamCertificateContext Context => _context;

    /// <summary>What clients know the hub by, see <see cref="KeyFingerprint"/>.</summary>
    public string Fingerprint => KeyFingerprint.Of(_context.TargetCertificate);

    /// <summary>Reads the certificate, making it first where it is the hub's own.</summary>
    /// <exception cref="TlsFileException">A file cannot be read.</exception>
    /// <exception cref="ProfileException">The hub's folder cannot be written.</exception>
    public static HubCertificate Open(TlsOptions options, string folder, IReadOnlyList<IPAddress> listening, TimeProvider time, ILogger log)
    {
        if (options.CertFile is { } given)
        {
            return new HubCertificate(null, new CertificateFiles(given, options.KeyFile ?? given), listening, log);
        }

        var authority = new HubAuthority(folder, time);
        return new HubCertificate(authority, authority.Files, listening, log);
    }

    /// <summary>From now on looks for what is due or was replaced, and tells.</summary>
    public void Watch(TimeSpan every, TimeProvider time, Action changed) => _looking = LookAsync(every, time, changed);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(false);
        _context.TargetCertificate.Dispose();
        _stop.Dispose();
    }

    private async Task LookAsync(TimeSpan every, TimeProvider time, Action changed)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                if (TryRenew())
                {
                    changed();
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The hub stops.
        }
    }

    private bool TryRenew()
    {
        try
        {
            _authority?.Renew(HubNames.Find(_listening));
            if (File.GetLastWriteTimeUtc(Files.Chain) == _read)
            {
                return false;
            }

            // Handshakes under way may still use the old one: the collector frees it.
            _context = Load();
            var until = _context.TargetCertificate.NotAfter;
            LogRenewed(_log, until);
            return true;
        }
        catch (Exception failure) when (failure is TlsFileException or ProfileException)
        {
            LogNotRenewed(_log, failure.Message);
            return false;
        }
    }

    private SslStreamCertificateContext Load()
    {
        var reading = Files.Chain;
        try
        {
            var written = File.GetLastWriteTimeUtc(Files.Chain);
            var pem = File.ReadAllText(Files.Chain);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPem(pem);
            reading = Files.Key;
            var own = WithUsableKey(X509Certificate2.CreateFromPem(pem, File.ReadAllText(Files.Key)));
            _read = written;
            return SslStreamCertificateContext.Create(own, [.. chain.Skip(1)], offline: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            // An argument is refused when the key belongs to another certificate: so it is between the writing of one file and of the other.
            throw new TlsFileException(reading, failure.Message, failure);
        }
    }

    // Windows cannot use a key that lives in memory only for TLS; a round trip through PKCS #12 gives it one it can.
    private static X509Certificate2 WithUsableKey(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
        {
            return certificate;
        }

        using (certificate)
        {
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        }
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Information, Message = "The certificate was replaced; the new one is valid until {Until:yyyy-MM-dd}.")]
    private static partial void LogRenewed(ILogger logger, DateTime until);

    [LoggerMessage(EventId = 3202, Level = LogLevel.Warning, Message = "The certificate cannot be renewed, the old one stays in use: {Detail}")]
    private static partial void LogNotRenewed(ILogger logger, string detail);
}
