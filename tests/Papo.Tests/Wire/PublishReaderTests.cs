// Owns: what is read out of a PUBLISH, compared with what MQTTnet writes into one, and what is refused.
// Must never: need a broker.
using System.Buffers;
using System.Buffers.Text;
using System.Text;
using CsCheck;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using Papo.Client.Wire;

namespace Papo.Tests.Wire;

public sealed class PublishReaderTests
{
    private static readonly byte[] Signed = [.. Enumerable.Range(0, 90).Select(static i => (byte)(i * 7))];
    private readonly PublishReader _reader = new();

    [Fact]
    public void Everything_of_interest_comes_through()
    {
        var packet = new MqttPublishPacket
        {
            Topic = "chat/cozinha/tão",
            Payload = new ReadOnlySequence<byte>("olá, bia"u8.ToArray()),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            PacketIdentifier = 40_000,
            Retain = true,
            Dup = true,
            ResponseTopic = "chat/_i/a/b",
            CorrelationData = [1, 0, 2],
            ContentType = "text/plain",
            MessageExpiryInterval = 30,
            PayloadFormatIndicator = MqttPayloadFormatIndicator.CharacterData,
            SubscriptionIdentifiers = [1, 268_435_455],
            UserProperties = [Property("x", "1"), Property("papo", Base64Url.EncodeToString(Signed)), Property("papo", "segundo"), Property("from", "josé")],
        };

        var message = Read(packet);

        Assert.Equal(packet.Topic, message.Topic);
        Assert.Equal("olá, bia", Encoding.UTF8.GetString(message.Payload.Span));
        Assert.Equal(Signed, message.Papo!.Value.ToArray());
        Assert.Null(message.From); // its card says so
        Assert.Equal(packet.ResponseTopic, message.ResponseTopic);
        Assert.Equal(packet.CorrelationData, message.CorrelationData.ToArray());
        Assert.Equal(packet.PacketIdentifier, message.PacketId);
        Assert.Equal(1, message.Qos);
        Assert.True(message.Retain && message.Duplicate);
    }

    [Fact]
    public void A_guest_says_who_he_is()
    {
        var message = Read(new MqttPublishPacket { Topic = "chat/general", Payload = new ReadOnlySequence<byte>("oi"u8.ToArray()), UserProperties = [Property("from", "josé"), Property("from", "ana")] });

        Assert.Equal(("josé", "oi"), (message.From, Encoding.UTF8.GetString(message.Payload.Span)));
        Assert.Null(message.Papo);
    }

    [Theory]
    [InlineData("primeiro")]
    [InlineData("")]
    [InlineData("==")]
    public void A_property_that_no_entry_has_is_there_and_empty(string papo)
    {
        var message = Read(new MqttPublishPacket { Topic = "chat/general", Payload = new ReadOnlySequence<byte>("oi"u8.ToArray()), UserProperties = [Property("papo", papo)] });

        Assert.True(message.Papo is { IsEmpty: true });
        Assert.Equal("oi", Encoding.UTF8.GetString(message.Payload.Span));
    }

    [Fact]
    public void What_is_not_there_is_absent()
    {
        var message = Read(new MqttPublishPacket { Topic = "chat/general" });

        Assert.True(message.Payload.IsEmpty && message.CorrelationData.IsEmpty);
        Assert.Null(message.Papo);
        Assert.Null(message.From);
        Assert.Null(message.ResponseTopic);
        Assert.Equal((0, 0), (message.Qos, message.PacketId));
        Assert.False(message.Retain || message.Duplicate);
    }

    [Fact]
    public void Topics_that_share_a_place_in_memory_are_not_mixed_up()
    {
        var topics = Enumerable.Range(0, 1_000).Select(static i => $"chat/sala-{i}").ToList();

        Assert.Equal(topics.Concat(topics), topics.Concat(topics).Select(topic => Read(new MqttPublishPacket { Topic = topic }).Topic));
    }

    [Theory]
    [InlineData(0x36, "0001 61 0001 00", "QoS 3")]
    [InlineData(0x38, "0001 61 00", "a duplicate at QoS 0")]
    [InlineData(0x32, "0001 61 0000 00", "packet identifier 0")]
    [InlineData(0x30, "", "nothing")]
    [InlineData(0x30, "0005 61", "a topic that is cut off")]
    [InlineData(0x30, "0001 61", "no properties")]
    [InlineData(0x30, "0001 61 05 01", "properties that are cut off")]
    [InlineData(0x30, "0001 61 FFFFFFFFFF", "a number without an end")]
    [InlineData(0x30, "0001 23 00", "a wildcard as topic")]
    [InlineData(0x30, "0001 00 00", "a zero character in the topic")]
    [InlineData(0x30, "0002 C328 00", "a topic that is no UTF-8")]
    [InlineData(0x30, "0001 61 02 7F00", "a property that is none")]
    [InlineData(0x30, "0001 61 04 26 0001 78", "half a user property")]
    [InlineData(0x30, "0001 61 05 08 0002 C328", "a response topic that is no UTF-8")]
    public void Malformed_bytes_end_the_connection(byte flags, string hex, string what) => Refused(flags, hex, what, 0x81);

    [Theory]
    [InlineData(0x34, "0001 61 0001 00", "QoS 2, which nobody asked for")]
    [InlineData(0x30, "0000 00", "no topic")]
    [InlineData(0x30, "0001 61 03 23 0001", "a topic alias, which nobody offered")]
    [InlineData(0x30, "0001 61 04 0100 0101", "a property twice that stands for one value")]
    public void Violations_end_the_connection(byte flags, string hex, string what) => Refused(flags, hex, what, 0x82);

    [Fact]
    public void Any_bytes_are_read_or_refused()
    {
        var (_, good) = Encode(new MqttPublishPacket
        {
            Topic = "chat/general",
            Payload = new ReadOnlySequence<byte>("oi"u8.ToArray()),
            ResponseTopic = "chat/_i/a/b",
            CorrelationData = [1, 2, 3],
            UserProperties = [Property("papo", "abc"), Property("from", "ana")],
        });
        var read = 0;

        Gen.Select(Gen.Int[0, 15], Gen.Int[0, good.Length], Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Array[0, 3]).Sample(
            (flags, length, flips) =>
            {
                var bytes = good.ToArray();
                foreach (var (at, value) in flips)
                {
                    bytes[at] = value;
                }

                try
                {
                    _reader.Read((byte)(0x30 | flags), bytes.AsSpan(0, length));
                    read++;
                }
                catch (ConnectFailedException refused)
                {
                    Assert.Contains(refused.Failure.ReasonCode, (byte[])[0x81, 0x82]);
                }
            },
            iter: 20_000,
            threads: 1);

        Assert.InRange(read, 1, 19_999);
    }

    private void Refused(byte flags, string hex, string what, byte reason)
    {
        var refused = Assert.Throws<ConnectFailedException>(() => _reader.Read(flags, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))));

        Assert.True(refused.Failure.ReasonCode == reason, what);
    }

    private InboundMessage Read(MqttPublishPacket packet)
    {
        var (flags, body) = Encode(packet);
        return _reader.Read(flags, body);
    }

    private static (byte Flags, byte[] Body) Encode(MqttPublishPacket packet)
    {
        var bytes = new MqttPacketFormatterAdapter(MqttProtocolVersion.V500, new MqttBufferWriter(1024, 65536)).Encode(packet).Join().ToArray();
        var header = 1 + Array.FindIndex(bytes[1..], static digit => (digit & 0x80) == 0) + 1;
        return (bytes[0], bytes[header..]);
    }

    private static MqttUserProperty Property(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));
}
