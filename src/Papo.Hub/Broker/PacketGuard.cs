// Owns: what may reach MQTTnet's packet decoder. It peeks the fixed header of each packet and refuses what is malformed, too large,
// not a CONNECT at first, or cut off: MQTTnet bounds nothing before CONNECT and spins for ever on half a packet before a close.
// Must never: consume or change a byte.
using System.IO.Pipelines;
using MQTTnet.Protocol;

namespace Papo.Hub;

internal sealed class PacketRefusedException(MqttDisconnectReasonCode reason, string message) : IOException(message)
{
    public MqttDisconnectReasonCode Reason { get; } = reason;
}

/// <summary>MQTTnet consumes whole packets, so every read begins at a packet boundary.</summary>
internal sealed class PacketGuard(PipeReader inner, int maxConnectBytes, int maxPacketBytes) : PipeReader
{
    private bool _beforeConnect = true;
    private SequencePosition _start;

    /// <summary>Told before a packet is refused, so that the client can be given the reason.</summary>
    public Func<MqttDisconnectReasonCode, Task>? Refusing { get; set; }

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var result = await inner.ReadAsync(cancellationToken);
        if (Judge(result) is not { } refusal)
        {
            return result;
        }

        inner.AdvanceTo(result.Buffer.End);
        if (!_beforeConnect && Refusing is { } tell)
        {
            await tell(refusal.Reason);
        }

        throw refusal;
    }

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
        {
            return false;
        }

        if (Judge(result) is { } refusal)
        {
            inner.AdvanceTo(result.Buffer.End);
            throw refusal;
        }

        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (_beforeConnect && !consumed.Equals(_start))
        {
            _beforeConnect = false;
        }

        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    // The endpoint reads on until the client closes, see there.
    public override void Complete(Exception? exception = null)
    {
    }

    private PacketRefusedException? Judge(in ReadResult result)
    {
        var buffer = result.Buffer;
        _start = buffer.Start;
        if (buffer.IsEmpty)
        {
            return null;
        }

        var header = FixedHeader.Read(buffer);
        if (header.State == HeaderState.Malformed)
        {
            return new PacketRefusedException(MqttDisconnectReasonCode.MalformedPacket, "malformed fixed header");
        }

        if (_beforeConnect && !header.IsConnect)
        {
            return new PacketRefusedException(MqttDisconnectReasonCode.ProtocolError, "the first packet is no CONNECT");
        }

        if (header.State == HeaderState.Complete && header.PacketLength > (_beforeConnect ? maxConnectBytes : maxPacketBytes))
        {
            return new PacketRefusedException(MqttDisconnectReasonCode.PacketTooLarge, "packet too large");
        }

        var whole = header.State == HeaderState.Complete && buffer.Length >= header.PacketLength;
        return result.IsCompleted && !whole
            ? new PacketRefusedException(MqttDisconnectReasonCode.MalformedPacket, "closed inside a packet")
            : null;
    }
}
