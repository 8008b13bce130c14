// Owns the translation of what sockets, web servers and brokers answer into ConnectFailure.
// Must never throw, and must never call a failure permanent that goes away by waiting.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using MQTTnet.Packets;

namespace Papo.Client.Wire;

/// <summary>Pure mappings; see <see cref="ConnectFailureKind"/> for their meaning.</summary>
internal static class FailureReading
{
    private const int MaximumQuote = 40;

    /// <summary>A failed look-up or TCP connect.</summary>
    public static ConnectFailure OfSocket(SocketException failure, string where)
    {
        var kind = failure.SocketErrorCode switch
        {
            SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery => ConnectFailureKind.UnknownHost,
            SocketError.ConnectionRefused => ConnectFailureKind.Refused,
            SocketError.TimedOut => ConnectFailureKind.TimedOut,
            SocketError.ConnectionReset or SocketError.ConnectionAborted => ConnectFailureKind.Lost,
            _ => ConnectFailureKind.Unreachable,
        };
        return new ConnectFailure(kind, $"{where}: {failure.Message}");
    }

    /// <summary>A failed WebSocket handshake.</summary>
    public static ConnectFailure OfWebSocket(Exception failure, HttpStatusCode status, TlsTrust? tls)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case ConnectFailedException known:
                    return known.Failure;
                case AuthenticationException when tls is not null:
                    return tls.Explain(cause);
                case HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } or IOException when tls is not null:
                    // In TLS 1.3 a refused client certificate shows only now.
                    return new ConnectFailure(ConnectFailureKind.TlsFailed, $"closed after the TLS handshake: {failure.GetBaseException().Message}");
                case HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded }:
                    return new ConnectFailure(ConnectFailureKind.NotMqtt, "no web server answers there", Permanent: true);
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }:
                    return new ConnectFailure(ConnectFailureKind.Unreachable, $"the HTTP proxy refused the tunnel: {cause.Message}");
            }
        }

        var code = (int)status;
        var detail = $"the web server answered {code.ToString(CultureInfo.InvariantCulture)} to the WebSocket handshake";
        return code switch
        {
            0 => new ConnectFailure(ConnectFailureKind.NotMqtt, $"no WebSocket handshake: {failure.GetBaseException().Message}"),
            401 or 403 => new ConnectFailure(ConnectFailureKind.NotAuthorized, detail, Permanent: true),
            >= 500 => new ConnectFailure(ConnectFailureKind.ServerBusy, detail),
            _ => new ConnectFailure(ConnectFailureKind.NotMqtt, detail, Permanent: true),
        };
    }

    /// <summary>A CONNACK that says no (3.2.2.2).</summary>
    public static ConnectFailure OfConnAck(MqttConnAckPacket answer) =>
        OfReason((byte)answer.ReasonCode, "CONNACK", answer.ReasonString);

    /// <summary>A DISCONNECT from the broker (3.14.2.1).</summary>
    public static ConnectFailure OfDisconnect(MqttDisconnectPacket farewell) =>
        OfReason((byte)farewell.ReasonCode, "DISCONNECT", farewell.ReasonString);

    /// <summary>The first bytes are not the CONNACK of an MQTT 5 broker.</summary>
    /// <param name="bytes">At least one byte.</param>
    /// <returns>Null while they may still become one.</returns>
    public static ConnectFailure? OfFirstBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != 0x20)
        {
            var hint = bytes[0] is 0x15 or 0x16 ? " (this looks like TLS: mqtts:// or wss://?)" : "";
            return new ConnectFailure(ConnectFailureKind.NotMqtt, $"the server answered \"{Quote(bytes)}\"{hint}", Permanent: true);
        }

        // An MQTT 3.1.1 broker answers an unknown level with 20 02 00 01 (3.1.1, [MQTT-3.1.2-2]); a v5 CONNACK has a property length too.
        return bytes.Length >= 2 && bytes[1] == 2
            ? new ConnectFailure(ConnectFailureKind.Mqtt311Only, "the broker answered in the form of MQTT 3.1.1", Permanent: true)
            : null;
    }

    private static ConnectFailure OfReason(byte code, string packet, string? words)
    {
        var (kind, permanent) = code switch
        {
            0x81 or 0x82 => (ConnectFailureKind.ProtocolError, false),
            0x84 => (ConnectFailureKind.Mqtt311Only, true),
            0x85 => (ConnectFailureKind.ClientIdRefused, true),
            0x86 or 0x8C => (ConnectFailureKind.BadCredentials, true),
            0x87 => (ConnectFailureKind.NotAuthorized, true),
            0x88 or 0x89 or 0x9F => (ConnectFailureKind.ServerBusy, false),
            0x8A => (ConnectFailureKind.Banned, true),
            0x8B => (ConnectFailureKind.ServerShuttingDown, false),
            0x8D => (ConnectFailureKind.Lost, false),
            0x8E => (ConnectFailureKind.TakenOver, true),
            0x95 => (ConnectFailureKind.PacketTooLarge, false),
            0x97 => (ConnectFailureKind.Quota, false),
            _ => (ConnectFailureKind.Other, false),
        };
        var said = string.IsNullOrEmpty(words) ? "" : $": {words}";
        return new ConnectFailure(kind, string.Create(CultureInfo.InvariantCulture, $"{packet} 0x{code:X2}{said}"), permanent, code);
    }

    private static string Quote(ReadOnlySpan<byte> bytes)
    {
        var shown = new char[Math.Min(bytes.Length, MaximumQuote)];
        var length = 0;
        while (length < shown.Length && bytes[length] is not ((byte)'\r' or (byte)'\n'))
        {
            shown[length] = bytes[length] is >= 0x20 and < 0x7F ? (char)bytes[length] : '.';
            length++;
        }

        return new string(shown, 0, length);
    }
}
