// Owns: reading a PUBLISH out of the read buffer (MQTT 5, 3.3): almost everything that a busy client receives.
// Must never: keep a piece of the buffer, or accept what the specification calls malformed.
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Papo.Client.Wire;

/// <summary>Makes the message at once, with one copy of its bytes; MQTTnet's packet, its lists and strings would be thrown away a moment later. One loop reads.</summary>
internal sealed class PublishReader
{
    private const int KnownTopics = 64;
    private readonly (byte[] Utf8, string Text)[] _topics = new (byte[], string)[KnownTopics];

    /// <summary>Reads the variable header and the payload.</summary>
    /// <param name="flags">First byte of the packet.</param>
    /// <param name="body">Everything behind its length.</param>
    /// <exception cref="ConnectFailedException">Malformed, QoS 2, or a topic alias: we subscribe at 1 at most and offer no aliases (3.3.2.3.4).</exception>
    public InboundMessage Read(byte flags, ReadOnlySpan<byte> body)
    {
        var qos = (byte)((flags >> 1) & 3);
        var duplicate = (flags & 8) != 0;
        if (qos > 1)
        {
            throw qos == 3 ? Malformed("QoS 3") : Violation("a PUBLISH with QoS 2");
        }

        if (duplicate && qos == 0)
        {
            throw Malformed("a duplicate at QoS 0"); // MQTT-3.3.1-2
        }

        var rest = body;
        var topic = Topic(Take(ref rest, Short(ref rest)));
        var id = qos == 0 ? (ushort)0 : Short(ref rest);
        if (qos > 0 && id == 0)
        {
            throw Malformed("packet identifier 0"); // MQTT-2.2.1-3
        }

        var length = Number(ref rest);
        if (length > rest.Length)
        {
            throw Malformed("length of properties");
        }

        ReadOnlyMemory<byte> bytes = rest.ToArray();
        var properties = new Properties(bytes[..length]);
        return new InboundMessage(id)
        {
            Topic = topic,
            Payload = bytes[length..],
            Papo = properties.Papo,
            FromUtf8 = properties.From,
            ResponseTopic = properties.ResponseTopic is { } response ? Encoding.UTF8.GetString(response.Span) : null,
            CorrelationData = properties.CorrelationData ?? default,
            Qos = qos,
            Retain = (flags & 1) != 0,
            Duplicate = duplicate,
        };
    }

    // Rooms are few and come again and again.
    private string Topic(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            throw Violation("a PUBLISH without a topic"); // only an alias could stand for it
        }

        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var known = ref _topics[(uint)hash.ToHashCode() % KnownTopics];
        if (known.Utf8 is null || !utf8.SequenceEqual(known.Utf8))
        {
            if (!IsText(utf8) || utf8.ContainsAny((byte)'+', (byte)'#'))
            {
                throw Malformed("topic"); // MQTT-3.3.2-1, MQTT-3.3.2-2
            }

            known = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        }

        return known.Text;
    }

    private static ushort Short(ref ReadOnlySpan<byte> rest) => BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, 2));

    // A variable byte integer (1.5.5).
    private static int Number(ref ReadOnlySpan<byte> rest)
    {
        var number = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var digit = Take(ref rest, 1)[0];
            number |= (digit & 0x7F) << shift;
            if ((digit & 0x80) == 0)
            {
                return number;
            }
        }

        throw Malformed("number of more than four bytes");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int count)
    {
        if (count > rest.Length)
        {
            throw Malformed("it ends early");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private static bool IsText(ReadOnlySpan<byte> utf8) => Utf8.IsValid(utf8) && !utf8.Contains((byte)0); // MQTT-1.5.4-1, MQTT-1.5.4-2

    private static ConnectFailedException Malformed(string what) =>
        new(new ConnectFailure(ConnectFailureKind.ProtocolError, $"malformed PUBLISH: {what}", false, 0x81));

    private static ConnectFailedException Violation(string what) =>
        new(new ConnectFailure(ConnectFailureKind.ProtocolError, what, false, 0x82));

    // The properties (3.3.2.3): those of interest are kept, the others only walked over.
    private struct Properties
    {
        private readonly ReadOnlyMemory<byte> _all;
        private uint _seen;

        public Properties(ReadOnlyMemory<byte> all)
        {
            _all = all;
            for (var rest = all.Span; !rest.IsEmpty;)
            {
                Next(ref rest);
            }
        }

        public ReadOnlyMemory<byte>? Papo { get; private set; }

        public ReadOnlyMemory<byte>? From { get; private set; }

        public ReadOnlyMemory<byte>? ResponseTopic { get; private set; }

        public ReadOnlyMemory<byte>? CorrelationData { get; private set; }

        private void Next(ref ReadOnlySpan<byte> rest)
        {
            switch (Take(ref rest, 1)[0])
            {
                case 0x01: // payload format
                    Once(0x01);
                    Take(ref rest, 1);
                    break;
                case 0x02: // message expiry
                    Once(0x02);
                    Take(ref rest, 4);
                    break;
                case 0x03: // content type
                    Once(0x03);
                    Text(ref rest);
                    break;
                case 0x08:
                    Once(0x08);
                    ResponseTopic = Text(ref rest);
                    break;
                case 0x09:
                    Once(0x09);
                    CorrelationData = Bytes(ref rest);
                    break;
                case 0x0B: // subscription identifiers: one for each filter that matches
                    Number(ref rest);
                    break;
                case 0x23:
                    throw Violation("a PUBLISH with a topic alias");
                case 0x26:
                    User(Text(ref rest), Text(ref rest));
                    break;
                case var unknown:
                    throw Malformed($"property 0x{unknown:X2}");
            }
        }

        // The first of a name counts.
        private void User(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> value)
        {
            if (name.Span.SequenceEqual("papo"u8))
            {
                Papo ??= value;
            }
            else if (name.Span.SequenceEqual("from"u8))
            {
                From ??= value;
            }
        }

        private void Once(int property)
        {
            var bit = 1u << property;
            if ((_seen & bit) != 0)
            {
                throw Violation($"a PUBLISH with property 0x{property:X2} twice");
            }

            _seen |= bit;
        }

        private readonly ReadOnlyMemory<byte> Text(ref ReadOnlySpan<byte> rest)
        {
            var text = Bytes(ref rest);
            return IsText(text.Span) ? text : throw Malformed("text of a property");
        }

        private readonly ReadOnlyMemory<byte> Bytes(ref ReadOnlySpan<byte> rest)
        {
            var length = Short(ref rest);
            var at = _all.Length - rest.Length;
            Take(ref rest, length);
            return _all.Slice(at, length);
        }
    }
}
