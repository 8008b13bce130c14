// Owns: the way between one member and the broker: a TCP proxy on loopback that passes MQTT packets on, late, twice, damaged or not at all.
// Must never: harm without having been told to.
using System.Net;
using System.Net.Sockets;
using Papo.Torture.Plan;

namespace Papo.Torture.Network;

/// <summary>Stands between a member and the broker, whose port stays the same when it is started again.</summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromMilliseconds(300);
    private readonly IReadOnlyList<IPEndPoint> _targets;
    private readonly Mischief _mischief;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private readonly List<Task> _running = [];
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Task _accepting;
    private TimeSpan _delay;
    private long _delayedUntil;
    private long _stalledUntil;

    /// <param name="targets">Brokers in the order in which they are tried, as a load balancer does; the first that is there serves.</param>
    /// <param name="seed">Of its mischief.</param>
    public FaultProxy(IReadOnlyList<IPEndPoint> targets, ulong seed)
    {
        (_targets, _mischief) = (targets, new Mischief(seed));
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public void Disturb(Disturbance how, int much)
    {
        var until = Environment.TickCount64 + much;
        switch (how)
        {
            case Disturbance.Cut:
                Cut();
                break;
            case Disturbance.Delay:
                _delay = TimeSpan.FromMilliseconds(much % 120);
                Volatile.Write(ref _delayedUntil, until);
                break;
            case Disturbance.Stall:
                Volatile.Write(ref _stalledUntil, until);
                break;
            default:
                _mischief.Want(how, much);
                break;
        }
    }

    /// <summary>From now on everything passes; a connection that lost its framing is reset, as its keep-alive would do later.</summary>
    public void Calm()
    {
        Volatile.Write(ref _delayedUntil, 0);
        Volatile.Write(ref _stalledUntil, 0);
        if (_mischief.HasBrokenFraming)
        {
            Cut();
        }

        _mischief.Calm();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        Cut();
        Task[] running;
        lock (_gate)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
        _stop.Dispose();
    }

    private static bool IsEnd(Exception failure) => failure is SocketException or ObjectDisposedException or OperationCanceledException;

    private void Cut()
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

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync(_stop.Token);
                lock (_gate)
                {
                    _open.Add(client);
                    _running.RemoveAll(static task => task.IsCompleted);
                    _running.Add(ServeAsync(client));
                }
            }
        }
        catch (Exception closed) when (IsEnd(closed))
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        Socket? server = null;
        client.NoDelay = true;
        try
        {
            await HoldUpAsync();
            server = await ConnectAsync();
            lock (_gate)
            {
                _open.Add(server);
            }

            await Task.WhenAll(PassAsync(client, server), PassAsync(server, client));
        }
        catch (Exception closed) when (IsEnd(closed))
        {
            // The broker is down, or we are cut: the member sees the end below.
        }
        finally
        {
            client.Close(0);
            lock (_gate)
            {
                _open.Remove(client);
                _ = server is not null && _open.Remove(server);
            }

            server?.Dispose();
        }
    }

    private async Task<Socket> ConnectAsync()
    {
        for (var at = 0; ; at++)
        {
            var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await server.ConnectAsync(_targets[at], _stop.Token);
                return server;
            }
            catch (Exception closed) when (IsEnd(closed))
            {
                server.Dispose();
                if (closed is not SocketException || at == _targets.Count - 1)
                {
                    throw;
                }
            }
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        try
        {
            await PassPacketsAsync(from, to);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception closed) when (IsEnd(closed))
        {
            // One side is gone; the other learns it too.
            from.Close(0);
            to.Close(0);
        }
    }

    private async Task PassPacketsAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        var rest = Array.Empty<byte>();
        byte[]? held = null;
        while (true)
        {
            var reading = from.ReceiveAsync(buffer, SocketFlags.None, _stop.Token).AsTask();
            if (held is not null && await Task.WhenAny(reading, Task.Delay(LongestHold, TimeProvider.System, _stop.Token)) != reading)
            {
                await SendAsync(to, held);
                held = null;
            }

            var count = await reading;
            if (count == 0)
            {
                await SendAsync(to, held ?? []);
                return;
            }

            await HoldUpAsync();
            rest = [.. rest, .. buffer.AsSpan(0, count)];
            int length;
            while ((length = Packet.Measure(rest)) > 0)
            {
                var packet = Packet.Read(rest[..length]);
                rest = rest[length..];
                held = await PassAsync(to, packet, held);
            }

            if (length < 0)
            {
                throw new SocketException((int)SocketError.ProtocolType);
            }
        }
    }

    // Returns what is held back: it passes after the next PUBLISH, or after a moment.
    private async Task<byte[]?> PassAsync(Socket to, Packet packet, byte[]? held)
    {
        var fate = _mischief.Judge(packet);
        foreach (var piece in fate.Now)
        {
            await SendAsync(to, piece);
        }

        if (fate.ThenReset)
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }

        if (held is null || !packet.IsPublish)
        {
            return fate.Later ?? held;
        }

        await SendAsync(to, held);
        return fate.Later;
    }

    private static async Task SendAsync(Socket to, byte[] piece)
    {
        for (var sent = 0; sent < piece.Length;)
        {
            sent += await to.SendAsync(piece.AsMemory(sent), SocketFlags.None, CancellationToken.None);
        }
    }

    private async Task HoldUpAsync()
    {
        if (Environment.TickCount64 < Volatile.Read(ref _delayedUntil))
        {
            await Task.Delay(_delay, TimeProvider.System, _stop.Token);
        }

        while (Environment.TickCount64 < Volatile.Read(ref _stalledUntil))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, _stop.Token);
        }
    }
}
