// Owns the bad network: a TCP proxy on loopback that can cut, refuse, delay and freeze what passes through it.
// Must never change a byte.
using System.Net;
using System.Net.Sockets;
using Papo.Client.Wire;

namespace Papo.Tests.World;

/// <summary>Stands between a client and a server. Every switch acts at once on all connections, present and future.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private readonly List<Task> _running = [];
    private Socket _listener;
    private Task _accepting;
    private TaskCompletionSource _thaw = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _accepted;

    /// <summary>Starts a proxy on a free port.</summary>
    /// <param name="targetPort">Port on loopback to pass everything to.</param>
    public Proxy(int targetPort)
    {
        _target = new IPEndPoint(IPAddress.Loopback, targetPort);
        _listener = Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _thaw.SetResult();
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Where clients connect to, on loopback.</summary>
    public int Port { get; }

    /// <summary>The address of what is behind it, through it.</summary>
    public BrokerAddress Address =>
        BrokerAddress.TryParse($"mqtt://127.0.0.1:{Port}", out var address, out _) ? address : throw new InvalidOperationException("a port");

    /// <summary>How many connections were accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How long each piece is held back, in each direction.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Sees each piece from the client before it is passed on; for counting.</summary>
    public Action<Memory<byte>>? FromClient { get; set; }

    /// <summary>Sees each piece from the server before it is passed on; for counting, or for spoiling it.</summary>
    public Action<Memory<byte>>? FromServer { get; set; }

    /// <summary>Closes all connections at once, with a reset; new ones are accepted.</summary>
    public void Cut()
    {
        Socket[] open;
        lock (_gate)
        {
            open = [.. _open];
            _open.Clear();
        }

        foreach (var socket in open)
        {
            socket.Close(0);
        }
    }

    /// <summary>Closes all connections and the port: new ones are refused until <see cref="Allow"/>.</summary>
    public async Task RefuseAsync()
    {
        _listener.Dispose();
        await _accepting;
        Cut();
    }

    /// <summary>Accepts again on the same port.</summary>
    public void Allow()
    {
        _listener = Listen(Port);
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Keeps connections open and passes nothing on, as when a cable is pulled (half-open). New ones are accepted and hang.</summary>
    public void Freeze()
    {
        if (_thaw.Task.IsCompleted)
        {
            _thaw = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Passes on what was held back, and goes on.</summary>
    public void Thaw() => _thaw.TrySetResult();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await RefuseAsync();
        Thaw();
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
        _stop.Dispose();
    }

    private static Socket Listen(int port)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(512);
        return listener;
    }

    private static bool IsEnd(Exception failure) => failure is SocketException or ObjectDisposedException or OperationCanceledException;

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                lock (_gate)
                {
                    _open.Add(client);
                    _running.RemoveAll(task => task.IsCompleted);
                    _running.Add(ServeAsync(client));
                }
            }
        }
        catch (Exception closed) when (IsEnd(closed))
        {
            // Refusing or disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            await _thaw.Task.WaitAsync(_stop.Token);
            await server.ConnectAsync(_target, _stop.Token);
            lock (_gate)
            {
                _open.Add(server);
            }

            await Task.WhenAll(PassAsync(client, server, () => FromClient), PassAsync(server, client, () => FromServer));
        }
        catch (Exception closed) when (IsEnd(closed))
        {
            // The target refuses, or we are cut: the client sees the end below.
        }
        finally
        {
            client.Dispose();
            lock (_gate)
            {
                _open.Remove(client);
                _open.Remove(server);
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to, Func<Action<Memory<byte>>?> watch)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, SocketFlags.None, _stop.Token)) > 0)
            {
                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, TimeProvider.System, _stop.Token);
                }

                await _thaw.Task.WaitAsync(_stop.Token);
                watch()?.Invoke(buffer.AsMemory(0, count));
                for (var sent = 0; sent < count;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent), SocketFlags.None, _stop.Token);
                }
            }

            await _thaw.Task.WaitAsync(_stop.Token);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception closed) when (IsEnd(closed))
        {
            // One side is gone; the other learns it too.
            from.Dispose();
            to.Dispose();
        }
    }
}
