// Owns the outgoing bytes of one connection: encodes packets in order and writes from the caller while the line is free.
// Must never write two batches at once, and never block a caller: what comes during a write goes out in the next one.
using System.Buffers;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace Papo.Client.Wire;

/// <summary>Any thread appends; the one that finds the line free writes.</summary>
/// <param name="stream">The line.</param>
/// <param name="time">Clock of <see cref="LastWrite"/>.</param>
/// <param name="failed">Told once when a write fails; must not throw.</param>
internal sealed class PacketWriter(Stream stream, TimeProvider time, Action<Exception> failed)
{
    /// <summary>Unwritten bytes above which QoS 0 is no longer taken: the peer has stopped reading.</summary>
    public const int Congested = 4 * 1024 * 1024;

    private const int InitialBuffer = 16 * 1024;
    private const int KeptBuffer = 256 * 1024;
    private const int LargestFormatterBuffer = 64 * 1024;
    private static readonly Task<bool> Done = Task.FromResult(true);
    private static readonly Task<bool> Never = Task.FromResult(false);
    private readonly Lock _gate = new();
    private readonly MqttPacketFormatterAdapter _formatter = new(MqttProtocolVersion.V500, new MqttBufferWriter(4096, LargestFormatterBuffer));
    private ArrayBufferWriter<byte> _filling = new(InitialBuffer);
    private ArrayBufferWriter<byte> _writing = new(InitialBuffer);
    private TaskCompletionSource<bool>? _fillingDone;
    private TaskCompletionSource<bool>? _writingDone;
    private bool _busy;
    private bool _broken;

    /// <summary>Timestamp (of the time provider) of the last write begun.</summary>
    public long LastWrite { get; private set; } = time.GetTimestamp();

    /// <summary>Bytes waiting for the write in progress to end.</summary>
    public int Backlog => _filling.WrittenCount;

    /// <summary>Adds a packet to the next batch without writing. Packets go out in the order of these calls.</summary>
    /// <returns>The packet's size in bytes, or 0 if it is larger than the limit and was not added.</returns>
    public int Append(MqttPacket packet, uint limit = uint.MaxValue)
    {
        lock (_gate)
        {
            var encoded = _formatter.Encode(packet);
            try
            {
                if ((uint)encoded.Length > limit)
                {
                    return 0;
                }

                _filling.Write(encoded.Packet.AsSpan());
                foreach (var piece in encoded.Payload)
                {
                    _filling.Write(piece.Span);
                }

                return encoded.Length;
            }
            finally
            {
                _formatter.Cleanup();
            }
        }
    }

    /// <summary>Adds a PUBACK that says yes (3.4): there is one for each message that is received.</summary>
    public void AppendAcknowledgement(ushort packetId)
    {
        lock (_gate)
        {
            _filling.Write((ReadOnlySpan<byte>)[0x40, 2, (byte)(packetId >> 8), (byte)packetId]);
        }
    }

    /// <summary>Writes what was appended, from this thread if the line is free.</summary>
    public void Flush()
    {
        if (TryTake())
        {
            Pump();
        }
    }

    /// <summary>Like <see cref="Flush"/>, and tells when what was appended so far has left.</summary>
    /// <returns>False when the line broke before.</returns>
    public Task<bool> FlushAsync()
    {
        Flush();
        lock (_gate)
        {
            if (_broken)
            {
                return Never;
            }

            if (_filling.WrittenCount > 0)
            {
                return (_fillingDone ??= NewSignal()).Task;
            }

            return _busy ? (_writingDone ??= NewSignal()).Task : Done;
        }
    }

    /// <summary>Ends all waiting; nothing is written any more.</summary>
    public void Break()
    {
        TaskCompletionSource<bool>? filling;
        TaskCompletionSource<bool>? writing;
        lock (_gate)
        {
            _broken = true;
            (filling, writing) = (_fillingDone, _writingDone);
        }

        filling?.TrySetResult(false);
        writing?.TrySetResult(false);
    }

    private static TaskCompletionSource<bool> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool TryTake()
    {
        lock (_gate)
        {
            if (_busy || _broken || _filling.WrittenCount == 0)
            {
                return false;
            }

            _busy = true;
            Swap();
            return true;
        }
    }

    private void Swap()
    {
        (_filling, _writing) = (_writing, _filling);
        (_fillingDone, _writingDone) = (null, _fillingDone);
        LastWrite = time.GetTimestamp();
    }

    // Runs on the caller's thread for as long as the kernel takes the bytes at once, and goes on asynchronously when it does not.
    private void Pump()
    {
        do
        {
            ValueTask write;
            try
            {
                write = stream.WriteAsync(_writing.WrittenMemory);
                if (write.IsCompletedSuccessfully)
                {
                    write.GetAwaiter().GetResult();
                    continue;
                }
            }
            catch (Exception failure) when (IsLineFailure(failure))
            {
                Fail(failure);
                return;
            }

            _ = PumpOnAsync(write);
            return;
        }
        while (Finish());
    }

    private async Task PumpOnAsync(ValueTask write)
    {
        try
        {
            await write.ConfigureAwait(false);
            while (Finish())
            {
                await stream.WriteAsync(_writing.WrittenMemory).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (IsLineFailure(failure))
        {
            Fail(failure);
        }
    }

    // Ends a batch; true when the next one is ready in _writing.
    private bool Finish()
    {
        TaskCompletionSource<bool>? done;
        bool more;
        lock (_gate)
        {
            done = _writingDone;
            _writingDone = null;
            _writing.ResetWrittenCount();
            if (_writing.Capacity > KeptBuffer)
            {
                _writing = new ArrayBufferWriter<byte>(InitialBuffer);
            }

            more = !_broken && _filling.WrittenCount > 0;
            _busy = more;
            if (more)
            {
                Swap();
            }
        }

        done?.TrySetResult(true);
        return more;
    }

    private void Fail(Exception failure)
    {
        Break();
        failed(failure);
    }

    /// <summary>What a stream throws when its line is gone, whatever it is made of.</summary>
    public static bool IsLineFailure(Exception failure) =>
        failure is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException
            or System.Net.Sockets.SocketException or System.Net.WebSockets.WebSocketException
            or System.Security.Authentication.AuthenticationException;
}
