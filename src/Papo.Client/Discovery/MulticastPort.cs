// Owns: one socket for multicast DNS of one family of addresses, joined on every link it is told.
// Must never: throw because a network went away, or hand on what came from beyond the link.
using System.Net;
using System.Net.Sockets;

namespace Papo.Client.Discovery;

/// <summary>The port that is shared with other programs (RFC 6762, section 15.1), or one of our own.</summary>
internal sealed class MulticastPort : IDisposable
{
    private const int HopLimit = 255;
    private readonly AddressFamily _family;
    private readonly SocketOptionLevel _level;
    private readonly Socket _socket;
    private volatile IReadOnlyDictionary<int, Link> _links = new Dictionary<int, Link>();
    private readonly Lock _sending = new();

    private MulticastPort(AddressFamily family)
    {
        (_family, _level) = (family, family == AddressFamily.InterNetwork ? SocketOptionLevel.IP : SocketOptionLevel.IPv6);
        _socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
    }

    /// <summary>Opens the port of multicast DNS, or with 0 any port: answers to it come to this program alone (section 6.7).</summary>
    /// <returns>Null where this computer lacks the family, or another program keeps the port to itself.</returns>
    public static MulticastPort? TryOpen(AddressFamily family, int port)
    {
        var opened = new MulticastPort(family);
        try
        {
            opened.Open(port);
            return opened;
        }
        catch (SocketException)
        {
            opened.Dispose();
            return null;
        }
    }

    /// <summary>Joins the group on the links of its family and leaves it on others.</summary>
    public void Join(IReadOnlyList<Link> links)
    {
        var own = links.Where(link => link.Id.Family == _family).ToDictionary(static link => link.Id.Interface);
        foreach (var gone in _links.Keys.Except(own.Keys))
        {
            TrySet(SocketOptionName.DropMembership, gone);
        }

        foreach (var fresh in own.Keys.Except(_links.Keys).ToList())
        {
            if (!TrySet(SocketOptionName.AddMembership, fresh))
            {
                own.Remove(fresh);
            }
        }

        _links = own;
    }

    /// <summary>Sends on an interface, to all or to one. What cannot be sent is lost, as any datagram can be.</summary>
    public void Send(int network, ReadOnlySpan<byte> bytes, IPEndPoint? to)
    {
        lock (_sending)
        {
            try
            {
                _socket.SetSocketOption(_level, SocketOptionName.MulticastInterface, _family == AddressFamily.InterNetwork ? IPAddress.HostToNetworkOrder(network) : network);
                _socket.SendTo(bytes, SocketFlags.None, to ?? MulticastGroup.Of(_family));
            }
            catch (SocketException)
            {
                // The interface went down or has no address any more; the links are read again when the system says so.
            }
        }
    }

    /// <summary>Receives until it is disposed; each message once, with its link.</summary>
    public async Task ReceiveAsync(Action<Arrived> take)
    {
        var buffer = new byte[MulticastGroup.MaxBytes];
        var anybody = new IPEndPoint(_family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (true)
        {
            try
            {
                var received = await _socket.ReceiveMessageFromAsync(buffer, SocketFlags.None, anybody).ConfigureAwait(false);
                var link = new LinkId(received.PacketInformation.Interface, _family);
                var from = (IPEndPoint)received.RemoteEndPoint;
                if (DnsMessage.TryRead(buffer.AsSpan(0, received.ReceivedBytes), out var message) && MayCome(link, from, received.PacketInformation.Address, message))
                {
                    take(new Arrived(link, from, message));
                }
            }
            catch (SocketException failure) when (failure.SocketErrorCode != SocketError.OperationAborted)
            {
                // An answer to somebody who left (ICMP), or a datagram that is larger than any may be.
            }
            catch (Exception failure) when (failure is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Open(int port)
    {
        _socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        if (_family == AddressFamily.InterNetworkV6)
        {
            _socket.DualMode = false;
        }

        _socket.SetSocketOption(_level, SocketOptionName.PacketInformation, true);
        _socket.SetSocketOption(_level, SocketOptionName.MulticastTimeToLive, HopLimit);
        _socket.SetSocketOption(_level, SocketOptionName.MulticastLoopback, true); // other programs of this computer listen too
        _socket.Ttl = HopLimit;
        _socket.Bind(new IPEndPoint(_family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, port));
    }

    private bool TrySet(SocketOptionName option, int network)
    {
        try
        {
            var group = MulticastGroup.Of(_family).Address;
            _socket.SetSocketOption(_level, option, _family == AddressFamily.InterNetwork ? new MulticastOption(group, network) : new IPv6MulticastOption(group, network));
            return true;
        }
        catch (SocketException)
        {
            return false; // gone since it was read, or more interfaces than the system lets a socket join
        }
    }

    // Sections 6 and 11: answers come from the port; what was not sent to the group comes from a neighbour.
    private bool MayCome(LinkId id, IPEndPoint from, IPAddress to, DnsMessage message) =>
        _links.TryGetValue(id.Interface, out var link)
        && (!message.IsResponse || from.Port == MulticastGroup.Port)
        && (to.Equals(MulticastGroup.Of(_family).Address) || link.IsNeighbour(from.Address));
}
