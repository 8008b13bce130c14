// Owns: what went through the broker, by kind.
// Must never: count a delivery that the network lost.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Simulation;

/// <summary>The kinds of messages that are counted apart.</summary>
internal enum Sort
{
    Text,
    OtherEntry,
    Ephemeral,
    Presence,
    Request,
    Reply,
    Stored,
    Service,
}

/// <summary>Messages, their bytes (topic, properties and payload, without MQTT's own few), and deliveries.</summary>
internal readonly record struct Flow(long Messages, long Bytes, long Deliveries)
{
    public static Flow operator +(Flow one, Flow other) => new(one.Messages + other.Messages, one.Bytes + other.Bytes, one.Deliveries + other.Deliveries);

    public static Flow operator -(Flow one, Flow other) => new(one.Messages - other.Messages, one.Bytes - other.Bytes, one.Deliveries - other.Deliveries);
}

/// <summary>Counts at the broker.</summary>
internal sealed class Traffic(Topics topics)
{
    private readonly Flow[] _flows = new Flow[Enum.GetValues<Sort>().Length];

    public Flow this[Sort sort] => _flows[(int)sort];

    public Flow[] Snapshot() => [.. _flows];

    public Sort Published(PublishMessage message)
    {
        var sort = SortOf(message);
        _flows[(int)sort] += new Flow(1, Size(message), 0);
        return sort;
    }

    public void Delivered(Sort sort) => _flows[(int)sort] += new Flow(0, 0, 1);

    private static int Size(PublishMessage message) =>
        message.Topic.Length + message.Payload.Length + (message.Papo?.Length ?? 0) + (message.From?.Length ?? 0) + (message.ResponseTopic?.Length ?? 0) + message.CorrelationData.Length;

    private Sort SortOf(PublishMessage message) => topics.Parse(message.Topic).Kind switch
    {
        TopicKind.Text => Sort.Text,
        TopicKind.Other => Sort.OtherEntry,
        TopicKind.Ephemeral => Sort.Ephemeral,
        TopicKind.Presence or TopicKind.Hub => Sort.Presence,
        TopicKind.Inbox when SignedContent.TrySplit(message.Payload, out var split) => InboxMessage.Peek(split) switch
        {
            InboxKind.Request => Sort.Request,
            InboxKind.Reply => Sort.Reply,
            InboxKind.Stored => Sort.Stored,
            _ => Sort.Service,
        },
        _ => Sort.Service,
    };
}
