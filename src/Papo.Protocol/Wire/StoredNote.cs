// Owns: what a hub tells an author: these entries of yours are on my disk.
// Must never: be believed from anybody but the replica that signed it; the reader says which replicas are his hub's.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>One entry of the addressed device that is durable: its place and its id.</summary>
public readonly record struct StoredPlace(long Seq, EntryId Id);

/// <summary>
/// CBOR <c>[1, 3, replica, [[room, [[seq, id]…]]…]]</c> and the replica's signature over (label, space, addressed device, content)
/// (docs/PROTOCOL.md, Hubs).
/// </summary>
/// <param name="Replica">The device that stored them.</param>
/// <param name="Rooms">Places a room; at most <see cref="MaxRooms"/> rooms with <see cref="MaxPlaces"/> places each.</param>
public sealed record StoredNote(DeviceId Replica, IReadOnlyList<(Room Room, IReadOnlyList<StoredPlace> Places)> Rooms)
{
    /// <summary>Rooms in one note.</summary>
    public const int MaxRooms = 64;

    /// <summary>Places of one room in one note.</summary>
    public const int MaxPlaces = 256;

    private const string Label = "papo/1 stored";

    /// <summary>Encodes and signs.</summary>
    public byte[] Sign(SpaceId space, DeviceId author, KeyPair device)
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(4);
        writer.WriteInt32(1);
        writer.WriteInt32(InboxMessage.StoredType);
        writer.WriteId(Replica.Value);
        writer.WriteStartArray(Rooms.Count);
        foreach (var (room, places) in Rooms)
        {
            writer.WriteStartArray(2);
            writer.WriteTextString(room.Name);
            writer.WriteStartArray(places.Count);
            foreach (var place in places)
            {
                writer.WriteStartArray(2);
                writer.WriteInt64(place.Seq);
                writer.WriteId(place.Id.Value);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
        return SignedContent.Make(device, Signed(space, author), writer.Encode());
    }

    /// <summary>Reads without verifying; call <see cref="IsSignedBy"/> next.</summary>
    public static bool TryRead(SignedContent split, [NotNullWhen(true)] out StoredNote? note)
    {
        note = null;
        return split.Content.Length <= Limits.Request && Cbor.TryRead(split.Content, Parse, out note);
    }

    /// <summary>Whether the device of <paramref name="card"/> says this to <paramref name="author"/>.</summary>
    public bool IsSignedBy(DeviceCard card, SpaceId space, DeviceId author, SignedContent split)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.Device == Replica && split.IsSignedBy(card.DeviceKey, Signed(space, author));
    }

    private static StoredNote? Parse(CborReader reader)
    {
        reader.ReadArray(4, 32);
        if (reader.ReadInt32() != 1 || reader.ReadInt32() != InboxMessage.StoredType)
        {
            return null;
        }

        var replica = new DeviceId(reader.ReadId());
        var rooms = new (Room, IReadOnlyList<StoredPlace>)[reader.ReadArray(0, MaxRooms)];
        for (var i = 0; i < rooms.Length; i++)
        {
            reader.ReadArray(2, 2);
            if (!Room.TryFromWire(reader.ReadTextString(), out var room))
            {
                return null;
            }

            var places = new StoredPlace[reader.ReadArray(0, MaxPlaces)];
            for (var j = 0; j < places.Length; j++)
            {
                reader.ReadArray(2, 2);
                places[j] = new StoredPlace(reader.ReadCount(), new EntryId(reader.ReadId()));
                reader.ReadEndArray();
            }

            reader.ReadEndArray();
            reader.ReadEndArray();
            rooms[i] = (room, places);
        }

        reader.ReadEndArray();
        reader.SkipToEndArray();
        return new StoredNote(replica, rooms);
    }

    private static SignedList Signed(SpaceId space, DeviceId author) => new SignedList(Label).Add(space.Value).Add(author.Value);
}
