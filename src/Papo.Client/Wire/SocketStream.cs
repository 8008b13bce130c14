// Owns one TCP socket as a stream and keeps both ends from waiting for each other (docs/decisions/0012-the-40-ms-stall.md).
// Must never buffer: what is written goes to the kernel in the same call.
using System.Net.Sockets;

namespace Papo.Client.Wire;

/// <summary>A network stream that sends small packets at once and acknowledges received segments at once.</summary>
internal sealed class SocketStream : NetworkStream
{
    private const int IpProtoTcp = 6;
    private const int LinuxTcpQuickAck = 12;
    private const int WindowsSetAckFrequency = unchecked((int)0x98000017);
    private static readonly byte[] One = [1, 0, 0, 0];
    private bool _rearm;

    private SocketStream(Socket socket, bool rearm)
        : base(socket, ownsSocket: true) => _rearm = rearm;

    /// <summary>True where the platform lets a client acknowledge at once; elsewhere a second connection does the publishing.</summary>
    public static bool CanBePrompt => OperatingSystem.IsLinux() || OperatingSystem.IsWindows();

    /// <summary>Takes over a connected socket.</summary>
    public static SocketStream Own(Socket socket, bool prompt)
    {
        socket.NoDelay = true;
        if (prompt && OperatingSystem.IsWindows())
        {
            AcknowledgeEverySegment(socket);
        }

        var rearm = prompt && OperatingSystem.IsLinux();
        var stream = new SocketStream(socket, rearm);
        stream.Rearm();
        return stream;
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_rearm)
        {
            return base.ReadAsync(buffer, cancellationToken);
        }

        var read = base.ReadAsync(buffer, cancellationToken);
        if (!read.IsCompletedSuccessfully)
        {
            return ReadThenRearmAsync(read);
        }

        Rearm();
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private async ValueTask<int> ReadThenRearmAsync(ValueTask<int> read)
    {
        var count = await read.ConfigureAwait(false);
        Rearm();
        return count;
    }

    // Not every second one only; it stays in force for the socket's life.
    private static void AcknowledgeEverySegment(Socket socket)
    {
        try
        {
            socket.IOControl(WindowsSetAckFrequency, One, null);
        }
        catch (SocketException)
        {
            // A system older than this control is slower and whole.
        }
    }

    // TCP_QUICKACK does not last (tcp(7)): the kernel leaves it when it judges the traffic interactive, so it is set again after each read.
    private void Rearm()
    {
        if (!_rearm)
        {
            return;
        }

        try
        {
            Socket.SetRawSocketOption(IpProtoTcp, LinuxTcpQuickAck, One);
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // Closed meanwhile, which the next read tells whoever reads; or a kernel without it, where we are slower and whole.
            _rearm = false;
        }
    }
}
