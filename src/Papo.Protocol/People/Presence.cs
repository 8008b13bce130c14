// Owns: the signed, retained statement of one device about itself: here, away or gone, and in which open rooms.
// Must never: be believed from an older session, or without card and signature; reading verifies both.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;
using System.Text;

namespace Papo.Protocol;

/// <summary>What a device says of itself.</summary>
public enum PresenceState
{
    /// <summary>Left.</summary>
    Offline = 0,

    /// <summary>Here.</summary>
    Online = 1,

    /// <summary>Here, its owner is not.</summary>
    Away = 2,

    /// <summary>The connection broke (the will): it may well come back, so 15 s pass before it is shown as gone.</summary>
    Lost = 3,
}

/// <summary>
/// A verified presence: CBOR <c>[1, card, session, state, since, at, status, [room…]]</c> and the device's signature
/// (docs/PROTOCOL.md, Presence). Times are Unix milliseconds.
/// </summary>
public sealed record Presence
{
    private const string Label = "papo/1 presence";
    private const int MaxBytes = 8 * 1024;

    /// <summary>The device and its name.</summary>
    public required DeviceCard Card { get; init; }

    /// <summary>Rises with every connection of the device; the will carries that of the connection it was left with.</summary>
    public required long Session { get; init; }

    /// <summary>Here, away or gone.</summary>
    public required PresenceState State { get; init; }

    /// <summary>When this state began.</summary>
    public required long Since { get; init; }

    /// <summary>When this statement was made: of one session the latest counts.</summary>
    public required long At { get; init; }

    /// <summary>Free text of at most <see cref="Limits.StatusCodePoints"/> code points.</summary>
    public string Status { get; init; } = "";

    /// <summary>Open rooms the device is in, at most <see cref="Limits.PresenceRooms"/>.</summary>
    public IReadOnlyList<Room> Rooms { get; init; } = [];

    /// <summary>The account's device list where it names removed copies, unread; else empty.</summary>
    public ReadOnlyMemory<byte> List { get; init; }

    /// <summary>Whether this statement replaces <paramref name="known"/> of the same device: a later session, or within one a later or broken one.</summary>
    public bool Replaces(Presence known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return Session > known.Session || (Session == known.Session && (State == PresenceState.Lost ? known.State is PresenceState.Online or PresenceState.Away : At > known.At));
    }

    /// <summary>Encodes and signs with the card's device key.</summary>
    public byte[] Sign(SpaceId space, KeyPair device)
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(List.IsEmpty ? 8 : 9);
        writer.WriteInt32(1);
        writer.WriteByteString(Card.Bytes.Span);
        writer.WriteInt64(Session);
        writer.WriteInt32((int)State);
        writer.WriteInt64(Since);
        writer.WriteInt64(At);
        writer.WriteTextString(Status);
        writer.WriteStartArray(Rooms.Count);
        foreach (var room in Rooms)
        {
            writer.WriteTextString(room.Name);
        }

        writer.WriteEndArray();
        if (!List.IsEmpty)
        {
            writer.WriteByteString(List.Span);
        }

        writer.WriteEndArray();
        return SignedContent.Make(device, Signed(space), writer.Encode());
    }

    /// <summary>Reads and verifies card and signature. <paramref name="knownCard"/> saves verifying a card seen before.</summary>
    public static bool TryRead(SpaceId space, ReadOnlyMemory<byte> bytes, Func<ReadOnlyMemory<byte>, DeviceCard?> knownCard, [NotNullWhen(true)] out Presence? presence)
    {
        presence = null;
        return bytes.Length <= MaxBytes
            && SignedContent.TrySplit(bytes, out var split)
            && Cbor.TryRead(split.Content, reader => Parse(reader, space, knownCard), out presence)
            && split.IsSignedBy(presence.Card.DeviceKey, Signed(space));
    }

    private static Presence? Parse(CborReader reader, SpaceId space, Func<ReadOnlyMemory<byte>, DeviceCard?> knownCard)
    {
        reader.ReadArray(8, 32);
        if (reader.ReadInt32() != 1)
        {
            return null;
        }

        ReadOnlyMemory<byte> cardBytes = reader.ReadByteString();
        var card = knownCard(cardBytes);
        if (card is null && !DeviceCard.TryRead(space, cardBytes, out card))
        {
            return null;
        }

        var session = reader.ReadCount();
        var state = reader.ReadInt32();
        var since = reader.ReadCount();
        var at = reader.ReadCount();
        var status = reader.ReadTextString();
        if (state is < 0 or > 3 || CountCodePoints(status) > Limits.StatusCodePoints)
        {
            return null;
        }

        var rooms = new List<Room>();
        var count = reader.ReadArray(0, Limits.PresenceRooms);
        for (var i = 0; i < count; i++)
        {
            if (Room.TryFromWire(reader.ReadTextString(), out var room) && !room.IsPrivate)
            {
                rooms.Add(room);
            }
        }

        reader.ReadEndArray();
        ReadOnlyMemory<byte> list = reader.PeekState() == CborReaderState.ByteString ? reader.ReadByteString() : default;
        reader.SkipToEndArray();
        return new Presence { List = list, Card = card, Session = session, State = (PresenceState)state, Since = since, At = at, Status = status, Rooms = rooms };
    }

    private static int CountCodePoints(string text)
    {
        var count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static SignedList Signed(SpaceId space) => new SignedList(Label).Add(space.Value);
}
