// Owns: a bare TCP connection for what no decent client would send.
// Must never: know MQTT beyond the few packets it needs to get in.
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Papo.Tests.Broker;

internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var raw = new RawConnection();
        try
        {
            await raw._socket.ConnectAsync(IPAddress.Loopback, port);
        }
        catch (SocketException reset) when (reset.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Accepted and refused before the connect was over: reading finds it closed.
        }

        return raw;
    }

    /// <summary>An MQTT 5 CONNECT with Clean Start, keep alive 60 s.</summary>
    public static byte[] Connect(string clientId)
    {
        byte[] rest = [0, 4, .. "MQTT"u8, 5, 2, 0, 60, 0, 0, (byte)clientId.Length, .. Encoding.ASCII.GetBytes(clientId)];
        return [0x10, (byte)rest.Length, .. rest];
    }

    public static async Task<RawConnection> JoinAsync(int port, string clientId)
    {
        var raw = await OpenAsync(port);
        await raw.SendAsync(Connect(clientId));
        var answer = await raw.ReadAsync();
        Assert.Equal(0x20, answer[0]);
        return raw;
    }

    public async Task SendAsync(params byte[] bytes)
    {
        for (var rest = bytes.AsMemory(); !rest.IsEmpty;)
        {
            rest = rest[await _socket.SendAsync(rest, SocketFlags.None).AsTask().WaitAsync(BrokerWorld.Patience)..];
        }
    }

    /// <summary>Sends as long as the other side takes it; false when it closed instead.</summary>
    public async Task<bool> TrySendAsync(byte[] bytes)
    {
        try
        {
            await SendAsync(bytes);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The next bytes; none when the connection is closed or reset.</summary>
    public async Task<byte[]> ReadAsync()
    {
        var buffer = new byte[4096];
        try
        {
            var read = await _socket.ReceiveAsync(buffer, SocketFlags.None).WaitAsync(BrokerWorld.Patience);
            return buffer[..read];
        }
        catch (SocketException)
        {
            return [];
        }
    }

    public async Task UntilClosedAsync()
    {
        while ((await ReadAsync()).Length > 0)
        {
        }
    }

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose() => _socket.Dispose();
}
