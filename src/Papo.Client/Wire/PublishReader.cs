// Owns: reading a PUBLISH out of the read buffer (MQTT 5, 3.3): almost everything that a busy client receives.
// Must never: keep a piece of the buffer, or accept what the specification calls malformed.
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Papo.Protocol;

namespace Papo.Client.Wire;

/// <summary>Makes the message at once, with one copy of what it says; MQTTnet's packet, its lists and strings would be thrown away a moment later. One loop reads.</summary>
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

        var properties = Properties.Of(rest[..length]);
        var payload = rest[length..];
        var signed = Take(properties, payload, out var bytes);
        return new InboundMessage(id)
        {
            Topic = topic,
            Payload = bytes.AsMemory(bytes.Length - payload.Length),
            Papo = properties.HasPapo ? bytes.AsMemory(0, signed) : (ReadOnlyMemory<byte>?)null,
            FromUtf8 = properties is { HasFrom: true, HasPapo: false } ? properties.From.ToArray() : null,
            ResponseTopic = properties.HasResponseTopic ? Encoding.UTF8.GetString(properties.ResponseTopic) : null,
            CorrelationData = properties.CorrelationData.ToArray(),
            Qos = qos,
            Retain = (flags & 1) != 0,
            Duplicate = duplicate,
        };
    }

    // Header and signature are kept decoded, in one array with the payload behind them.
    private static int Take(Properties properties, ReadOnlySpan<byte> payload, out byte[] bytes)
    {
        var signed = 0;
        if (properties.HasPapo)
        {
            LiveEntry.TryDecode(properties.Papo, payload.Length, out bytes, out signed);
        }
        else
        {
            bytes = new byte[payload.Length];
        }

        payload.CopyTo(bytes.AsSpan(signed));
        return signed;
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

    private static ushort Short(scoped ref ReadOnlySpan<byte> rest) => BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, 2));

    // A variable byte integer (1.5.5).
    private static int Number(scoped ref ReadOnlySpan<byte> rest)
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

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, int count)
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
    private ref struct Properties
    {
        private uint _seen;

        public static Properties Of(ReadOnlySpan<byte> all)
        {
            var properties = default(Properties);
            for (var rest = all; !rest.IsEmpty;)
            {
                properties.Next(ref rest);
            }

            return properties;
        }

        public bool HasPapo { get; private set; }

        public ReadOnlySpan<byte> Papo { get; private set; }

        public bool HasFrom { get; private set; }

        public ReadOnlySpan<byte> From { get; private set; }

        public bool HasResponseTopic { get; private set; }

        public ReadOnlySpan<byte> ResponseTopic { get; private set; }

        public ReadOnlySpan<byte> CorrelationData { get; private set; }

        private void Next(scoped ref ReadOnlySpan<byte> rest)
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
                    HasResponseTopic = true;
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
        private void User(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            if (!HasPapo && name.SequenceEqual("papo"u8))
            {
                HasPapo = true;
                Papo = value;
            }
            else if (!HasFrom && name.SequenceEqual("from"u8))
            {
                HasFrom = true;
                From = value;
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

        private static ReadOnlySpan<byte> Text(scoped ref ReadOnlySpan<byte> rest)
        {
            var text = Bytes(ref rest);
            return IsText(text) ? text : throw Malformed("text of a property");
        }

        private static ReadOnlySpan<byte> Bytes(scoped ref ReadOnlySpan<byte> rest) => PublishReader.Take(ref rest, Short(ref rest));
    }
}
