// Owns: the names under which chats and brokers are found.
// Must never: differ from docs/PROTOCOL.md, Being found.
namespace Papo.Client.Discovery;

/// <summary>Names of DNS-SD (RFC 6763).</summary>
internal static class ServiceNames
{
    /// <summary>The domain of a link.</summary>
    public static readonly DnsName Local = DnsName.Of("local");

    /// <summary>Chats.</summary>
    public static readonly DnsName Papo = DnsName.Of("_papo", "_tcp", "local");

    /// <summary>Brokers, as other tools announce them.</summary>
    public static readonly DnsName Mqtt = DnsName.Of("_mqtt", "_tcp", "local");

    /// <summary>Brokers that speak TLS.</summary>
    public static readonly DnsName SecureMqtt = DnsName.Of("_secure-mqtt", "_tcp", "local");

    /// <summary>The list of all service types on a link (RFC 6763, section 9).</summary>
    public static readonly DnsName AllTypes = DnsName.Of("_services", "_dns-sd", "_udp", "local");
}
