// Owns: how many connections are open, how many of one address have not said CONNECT yet, and the deadline for saying it. It stands
// before TLS and WebSocket, so that a stalled handshake counts too.
// Must never: read a byte of the connection.
using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Papo.Hub;

internal sealed class ConnectionGate(EmbeddedBrokerOptions options, ILogger log)
{
    private readonly ConcurrentDictionary<IPAddress, int> _connecting = new();
    private readonly ConcurrentDictionary<Admission, byte> _inside = new();
    private int _open;
    private long _refused;

    public int Open => Volatile.Read(ref _open);

    public long Refused => Interlocked.Read(ref _refused);

    public async Task PassAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (!TryEnter(address, connection, out var admission))
        {
            Interlocked.Increment(ref _refused);
            BrokerLog.ConnectionRefused(log, Open);
            connection.Abort(new ConnectionAbortedException("too many connections"));
            return;
        }

        connection.Features.Set(admission);
        try
        {
            await next(connection);
        }
        finally
        {
            admission.Leave();
        }
    }

    public void AbortAll()
    {
        foreach (var admission in _inside.Keys)
        {
            admission.Abort("the broker stops");
        }
    }

    /// <summary>Waits for the connections whose client is being said goodbye to; those before CONNECT are not waited for.</summary>
    public Task ClientsGoneAsync() => Task.WhenAll(_inside.Keys.Where(a => a.IsConnected).Select(a => a.Over));

    private bool TryEnter(IPAddress address, ConnectionContext connection, out Admission admission)
    {
        admission = null!;
        if (_connecting.AddOrUpdate(address, 1, (_, n) => n + 1) > options.MaxConnectingPerAddress)
        {
            NoLongerConnecting(address);
            return false;
        }

        if (Interlocked.Increment(ref _open) > options.MaxConnections)
        {
            NoLongerConnecting(address);
            Interlocked.Decrement(ref _open);
            return false;
        }

        admission = new Admission(this, address, connection);
        _inside.TryAdd(admission, 0);
        return true;
    }

    private void NoLongerConnecting(IPAddress address)
    {
        var left = _connecting.AddOrUpdate(address, 0, (_, n) => n - 1);
        if (left == 0)
        {
            _connecting.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
        }
    }

    /// <summary>One connection's place; told once when its CONNECT is complete and once when it is over.</summary>
    internal sealed class Admission
    {
        private readonly ConnectionGate _gate;
        private readonly IPAddress _address;
        private readonly ConnectionContext _connection;
        private readonly ITimer _deadline;
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _connected;
        private int _left;

        public Admission(ConnectionGate gate, IPAddress address, ConnectionContext connection)
        {
            (_gate, _address, _connection) = (gate, address, connection);
            _deadline = gate.Time.CreateTimer(_ => Abort("no CONNECT in time"), null, gate.ConnectTimeout, Timeout.InfiniteTimeSpan);
        }

        public bool IsConnected => Volatile.Read(ref _connected) == 1;

        public Task Over => _over.Task;

        public void Connected()
        {
            if (Interlocked.Exchange(ref _connected, 1) == 0)
            {
                _deadline.Dispose();
                _gate.NoLongerConnecting(_address);
            }
        }

        public void Leave()
        {
            if (Interlocked.Exchange(ref _left, 1) == 1)
            {
                return;
            }

            Connected();
            _gate._inside.TryRemove(this, out _);
            Interlocked.Decrement(ref _gate._open);
            _over.SetResult();
            Linger();
        }

        public void Abort(string why) => _connection.Abort(new ConnectionAbortedException(why));

        // Kestrel flushes what is left before it closes, and a peer that never reads would hold the socket for ever.
        private void Linger()
        {
            var timer = _gate.Time.CreateTimer(_ => Abort("does not read"), null, _gate.CloseTimeout, Timeout.InfiniteTimeSpan);
            _connection.ConnectionClosed.Register(timer.Dispose);
        }
    }

    private TimeProvider Time => options.Time;

    private TimeSpan ConnectTimeout => options.ConnectTimeout;

    private TimeSpan CloseTimeout => options.CloseTimeout;
}
