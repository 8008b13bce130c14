// Owns one received message until its owner has committed it and says so.
// Must never acknowledge by itself: what is not acknowledged, the broker delivers again.
namespace Papo.Client.Wire;

/// <summary>One message from the broker. The payload is this object's own copy.</summary>
internal sealed class InboundMessage
{
    private Connection? _connection;

    internal InboundMessage(ushort packetId) => PacketId = packetId;

    /// <summary>Topic it was published to.</summary>
    public required string Topic { get; init; }

    /// <summary>The payload, at most <see cref="SessionOptions.MaximumPacketSize"/> bytes.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>First user property <c>papo</c>, decoded (<see cref="Protocol.LiveEntry"/>): null without it, empty where it is malformed.</summary>
    public ReadOnlyMemory<byte>? Papo { get; init; }

    /// <summary>First user property <c>from</c>, as it came: UTF-8. Null without it, and beside <see cref="Papo"/>: then a card says who it is from.</summary>
    public byte[]? FromUtf8 { get; init; }

    /// <summary>The same as text.</summary>
    public string? From => FromUtf8 is { } from ? System.Text.Encoding.UTF8.GetString(from) : null;

    /// <summary>Where an answer is awaited, or null.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>To be repeated in the answer; empty for none.</summary>
    public ReadOnlyMemory<byte> CorrelationData { get; init; }

    /// <summary>0 or 1: the QoS of this delivery.</summary>
    public byte Qos { get; init; }

    /// <summary>A retained message of before the subscription.</summary>
    public bool Retain { get; init; }

    /// <summary>The broker delivered it before, perhaps to this device (3.3.1.1).</summary>
    public bool Duplicate { get; init; }

    /// <summary>When it was read, as a timestamp of the session's clock.</summary>
    public long ReceivedAt { get; private set; }

    /// <summary>The identifier to acknowledge; 0 at QoS 0.</summary>
    internal ushort PacketId { get; }

    /// <summary>It came on this connection, and is acknowledged there.</summary>
    internal void CameBy(Connection connection, long at)
    {
        ReceivedAt = at;
        _connection = PacketId == 0 ? null : connection;
    }

    /// <summary>Tells the broker that this message is safe (PUBACK). Later calls and QoS 0 do nothing; a dead connection just makes the broker deliver again. Never throws.</summary>
    public void Acknowledge() => TakeConnection()?.Acknowledge(PacketId);

    /// <summary>Acknowledges what was committed together in one write; messages of ended connections are skipped. Never throws.</summary>
    /// <param name="committed">In the order of arrival (MQTT-4.6.0-2).</param>
    public static void AcknowledgeAll(ReadOnlySpan<InboundMessage> committed)
    {
        Connection? flush = null;
        foreach (var message in committed)
        {
            var connection = message.TakeConnection();
            if (connection is null)
            {
                continue;
            }

            if (flush is not null && flush != connection)
            {
                flush.FlushAcknowledgements();
            }

            flush = connection;
            connection.QueueAcknowledgement(message.PacketId);
        }

        flush?.FlushAcknowledgements();
    }

    private Connection? TakeConnection() => Interlocked.Exchange(ref _connection, null);
}
