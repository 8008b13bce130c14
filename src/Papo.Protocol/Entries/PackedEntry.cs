// Owns: the packed form of an entry in replies: CBOR [header, signature, body], or [header, signature, null, body hash].
// Must never: be taken apart and re-encoded; header and body bytes are passed on as received.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Papo.Protocol;

/// <summary>Entries inside replies, and those of private rooms as they are published.</summary>
public static class PackedEntry
{
    /// <summary>An upper bound of the packed size in bytes.</summary>
    public static int MaxSize(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry.HeaderBytes.Length + entry.Signature.Length + (entry.Body?.Length ?? SHA256.HashSizeInBytes) + 16;
    }

    /// <summary>The payload of an entry in a private room.</summary>
    public static byte[] Encode(Entry entry)
    {
        var writer = Cbor.Writer();
        Write(writer, entry);
        return writer.Encode();
    }

    /// <summary>Reads such a payload; without verifying it.</summary>
    public static bool TryRead(SpaceId space, Room room, ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        return payload.Length <= Limits.Reply && Cbor.TryRead(payload, reader => Read(reader, space, room), out entry);
    }

    internal static void Write(CborWriter writer, Entry entry)
    {
        writer.WriteStartArray(entry.Body is null ? 4 : 3);
        writer.WriteByteString(entry.HeaderBytes.Span);
        writer.WriteByteString(entry.Signature.Span);
        if (entry.Body is { } body)
        {
            writer.WriteByteString(body.Span);
        }
        else
        {
            writer.WriteNull();
            writer.WriteByteString(entry.BodyHash);
        }

        writer.WriteEndArray();
    }

    internal static Entry? Read(CborReader reader, SpaceId space, Room room)
    {
        var length = reader.ReadArray(3, 4);
        var header = reader.ReadByteString();
        var signature = reader.ReadByteString();
        Entry? entry;
        if (length == 3)
        {
            Entry.TryRead(space, room, header, signature, reader.ReadByteString(), out entry);
        }
        else
        {
            reader.ReadNull();
            Entry.TryReadWithoutBody(space, room, header, signature, reader.ReadByteString(), out entry);
        }

        reader.ReadEndArray();
        return entry;
    }
}
