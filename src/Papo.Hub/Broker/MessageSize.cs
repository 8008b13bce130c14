// Owns: what a message costs in memory, one measure for every bound of the broker.
// Must never: be exact; it counts what a sender controls and one constant for the rest.
using MQTTnet;
using MQTTnet.Packets;

namespace Papo.Hub;

/// <summary>Approximate bytes of memory of a message.</summary>
public static class MessageSize
{
    /// <summary>Bytes a waiting message costs besides its content: packet, queue node and list entry (measured, see decision 0010).</summary>
    public const int Overhead = 512;

    internal static long Of(MqttApplicationMessage message) => Overhead + Content(
        message.Payload.Length, message.Topic, message.ContentType, message.ResponseTopic, message.CorrelationData, message.UserProperties);

    internal static long Of(MqttPublishPacket packet) => Overhead + Content(
        packet.Payload.Length, packet.Topic, packet.ContentType, packet.ResponseTopic, packet.CorrelationData, packet.UserProperties);

    private static long Content(
        long payload, string? topic, string? contentType, string? responseTopic, byte[]? correlation, List<MqttUserProperty>? properties)
    {
        long chars = (topic?.Length ?? 0) + (contentType?.Length ?? 0) + (responseTopic?.Length ?? 0);
        long bytes = payload + (correlation?.Length ?? 0);
        foreach (var property in properties ?? [])
        {
            chars += property.Name.Length;
            bytes += property.ValueBuffer.Length;
        }

        return bytes + (chars * sizeof(char));
    }
}
