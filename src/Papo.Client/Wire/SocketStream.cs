// Owns one TCP socket as a stream and keeps both ends from waiting for each other (docs/decisions/0012-the-40-ms-stall.md).
// Must never buffer: what is written goes to the kernel in the same call.
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Papo.Client.Wire;

/// <summary>A network stream that sends small packets at once and acknowledges received segments at once.</summary>
internal sealed partial class SocketStream : NetworkStream
{
    private const int IpProtoTcp = 6;
    private const int LinuxTcpQuickAck = 12;
    private const uint WindowsSetAckFrequency = 0x98000017;
    private static readonly byte[] One = [1, 0, 0, 0];
    private bool _rearm;

    private SocketStream(Socket socket, bool prompt)
        : base(socket, ownsSocket: true)
    {
        _rearm = prompt && OperatingSystem.IsLinux();
        Rearm();
        IsPrompt = OperatingSystem.IsWindows() ? prompt && AcknowledgesEverySegment(socket) : _rearm;
    }

    /// <summary>Whether this system acknowledges at once; where not, a second connection does the publishing.</summary>
    public bool IsPrompt { get; }

    /// <summary>Takes over a connected socket; it is disposed where that fails.</summary>
    /// <exception cref="ConnectFailedException">It is connected no more.</exception>
    public static SocketStream Own(Socket socket, bool prompt, string where)
    {
        try
        {
            socket.NoDelay = true;
            return new SocketStream(socket, prompt);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new ConnectFailedException(FailureReading.OfSocket(failure, where), failure);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The other side hung up, or the time was over, between the connect and here.
            socket.Dispose();
            throw new ConnectFailedException(new ConnectFailure(ConnectFailureKind.Lost, $"{where}: {gone.Message}"), gone);
        }
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

    // Not every second one only; it stays in force for the socket's life. Not by Socket.IOControl: a system that lacks the control answers
    // with an error, after which the runtime takes the socket for one that is not connected.
    private static bool AcknowledgesEverySegment(Socket socket) =>
        Control(socket.SafeHandle, WindowsSetAckFrequency, One, One.Length, 0, 0, out _, 0, 0) == 0;

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

    [LibraryImport("ws2_32", EntryPoint = "WSAIoctl")]
    private static partial int Control(SafeHandle socket, uint code, byte[] input, int inputSize, nint output, int outputSize, out int returned, nint overlapped, nint completion);
}
