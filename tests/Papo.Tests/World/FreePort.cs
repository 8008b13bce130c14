// Owns free loopback ports for servers that cannot choose one themselves.
// Must never promise the port: another process may take it first, so whoever starts a server tries again.
using System.Net;
using System.Net.Sockets;

namespace Papo.Tests.World;

/// <summary>Asks the kernel for ports nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>A port that was free a moment ago.</summary>
    public static int Next()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
