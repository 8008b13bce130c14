// Owns a server that says on TCP exactly what a test wants: silence, garbage, or MQTT packets byte by byte.
// Must never grow into a broker; the real one is Mosquitto.
using System.Net;
using System.Net.Sockets;
using Papo.Client.Wire;

namespace Papo.Tests.World;

/// <summary>Hands each accepted connection to a script; the connection closes when the script ends.</summary>
internal sealed class FakeBroker : IAsyncDisposable
{
    /// <summary>CONNACK of MQTT 5: accepted, no properties.</summary>
    public static readonly byte[] ConnAck = [0x20, 3, 0, 0, 0];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, CancellationToken, Task> _script;
    private readonly List<Task> _running = [];
    private readonly Task _accepting;
    private int _accepted;

    /// <summary>Starts to listen.</summary>
    /// <param name="script">What happens on each connection. The token ends it at dispose.</param>
    public FakeBroker(Func<NetworkStream, CancellationToken, Task> script)
    {
        _script = script;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, on loopback.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections were accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Its address.</summary>
    public BrokerAddress AddressOf(string scheme = "mqtt")
    {
        Assert.True(BrokerAddress.TryParse($"{scheme}://127.0.0.1:{Port}", out var address, out var problem), problem);
        return address!;
    }

    /// <summary>Waits for CONNECT, then answers with these bytes and goes on reading until the client leaves.</summary>
    public static FakeBroker Answering(params byte[] answer) => new(async (stream, stop) =>
    {
        await ReadPacketAsync(stream, stop);
        await stream.WriteAsync(answer, stop);
        await stream.CopyToAsync(Stream.Null, stop);
    });

    /// <summary>Reads one MQTT packet.</summary>
    /// <returns>Its first byte and what follows the length.</returns>
    public static async Task<(byte Type, byte[] Body)> ReadPacketAsync(Stream stream, CancellationToken stop)
    {
        var one = new byte[1];
        await stream.ReadExactlyAsync(one, stop);
        var type = one[0];
        var length = 0;
        var shift = 0;
        do
        {
            await stream.ReadExactlyAsync(one, stop);
            length |= (one[0] & 0x7F) << shift;
            shift += 7;
        }
        while ((one[0] & 0x80) != 0);

        var body = new byte[length];
        await stream.ReadExactlyAsync(body, stop);
        return (type, body);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                _running.Add(ServeAsync(client));
            }
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await _script(client.GetStream(), _stop.Token);
            }
            catch (Exception closed) when (closed is OperationCanceledException or IOException or ObjectDisposedException)
            {
                // The client left in the middle of the script, or the test ends.
            }
        }
    }
}
