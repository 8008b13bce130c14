// Owns: the retained mark of a community on a broker: its id and when it was made.
// Must never: be taken as proof of anything on a bare broker; anybody can write it there.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>The payload of <c>chat/_space</c>: CBOR <c>[1, space, made-at]</c>, made-at in Unix milliseconds.</summary>
public sealed record SpaceCard(SpaceId Space, long MadeAt)
{
    /// <summary>
    /// Which of two cards stands: the older, and of two equally old the lower id. A total order, so that everybody ends with the same
    /// card in whatever order cards come (docs/decisions/0030-protocol-changes.md).
    /// </summary>
    public static SpaceCard Standing(SpaceCard one, SpaceCard other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.MadeAt == other.MadeAt)
        {
            return one.Space <= other.Space ? one : other;
        }

        return one.MadeAt < other.MadeAt ? one : other;
    }

    /// <summary>Encodes.</summary>
    public byte[] Encode()
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(3);
        writer.WriteInt32(1);
        writer.WriteId(Space.Value);
        writer.WriteInt64(MadeAt);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads; later versions may append fields.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SpaceCard? card)
    {
        card = null;
        return bytes.Length <= 1024 && Cbor.TryRead(bytes, Parse, out card);
    }

    private static SpaceCard? Parse(CborReader reader)
    {
        reader.ReadArray(3, 16);
        if (reader.ReadInt32() != 1)
        {
            return null;
        }

        var card = new SpaceCard(new(reader.ReadId()), reader.ReadCount());
        reader.SkipToEndArray();
        return card;
    }
}
