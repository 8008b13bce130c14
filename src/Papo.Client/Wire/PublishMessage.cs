// Owns the shape of one outgoing publish and the answer it gets.
// Must never know what a topic or a payload means.
namespace Papo.Client.Wire;

/// <summary>One message to publish (MQTT 5, section 3.3).</summary>
/// <param name="Topic">Topic name, no wildcards.</param>
/// <param name="Payload">Bytes as they go out; read until the publish completes, so not to be changed before.</param>
internal sealed record PublishMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>0 or 1.</summary>
    public byte Qos { get; init; } = 1;

    /// <summary>Whether the broker keeps it as the topic's retained message.</summary>
    public bool Retain { get; init; }

    /// <summary>User property <c>papo</c>, or null.</summary>
    public string? Papo { get; init; }

    /// <summary>User property <c>from</c>, or null.</summary>
    public string? From { get; init; }

    /// <summary>Response Topic (3.3.2.3.5), or null.</summary>
    public string? ResponseTopic { get; init; }

    /// <summary>Correlation Data (3.3.2.3.6); empty for none.</summary>
    public ReadOnlyMemory<byte> CorrelationData { get; init; }

    /// <summary>Payload Format Indicator 1: the payload is UTF-8 text (3.3.2.3.2).</summary>
    public bool TextPayload { get; init; }

    /// <summary>Message Expiry Interval in seconds (3.3.2.3.3); 0 for none.</summary>
    public uint MessageExpirySeconds { get; init; }
}

/// <summary>How a publish ended.</summary>
internal enum PublishStatus : byte
{
    /// <summary>QoS 1: the broker has it. QoS 0: written to the connection.</summary>
    Sent,

    /// <summary>The broker has it and knows of no subscriber at the moment (0x10): a hint, never proof.</summary>
    SentToNobody,

    /// <summary>The broker or a limit it announced refuses it; the same message will be refused again. See the reason code.</summary>
    Refused,

    /// <summary>The connection ended after it was written and before the answer: the broker may or may not have it.</summary>
    Lost,

    /// <summary>It was never written: not connected, or too much is waiting already.</summary>
    NotSent,
}

/// <summary>The end of one publish.</summary>
/// <param name="Status">What happened.</param>
/// <param name="ReasonCode">MQTT 5 reason code: of the PUBACK (3.4.2.1), or the one a broker would give for a limit it announced.</param>
/// <param name="ReasonString">The broker's words, or null.</param>
internal readonly record struct PublishOutcome(PublishStatus Status, byte ReasonCode = 0, string? ReasonString = null)
{
    /// <summary>The broker has it (QoS 1) or it was written (QoS 0).</summary>
    public bool IsSent => Status is PublishStatus.Sent or PublishStatus.SentToNobody;
}
