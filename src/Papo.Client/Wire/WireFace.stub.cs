#pragma warning disable CS1591
// Stub of the session's public types; the real ones replace it.
using System.Diagnostics.CodeAnalysis;

namespace Papo.Client.Wire;

/// <summary>Where a broker is: <c>mqtt:// mqtts:// ws:// wss:// [user@]host[:port][/path]</c>.</summary>
public sealed record BrokerAddress
{
    /// <summary>Host name or address.</summary>
    public string Host => throw new NotImplementedException();
    /// <summary>Port.</summary>
    public int Port => throw new NotImplementedException();
    /// <summary>User name in the URL, or null.</summary>
    public string? User => throw new NotImplementedException();
    /// <summary>Parses; <paramref name="problem"/> is a code to put in words.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out BrokerAddress? address, [NotNullWhen(false)] out string? problem) => throw new NotImplementedException();
}

/// <summary>Why a connection failed.</summary>
public enum ConnectFailureKind { UnknownHost, Refused, Unreachable, TimedOut, NotMqtt, Mqtt311Only, BadCredentials, NotAuthorized, CertificateUnknown, CertificateExpired, CertificateNameMismatch, TlsFailed, TakenOver, ServerShuttingDown, Lost, ProtocolError, PacketTooLarge, Other }

/// <summary>A failed or broken connection.</summary>
public sealed record ConnectFailure(ConnectFailureKind Kind, string Detail, bool Permanent);
