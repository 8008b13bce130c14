// Owns the reasons why a device is not connected, in terms a screen can put into words.
// Must never hold a secret (password, key, payload) or wording for people: Detail is technical English for logs and -v.
namespace Papo.Client.Wire;

/// <summary>What stands between this device and the broker.</summary>
public enum ConnectFailureKind
{
    /// <summary>The host name does not resolve.</summary>
    UnknownHost,

    /// <summary>The host answered that nobody listens on the port.</summary>
    Refused,

    /// <summary>No route, no network, or a firewall on this computer.</summary>
    Unreachable,

    /// <summary>Nothing answered in time; Detail says which step did not.</summary>
    TimedOut,

    /// <summary>Something listens there that does not speak MQTT (or hung up on our CONNECT without a word, then not permanent).</summary>
    NotMqtt,

    /// <summary>An MQTT broker that does not speak version 5.</summary>
    Mqtt311Only,

    /// <summary>User name or password wrong (reason code 0x86).</summary>
    BadCredentials,

    /// <summary>Known, but not allowed (0x87, or HTTP 401/403 at the WebSocket door).</summary>
    NotAuthorized,

    /// <summary>The broker's certificate is not signed by an authority this device trusts.</summary>
    CertificateUnknown,

    /// <summary>The broker has another key than the one pinned at first use or named by the user; Detail is "expected → shown".</summary>
    CertificateChanged,

    /// <summary>The broker's certificate is expired or not valid yet.</summary>
    CertificateExpired,

    /// <summary>The broker's certificate is for another host name.</summary>
    CertificateNameMismatch,

    /// <summary>The CA, certificate or key file of this device cannot be read.</summary>
    CertificateFile,

    /// <summary>The TLS handshake failed otherwise, for instance because the broker asks for a client certificate.</summary>
    TlsFailed,

    /// <summary>Another connection uses this client id (0x8E).</summary>
    TakenOver,

    /// <summary>The broker is shutting down (0x8B).</summary>
    ServerShuttingDown,

    /// <summary>The broker is busy or not available (0x88, 0x89, 0x9F, HTTP 5xx).</summary>
    ServerBusy,

    /// <summary>The connection was up and broke: cable, sleep, crash, or silence beyond 1.5 keep-alive times.</summary>
    Lost,

    /// <summary>One side broke the protocol (0x81, 0x82, or bytes that are no MQTT packet).</summary>
    ProtocolError,

    /// <summary>A packet above the limit of the broker or of this device (0x95).</summary>
    PacketTooLarge,

    /// <summary>A quota of the broker is used up (0x97).</summary>
    Quota,

    /// <summary>The broker banned this client (0x8A).</summary>
    Banned,

    /// <summary>The broker does not accept the client id (0x85).</summary>
    ClientIdRefused,

    /// <summary>Any other reason code, or an administrator's action; see <see cref="ConnectFailure.ReasonCode"/>.</summary>
    Other,
}

/// <summary>Why a connection could not be made or ended.</summary>
/// <param name="Kind">The cause.</param>
/// <param name="Detail">Technical, English, one line, without secrets.</param>
/// <param name="Permanent">True when trying again makes no sense before somebody changes something; it is still tried, slowly.</param>
/// <param name="ReasonCode">The MQTT 5 reason code (section 2.4) where the broker gave one, else 0.</param>
public sealed record ConnectFailure(ConnectFailureKind Kind, string Detail, bool Permanent = false, byte ReasonCode = 0);

/// <summary>Carries a <see cref="ConnectFailure"/> out of the steps of connecting; never leaves the session.</summary>
internal sealed class ConnectFailedException : Exception
{
    public ConnectFailedException(ConnectFailure failure, Exception? cause = null)
        : base(failure.Detail, cause) => Failure = failure;

    public ConnectFailedException(ConnectFailureKind kind, string detail, bool permanent = false, Exception? cause = null)
        : this(new ConnectFailure(kind, detail, permanent), cause)
    {
    }

    public ConnectFailure Failure { get; }
}
