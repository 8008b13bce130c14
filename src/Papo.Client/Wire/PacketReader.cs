// Owns the incoming bytes of one connection: fills a buffer and cuts it into packets.
// Must never trust a length: a packet above the limit is refused before it is read.
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace Papo.Client.Wire;

/// <summary>A packet that came: a message, or anything else.</summary>
internal readonly record struct Incoming(InboundMessage? Message, MqttPacket? Other);

/// <summary>One loop reads; not for concurrent use.</summary>
internal sealed class PacketReader(Stream stream, uint maximumPacketSize)
{
    private const int Publish = 3; // 2.1.2
    private const int NormalBuffer = 64 * 1024;
    private readonly MqttPacketFormatterAdapter _formatter = new(MqttProtocolVersion.V500, new MqttBufferWriter(16, 16));
    private readonly PublishReader _publishes = new();
    private byte[] _buffer = new byte[NormalBuffer];
    private int _start;
    private int _end;
    private int _wanted;

    /// <summary>What was received and not yet cut into packets.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Reads once from the line.</summary>
    /// <returns>False at its end.</returns>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += count;
        return count > 0;
    }

    /// <summary>Cuts the next whole packet.</summary>
    /// <returns>Null when more bytes are needed.</returns>
    /// <exception cref="ConnectFailedException">The bytes are no MQTT 5 packet, or it is too large.</exception>
    public Incoming? Next()
    {
        if (!TryReadHeader(out var header, out var length))
        {
            return null;
        }

        var total = header + length;
        if ((uint)total > maximumPacketSize)
        {
            throw new ConnectFailedException(
                new ConnectFailure(ConnectFailureKind.PacketTooLarge, $"received a packet of {total} bytes, the limit is {maximumPacketSize}", false, 0x95));
        }

        _wanted = total;
        if (_end - _start < total)
        {
            return null;
        }

        var body = new ArraySegment<byte>(_buffer, _start + header, length);
        var flags = _buffer[_start];
        _start += total;
        _wanted = 0;
        return flags >> 4 == Publish ? new Incoming(_publishes.Read(flags, body), null) : new Incoming(null, Decode(new ReceivedMqttPacket(flags, body, total)));
    }

    private MqttPacket Decode(ReceivedMqttPacket received)
    {
        try
        {
            return _formatter.Decode(received) ?? throw Malformed($"0x{received.FixedHeader:X2}", null);
        }
        catch (Exception failure) when (failure is not ConnectFailedException)
        {
            // The decoder throws many things at malformed bytes; all of them end the connection in the same way (4.13.1).
            throw Malformed($"0x{received.FixedHeader:X2}: {failure.Message}", failure);
        }
    }

    private static ConnectFailedException Malformed(string what, Exception? cause) =>
        new(new ConnectFailure(ConnectFailureKind.ProtocolError, $"malformed packet {what}", false, 0x81), cause);

    private bool TryReadHeader(out int header, out int length)
    {
        length = 0;
        header = 1;
        for (var shift = 0; shift < 28; shift += 7)
        {
            if (_start + header >= _end)
            {
                return false;
            }

            var digit = _buffer[_start + header++];
            length |= (digit & 0x7F) << shift;
            if ((digit & 0x80) == 0)
            {
                return true;
            }
        }

        throw Malformed("length", null); // 1.5.5: at most four bytes.
    }

    // Small packets share one buffer; it grows for a large one and shrinks again behind it.
    private void MakeRoom()
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }

        var size = Math.Max(NormalBuffer, _wanted);
        if (_buffer.Length != size && _end - _start <= size)
        {
            var other = new byte[size];
            Unread.CopyTo(other);
            (_buffer, _end, _start) = (other, _end - _start, 0);
        }
        else if (_end == _buffer.Length || _start + _wanted > _buffer.Length)
        {
            Unread.CopyTo(_buffer);
            (_end, _start) = (_end - _start, 0);
        }
    }
}
