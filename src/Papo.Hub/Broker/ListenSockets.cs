// Owns: opening the listening sockets before anything else starts, so that a taken port is known early and one port 0 means the same
// port on every address. Hands each socket to Kestrel once.
// Must never: accept a connection.
using System.Net;
using System.Net.Sockets;

namespace Papo.Hub;

internal enum Wire
{
    Mqtt,
    MqttTls,
    WebSocket,
    WebSocketTls,
}

internal sealed record ListenPlace(Wire Wire, IPEndPoint EndPoint);

/// <summary>A port to open, 0 for any free one; one that is taken is replaced by a free one where it may move.</summary>
internal sealed record ListenWish(Wire Wire, int Port, bool MayMove = false);

internal sealed class ListenSockets : IDisposable
{
    // Port 0 asks the system on the first address; another program may own that port on the second, so it is asked again.
    private const int FreePortTries = 16;
    private const int Backlog = 512;
    private readonly List<(ListenPlace Place, Socket Socket)> _open = [];
    private readonly HashSet<Socket> _handedOver = [];

    public IEnumerable<ListenPlace> Places => _open.Select(o => o.Place);

    public static ListenSockets Open(EmbeddedBrokerOptions options)
    {
        List<ListenWish> wishes = [new(Wire.Mqtt, options.Port)];
        Wish(Wire.MqttTls, options.TlsPort);
        Wish(Wire.WebSocket, options.WebSocketPort);
        Wish(Wire.WebSocketTls, options.WebSocketTlsPort);
        return Open(options.Addresses, wishes);

        void Wish(Wire wire, int? port)
        {
            if (port is { } wanted)
            {
                wishes.Add(new ListenWish(wire, wanted, options.OtherPortsMayMove));
            }
        }
    }

    /// <summary>Opens each port on each address.</summary>
    /// <exception cref="BrokerPortTakenException">One that may not move is taken.</exception>
    /// <exception cref="SocketException">An address cannot be listened on.</exception>
    public static ListenSockets Open(IReadOnlyList<IPAddress> addresses, IEnumerable<ListenWish> wishes)
    {
        var sockets = new ListenSockets();
        try
        {
            foreach (var wish in wishes)
            {
                sockets.OpenPort(addresses, wish);
            }

            return sockets;
        }
        catch
        {
            sockets.Dispose();
            throw;
        }
    }

    public int? PortOf(Wire wire) => _open.FirstOrDefault(o => o.Place.Wire == wire).Place?.EndPoint.Port;

    public Socket Take(EndPoint endPoint)
    {
        var socket = _open.First(o => o.Place.EndPoint.Equals(endPoint)).Socket;
        _handedOver.Add(socket);
        return socket;
    }

    public void Dispose()
    {
        foreach (var (_, socket) in _open.Where(o => !_handedOver.Contains(o.Socket)))
        {
            socket.Dispose();
        }
    }

    private void OpenPort(IReadOnlyList<IPAddress> addresses, ListenWish wish)
    {
        var port = wish.Port;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                OpenOnEach(addresses, wish.Wire, port);
                return;
            }
            catch (BrokerPortTakenException) when ((port == 0 || wish.MayMove) && attempt < FreePortTries)
            {
                Close(wish.Wire);
                port = 0;
            }
        }
    }

    private void OpenOnEach(IReadOnlyList<IPAddress> addresses, Wire wire, int wanted)
    {
        SocketException? missing = null;
        foreach (var address in addresses.Distinct())
        {
            try
            {
                var socket = OpenOne(new IPEndPoint(address, PortOf(wire) ?? wanted));
                _open.Add((new ListenPlace(wire, (IPEndPoint)socket.LocalEndPoint!), socket));
            }
            catch (SocketException e) when (address.AddressFamily == AddressFamily.InterNetworkV6 && IsAbsent(e))
            {
                missing = e;
            }
        }

        if (PortOf(wire) is null)
        {
            throw missing ?? new SocketException((int)SocketError.AddressNotAvailable);
        }
    }

    private static Socket OpenOne(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(endPoint);

            // Listening here and not only in Kestrel: on Linux two programs can bind one port and the second learns of it at listen.
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new BrokerPortTakenException(endPoint, e);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsAbsent(SocketException e) => e.SocketErrorCode is SocketError.AddressFamilyNotSupported
        or SocketError.AddressNotAvailable or SocketError.ProtocolNotSupported or SocketError.OperationNotSupported;

    private void Close(Wire wire)
    {
        foreach (var (_, socket) in _open.Where(o => o.Place.Wire == wire))
        {
            socket.Dispose();
        }

        _open.RemoveAll(o => o.Place.Wire == wire);
    }
}
