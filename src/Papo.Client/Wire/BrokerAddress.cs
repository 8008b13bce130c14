// Owns the address of a broker: how a person writes it, and the one canonical way it is written as a key.
// Must never resolve a name, open a socket, or put credentials into its text form.
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Papo.Client.Wire;

/// <summary>How bytes travel to the broker.</summary>
public enum BrokerTransport
{
    /// <summary><c>mqtt://</c>: plain TCP, port 1883.</summary>
    Tcp,

    /// <summary><c>mqtts://</c>: TLS on TCP, port 8883.</summary>
    Tls,

    /// <summary><c>ws://</c>: WebSocket, port 80 (MQTT 5, section 6).</summary>
    WebSocket,

    /// <summary><c>wss://</c>: WebSocket on TLS, port 443.</summary>
    SecureWebSocket,
}

/// <summary>The address of a broker: <c>mqtt:// mqtts:// ws:// wss://</c> with <c>[user@]host[:port][/path]</c>.</summary>
/// <remarks>A bare <c>host</c> or <c>host:port</c> means <c>mqtt://</c>. IPv6 literals stand in brackets. Immutable; compared by value.</remarks>
public sealed record BrokerAddress
{
    private const string DefaultPath = "/mqtt";
    private static readonly string[] Schemes = ["mqtt", "mqtts", "ws", "wss"];
    private static readonly int[] DefaultPorts = [1883, 8883, 80, 443];

    private BrokerAddress(BrokerTransport transport, string host, int port, string path, string? user)
    {
        (Transport, Host, Port, Path, User) = (transport, host, port, path, user);
    }

    /// <summary>How bytes travel.</summary>
    public BrokerTransport Transport { get; }

    /// <summary>Host name or IP literal in lower case; an IPv6 literal without brackets.</summary>
    public string Host { get; }

    /// <summary>TCP port, 1–65535.</summary>
    public int Port { get; }

    /// <summary>Path of the WebSocket with its leading slash (default <c>/mqtt</c>); empty for TCP and TLS.</summary>
    public string Path { get; }

    /// <summary>The user named before <c>@</c>, unescaped; null when there is none. Not part of <see cref="ToString"/>.</summary>
    public string? User { get; }

    /// <summary>True for <c>mqtts</c> and <c>wss</c>.</summary>
    public bool IsSecure => Transport is BrokerTransport.Tls or BrokerTransport.SecureWebSocket;

    /// <summary>True for <c>ws</c> and <c>wss</c>.</summary>
    public bool IsWebSocket => Transport is BrokerTransport.WebSocket or BrokerTransport.SecureWebSocket;

    /// <summary>Reads an address; never throws.</summary>
    /// <param name="text">What a person typed; surrounding white space is ignored.</param>
    /// <param name="address">The address, or null.</param>
    /// <param name="problemCode">Empty, or one of <c>address-empty</c>, <c>address-scheme</c>, <c>address-host</c>, <c>address-port</c>, <c>address-path</c>
    /// (a path or query on a TCP address, or an illegal one), <c>address-password</c> (a password does not belong into an address).</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BrokerAddress? address, out string problemCode)
    {
        address = null;
        text = text?.Trim() ?? "";
        problemCode = "address-empty";
        if (text.Length == 0)
        {
            return false;
        }

        if (!TrySplitScheme(text, out var transport, out var rest))
        {
            problemCode = "address-scheme";
            return false;
        }

        var slash = rest.IndexOfAny(['/', '?', '#']);
        var (authority, path) = slash < 0 ? (rest, "") : (rest[..slash], rest[slash..]);
        if (!TryReadUser(ref authority, out var user))
        {
            problemCode = "address-password";
            return false;
        }

        if (!TryReadHost(authority, out var host, out var portText))
        {
            problemCode = "address-host";
            return false;
        }

        var port = DefaultPorts[(int)transport];
        if (portText is not null && !(int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535))
        {
            problemCode = "address-port";
            return false;
        }

        if (!TryReadPath(transport, ref path))
        {
            problemCode = "address-path";
            return false;
        }

        problemCode = "";
        address = new BrokerAddress(transport, host, port, path, user);
        return true;
    }

    /// <summary>The same on another host.</summary>
    public BrokerAddress On(IPAddress host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return new BrokerAddress(Transport, host.ToString(), Port, Path, User);
    }

    /// <summary>The canonical address, used as a key: lower-case host, default port and default path left out, no credentials.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':') ? $"[{Host}]" : Host;
        var port = Port == DefaultPorts[(int)Transport] ? "" : ":" + Port.ToString(CultureInfo.InvariantCulture);
        return $"{Schemes[(int)Transport]}://{host}{port}{(Path == DefaultPath ? "" : Path)}";
    }

    /// <summary>Equal when the canonical text and the user are.</summary>
    public bool Equals(BrokerAddress? other) => other is not null && ToString() == other.ToString() && User == other.User;

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static bool TrySplitScheme(string text, out BrokerTransport transport, out string rest)
    {
        transport = BrokerTransport.Tcp;
        rest = text;
        var mark = text.IndexOf("://", StringComparison.Ordinal);
        if (mark < 0)
        {
            return true;
        }

        var scheme = Array.IndexOf(Schemes, text[..mark].ToLowerInvariant());
        transport = (BrokerTransport)scheme;
        rest = text[(mark + 3)..];
        return scheme >= 0;
    }

    private static bool TryReadUser(ref string authority, out string? user)
    {
        user = null;
        var at = authority.LastIndexOf('@');
        if (at < 0)
        {
            return true;
        }

        var text = authority[..at];
        authority = authority[(at + 1)..];
        user = text.Length == 0 ? null : Uri.UnescapeDataString(text);
        return !text.Contains(':');
    }

    private static bool TryReadHost(string authority, out string host, out string? port)
    {
        port = null;
        host = authority;
        if (authority.StartsWith('['))
        {
            var end = authority.IndexOf(']');
            if (end < 0 || !IPAddress.TryParse(authority[1..end], out var literal) || literal.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return false;
            }

            host = literal.ToString();
            var tail = authority[(end + 1)..];
            port = tail.StartsWith(':') ? tail[1..] : null;
            return tail.Length == 0 || port is not null;
        }

        var colon = authority.IndexOf(':');
        if (colon >= 0)
        {
            (host, port) = (authority[..colon], authority[(colon + 1)..]);
        }

        host = host.ToLowerInvariant().TrimEnd('.');
        return host.Length is > 0 and <= 253 && host.All(c => char.IsLetterOrDigit(c) || c is '-' or '.' or '_') && host[0] is not ('-' or '.');
    }

    private static bool TryReadPath(BrokerTransport transport, ref string path)
    {
        if (transport is BrokerTransport.Tcp or BrokerTransport.Tls)
        {
            var plain = path is "" or "/";
            path = "";
            return plain;
        }

        path = path is "" or "/" ? DefaultPath : path;
        return path[0] == '/' && !path.Contains('#') && path.All(c => c is > ' ' and < (char)127);
    }
}
