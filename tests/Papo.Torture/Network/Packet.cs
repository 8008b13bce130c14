// Owns: as much of MQTT 5 framing as it takes to tell packets apart and to find the parts of a PUBLISH.
// Must never: decide what happens to a packet.
using System.Buffers.Binary;
using System.Text;

namespace Papo.Torture.Network;

/// <summary>One whole packet (MQTT 5, 2.1), with the places of a PUBLISH (3.3) in it; -1 where there is none.</summary>
internal sealed record Packet(byte[] Bytes, string? Topic, int PapoAt, int PapoLength, int PayloadAt)
{
    private const int PublishType = 3;
    private const byte Duplicate = 0b1000;
    private const byte UserProperty = 0x26;
    private static readonly byte[] Papo = [UserProperty, 0, 4, .. "papo"u8];

    public bool IsPublish => Topic is not null;

    /// <summary>Whether its receiver has a way to notice a change of it, or its loss: all but guests' lines and the mark of the space, which nobody signs.</summary>
    public bool IsProven => Topic is not null && !Topic.EndsWith("/_space", StringComparison.Ordinal) && (PapoAt > 0 || Topic.Contains("/_", StringComparison.Ordinal) || Topic.EndsWith("/e", StringComparison.Ordinal));

    /// <summary>Length of the first packet in a piece, 0 when more is needed, -1 when this is not MQTT.</summary>
    public static int Measure(ReadOnlySpan<byte> piece)
    {
        var length = 0;
        for (var i = 1; i < Math.Min(piece.Length, 5); i++)
        {
            length |= (piece[i] & 0x7F) << (7 * (i - 1));
            if ((piece[i] & 0x80) == 0)
            {
                return 1 + i + length <= piece.Length ? 1 + i + length : 0;
            }
        }

        return piece.Length >= 5 ? -1 : 0;
    }

    public static Packet Read(byte[] bytes)
    {
        var plain = new Packet(bytes, null, -1, 0, -1);
        if (bytes[0] >> 4 != PublishType)
        {
            return plain;
        }

        var at = 1;
        while ((bytes[at++] & 0x80) != 0)
        {
        }

        var topic = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
        var name = Encoding.UTF8.GetString(bytes, at + 2, topic);
        at += 2 + topic + ((bytes[0] & 0b110) == 0 ? 0 : 2);
        var (properties, size) = Variable(bytes, at);
        at += size;
        var papo = bytes.AsSpan(at, properties).IndexOf(Papo);
        var papoAt = papo < 0 ? -1 : at + papo + Papo.Length + 2;
        return new Packet(bytes, name, papoAt, papo < 0 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(papoAt - 2)), at + properties);
    }

    /// <summary>The same once more, as a broker or client that has heard no answer sends it (3.3.1.1).</summary>
    public byte[] Again() => (Bytes[0] & 0b110) == 0 ? Bytes : [(byte)(Bytes[0] | Duplicate), .. Bytes.AsSpan(1)];

    /// <summary>With one bit turned.</summary>
    public byte[] Turned(int at, int bit)
    {
        var bytes = Bytes.ToArray();
        bytes[at] ^= (byte)(1 << bit);
        return bytes;
    }

    private static (int Value, int Size) Variable(byte[] bytes, int at)
    {
        var (value, size) = (0, 0);
        do
        {
            value |= (bytes[at + size] & 0x7F) << (7 * size);
        }
        while ((bytes[at + size++] & 0x80) != 0);
        return (value, size);
    }
}
