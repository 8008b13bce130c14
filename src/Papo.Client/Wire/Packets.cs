// Owns the translation between our shapes and MQTTnet's packets.
// Must never decide, or interpret a topic or payload.
using System.Buffers;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Papo.Client.Wire;

/// <summary>Pure mappings.</summary>
internal static class Packets
{
    private const string PapoProperty = "papo";
    private const string FromProperty = "from";

    /// <summary>The CONNECT of a session (3.1); a publishing side connection has its own id and leaves nothing behind.</summary>
    public static MqttConnectPacket Connect(SessionOptions options, bool publisher)
    {
        var packet = new MqttConnectPacket
        {
            ClientId = publisher ? PublisherId(options.ClientId) : options.ClientId,
            CleanSession = publisher || options.CleanStart,
            SessionExpiryInterval = publisher ? 0 : options.SessionExpirySeconds,
            KeepAlivePeriod = (ushort)Math.Clamp(options.KeepAlive.TotalSeconds, options.KeepAlive > TimeSpan.Zero ? 1 : 0, ushort.MaxValue),
            ReceiveMaximum = Math.Max(options.ReceiveMaximum, (ushort)1),
            MaximumPacketSize = options.MaximumPacketSize,
            RequestProblemInformation = true,
            Username = options.User ?? options.Address.User,
            Password = options.Password is null ? null : System.Text.Encoding.UTF8.GetBytes(options.Password),
        };
        if (options.Will is not { } will || publisher)
        {
            return packet;
        }

        packet.WillFlag = true;
        packet.WillTopic = will.Topic;
        packet.WillMessage = will.Payload.ToArray();
        packet.WillQoS = (MqttQualityOfServiceLevel)will.Qos;
        packet.WillRetain = will.Retain;
        packet.WillDelayInterval = options.WillDelaySeconds;
        packet.WillMessageExpiryInterval = will.MessageExpirySeconds;
        packet.WillPayloadFormatIndicator = Format(will);
        packet.WillResponseTopic = will.ResponseTopic;
        packet.WillCorrelationData = will.CorrelationData.IsEmpty ? null : will.CorrelationData.ToArray();
        packet.WillUserProperties = Properties(will);
        return packet;
    }

    /// <summary>The id of the publishing side connection: different from the session's and not longer than 23 characters if that was not.</summary>
    public static string PublisherId(string clientId)
    {
        var last = clientId.Length > 0 && clientId[^1] == 'p' ? 'q' : 'p';
        return clientId.Length < 23 ? clientId + last : clientId[..^1] + last;
    }

    /// <summary>The PUBLISH of a message (3.3).</summary>
    public static MqttPublishPacket Publish(PublishMessage message, byte qos, ushort id) => new()
    {
        Topic = message.Topic,
        Payload = new ReadOnlySequence<byte>(message.Payload),
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)qos,
        PacketIdentifier = id,
        Retain = message.Retain,
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData.IsEmpty ? null : message.CorrelationData.ToArray(),
        PayloadFormatIndicator = Format(message),
        MessageExpiryInterval = message.MessageExpirySeconds,
        UserProperties = Properties(message),
    };

    /// <summary>The outcome of a PUBACK (3.4.2.1): below 0x80 the broker has it.</summary>
    public static PublishOutcome Outcome(MqttPubAckPacket packet)
    {
        var code = (byte)packet.ReasonCode;
        var status = code == 0x10 ? PublishStatus.SentToNobody : code < 0x80 ? PublishStatus.Sent : PublishStatus.Refused;
        return new PublishOutcome(status, code, packet.ReasonString);
    }

    /// <summary>What the CONNACK says of the broker (3.2.2.3).</summary>
    public static BrokerFacts Facts(MqttConnAckPacket answer, SessionOptions options, long generation) => new(
        answer.IsSessionPresent,
        answer.ReceiveMaximum == 0 ? ushort.MaxValue : answer.ReceiveMaximum,
        answer.MaximumPacketSize == 0 ? uint.MaxValue : answer.MaximumPacketSize,
        answer.RetainAvailable,
        (byte)answer.MaximumQoS,
        answer.ServerKeepAlive == 0 ? options.KeepAlive : TimeSpan.FromSeconds(answer.ServerKeepAlive),
        generation);

    private static MqttPayloadFormatIndicator Format(PublishMessage message) =>
        message.TextPayload ? MqttPayloadFormatIndicator.CharacterData : MqttPayloadFormatIndicator.Unspecified;

    private static List<MqttUserProperty>? Properties(PublishMessage message)
    {
        if (message.Papo is null && message.From is null)
        {
            return null;
        }

        var properties = new List<MqttUserProperty>(2);
        Add(properties, PapoProperty, message.Papo);
        Add(properties, FromProperty, message.From);
        return properties;
    }

    private static void Add(List<MqttUserProperty> properties, string name, string? value)
    {
        if (value is not null)
        {
            properties.Add(new MqttUserProperty(name, System.Text.Encoding.UTF8.GetBytes(value)));
        }
    }
}
