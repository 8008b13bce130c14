// Owns: what a device answers a copy that asks to be linked, and the rooms that copies of one account tell each other of.
// Must never: hold a secret; whoever is in the account's list asks for those.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>A room that a copy is in: an open one, direct messages with a peer, or a private one by its genesis.</summary>
public sealed record KnownRoom(Room Room, AccountId? Peer, Genesis? Genesis)
{
    /// <summary>Rooms in one answer.</summary>
    public const int Most = 512;

    private const int MostBytes = 40 * 1024;

    /// <summary>Whether the room is what it says to be, for this account.</summary>
    public bool IsFor(AccountId account) => !Room.IsPrivate || (Genesis is { } genesis ? genesis.Room == Room : Peer is { } peer && Protocol.Genesis.Direct(peer, account) == Room);

    /// <summary>Encodes as many rooms as fit into an answer of so many bytes.</summary>
    public static byte[] Encode(IReadOnlyList<KnownRoom> rooms, int most = MostBytes)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        var left = Math.Min(MostBytes, most);
        var fitting = rooms.Take(Most).TakeWhile(room => (left -= 64 + (room.Genesis?.Bytes.Length ?? 0)) >= 0).ToList();
        var writer = Cbor.Writer();
        writer.WriteStartArray(fitting.Count);
        foreach (var room in fitting)
        {
            writer.WriteStartArray(3);
            writer.WriteTextString(room.Room.Name);
            WriteOptional(writer, room.Peer?.ToBytes());
            WriteOptional(writer, room.Genesis?.Bytes.ToArray());
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads rooms.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out IReadOnlyList<KnownRoom>? rooms) => Cbor.TryRead(bytes, Parse, out rooms);

    private static KnownRoom[]? Parse(CborReader reader)
    {
        var rooms = new KnownRoom[reader.ReadArray(0, Most)];
        for (var i = 0; i < rooms.Length; i++)
        {
            reader.ReadArray(3, 16);
            if (!Room.TryFromWire(reader.ReadTextString(), out var room))
            {
                return null;
            }

            AccountId? peer = ReadOptional(reader) is { } bytes ? AccountId.TryRead(bytes, out var account) ? account : throw new CborContentException("an id has 16 bytes") : null;
            Genesis? genesis = null;
            if (ReadOptional(reader) is { } begin && !Protocol.Genesis.TryRead(begin, out genesis))
            {
                return null;
            }

            reader.SkipToEndArray();
            rooms[i] = new KnownRoom(room, peer, genesis);
        }

        reader.ReadEndArray();
        return rooms;
    }

    private static void WriteOptional(CborWriter writer, byte[]? bytes)
    {
        if (bytes is null)
        {
            writer.WriteNull();
        }
        else
        {
            writer.WriteByteString(bytes);
        }
    }

    private static byte[]? ReadOptional(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Null)
        {
            return reader.ReadByteString();
        }

        reader.ReadNull();
        return null;
    }
}

/// <summary>
/// CBOR <c>[1, nonce, name, cards, rooms]</c>: the nonce of the code and the account's name from the first answer on; once a person has
/// confirmed, the account's cards for the devices, and its rooms.
/// </summary>
public sealed record LinkAnswer(ReadOnlyMemory<byte> Nonce, DisplayName Name, IReadOnlyList<ReadOnlyMemory<byte>> Cards, IReadOnlyList<KnownRoom> Rooms)
{
    /// <summary>Size of the nonce in bytes.</summary>
    public const int NonceSize = 16;

    /// <summary>Whether a person has confirmed.</summary>
    public bool IsGranted => Cards.Count > 0;

    /// <summary>Encodes, with as many rooms as fit into so many bytes; the others are asked for later.</summary>
    public byte[] Encode(int most = Limits.ReplyFrame)
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(5);
        writer.WriteInt32(1);
        writer.WriteByteString(Nonce.Span);
        writer.WriteTextString(Name.Text);
        writer.WriteStartArray(Cards.Count);
        foreach (var card in Cards)
        {
            writer.WriteByteString(card.Span);
        }

        writer.WriteEndArray();
        writer.WriteByteString(KnownRoom.Encode(Rooms, most - writer.BytesWritten));
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads; the cards are not verified.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out LinkAnswer? answer) => Cbor.TryRead(bytes, Parse, out answer);

    private static LinkAnswer? Parse(CborReader reader)
    {
        reader.ReadArray(5, 16);
        if (reader.ReadInt32() != 1)
        {
            return null;
        }

        var nonce = reader.ReadByteString();
        var text = reader.ReadTextString();
        var cards = new ReadOnlyMemory<byte>[reader.ReadArray(0, Limits.LinkedDevices)];
        for (var i = 0; i < cards.Length; i++)
        {
            cards[i] = reader.ReadByteString();
        }

        reader.ReadEndArray();
        var known = KnownRoom.TryRead(reader.ReadByteString(), out var rooms);
        reader.SkipToEndArray();
        return known && nonce.Length == NonceSize && DisplayName.TryParse(text, out var name) == NameProblem.None ? new LinkAnswer(nonce, name!, cards, rooms!) : null;
    }
}
