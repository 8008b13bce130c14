// Owns free loopback ports for servers that cannot choose one themselves.
// Must never give one port twice in a run: two tests at a time would take each other's server for their own.
using System.Net;
using System.Net.Sockets;

namespace Papo.Tests.World;

/// <summary>Ports nobody listens on, below those that the kernel gives to outgoing connections.</summary>
internal static class FreePort
{
    private const int First = 10_000;
    private const int Count = 20_000;
    private static int _last = Environment.ProcessId * 97; // another run beside this one begins elsewhere

    /// <summary>A port that was free a moment ago.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + (int)((uint)Interlocked.Increment(ref _last) % Count);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody has it: the next one.
            }
        }
    }
}
