// Owns: one frame of an answer: which frame, whether more follow, a status, and packed entries by room.
// Must never: be believed from any device but the one asked.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>How a request was answered.</summary>
public enum ReplyStatus
{
    /// <summary>Here is what is held.</summary>
    Ok = 0,

    /// <summary>Not in that room, or nothing of it is held.</summary>
    Gone = 1,

    /// <summary>Not for this asker.</summary>
    Denied = 2,

    /// <summary>Ask again later.</summary>
    Busy = 3,

    /// <summary>The request asks for too much.</summary>
    TooBig = 4,

    /// <summary>The op is not known.</summary>
    UnknownOp = 5,

    /// <summary>The version is not known.</summary>
    UnknownVersion = 6,

    /// <summary>What the asker presents was good once: its time is over.</summary>
    Expired = 7,

    /// <summary>What the asker presents was used by somebody else.</summary>
    Used = 8,
}

/// <summary>Entries of one room in a reply.</summary>
public sealed record RoomEntries(Room Room, IReadOnlyList<Entry> Entries);

/// <summary>
/// One frame: CBOR <c>[1, 1, device, index, more, status, [[room, [packed…]]…], cursor?, secrets?, answer?]</c> and the answering device's signature over
/// (label, space, asker device, nonce, content).
/// </summary>
/// <param name="Device">Who answers.</param>
/// <param name="Index">From 0, at most <see cref="Limits.ReplyFrames"/> - 1.</param>
/// <param name="Last">No frame follows.</param>
/// <param name="More">On the last frame: there is more than this reply holds; ask again.</param>
/// <param name="Status">How it went.</param>
/// <param name="Rooms">The entries.</param>
public sealed record Reply(DeviceId Device, int Index, bool Last, bool More, ReplyStatus Status, IReadOnlyList<RoomEntries> Rooms)
{
    private const string Label = "papo/1 reply";

    /// <summary>On the last frame of an answer to <see cref="SyncRequest"/>: where to go on; else empty. At most <see cref="SyncRequest.MaxCursor"/> bytes.</summary>
    public ReadOnlyMemory<byte> Cursor { get; init; }

    /// <summary>On the last frame of an answer to <see cref="SecretsRequest"/>: what could be handed over.</summary>
    public IReadOnlyList<SealedSecret> Secrets { get; init; } = [];

    /// <summary>On the last frame of an answer to <see cref="LinkRequest"/>, <see cref="RenewRequest"/>, <see cref="RoomsRequest"/> or <see cref="CompareRequest"/>: what it says. At most <see cref="Limits.ReplyFrame"/> bytes.</summary>
    public ReadOnlyMemory<byte> Answer { get; init; }

    /// <summary>Encodes and signs.</summary>
    public byte[] Sign(SpaceId space, DeviceId asker, ReadOnlySpan<byte> nonce, KeyPair device)
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(!Answer.IsEmpty ? 10 : Secrets.Count > 0 ? 9 : Cursor.IsEmpty ? 7 : 8);
        writer.WriteInt32(1);
        writer.WriteInt32(InboxMessage.ReplyType);
        writer.WriteId(Device.Value);
        writer.WriteInt32(Index);
        writer.WriteInt32((Last ? 1 : 0) | (More ? 2 : 0));
        writer.WriteInt32((int)Status);
        writer.WriteStartArray(Rooms.Count);
        foreach (var room in Rooms)
        {
            writer.WriteStartArray(2);
            writer.WriteTextString(room.Room.Name);
            writer.WriteStartArray(room.Entries.Count);
            foreach (var entry in room.Entries)
            {
                PackedEntry.Write(writer, entry);
            }

            writer.WriteEndArray();
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        if (!Cursor.IsEmpty || Secrets.Count > 0 || !Answer.IsEmpty)
        {
            writer.WriteByteString(Cursor.Span);
        }

        if (Secrets.Count > 0 || !Answer.IsEmpty)
        {
            SealedSecret.Write(writer, Secrets);
        }

        if (!Answer.IsEmpty)
        {
            writer.WriteByteString(Answer.Span);
        }

        writer.WriteEndArray();
        return SignedContent.Make(device, Signed(space, asker, nonce), writer.Encode());
    }

    /// <summary>Reads without verifying; entries inside are parsed, not verified. Call <see cref="IsSignedBy"/> first thing.</summary>
    public static bool TryRead(SpaceId space, SignedContent split, [NotNullWhen(true)] out Reply? reply)
    {
        reply = null;
        return split.Content.Length + split.Signature.Length <= Limits.Reply && Cbor.TryRead(split.Content, reader => Parse(reader, space), out reply);
    }

    /// <summary>Whether the device of <paramref name="card"/> gave this answer to this question.</summary>
    public bool IsSignedBy(DeviceCard card, SpaceId space, DeviceId asker, ReadOnlySpan<byte> nonce, SignedContent split)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.Device == Device && split.IsSignedBy(card.DeviceKey, Signed(space, asker, nonce));
    }

    private static Reply? Parse(CborReader reader, SpaceId space)
    {
        reader.ReadArray(7, 32);
        if (reader.ReadInt32() != 1 || reader.ReadInt32() != InboxMessage.ReplyType)
        {
            return null;
        }

        var device = new DeviceId(reader.ReadId());
        var index = reader.ReadInt32();
        var flags = reader.ReadInt32();
        var status = reader.ReadInt32();
        if (index is < 0 or >= Limits.ReplyFrames || status < 0)
        {
            return null;
        }

        var rooms = new RoomEntries[reader.ReadArray(0, Request.MaxRooms)];
        for (var i = 0; i < rooms.Length; i++)
        {
            if (ReadRoom(reader, space) is not { } room)
            {
                return null;
            }

            rooms[i] = room;
        }

        reader.ReadEndArray();
        ReadOnlyMemory<byte> cursor = reader.PeekState() == CborReaderState.ByteString ? reader.ReadByteString() : default;
        if (cursor.Length > SyncRequest.MaxCursor)
        {
            return null;
        }

        var secrets = reader.PeekState() == CborReaderState.StartArray ? SealedSecret.Read(reader) : [];
        ReadOnlyMemory<byte> answer = reader.PeekState() == CborReaderState.ByteString ? reader.ReadByteString() : default;
        reader.SkipToEndArray();
        return new Reply(device, index, (flags & 1) != 0, (flags & 2) != 0, (ReplyStatus)status, rooms) { Cursor = cursor, Secrets = secrets, Answer = answer };
    }

    private static RoomEntries? ReadRoom(CborReader reader, SpaceId space)
    {
        reader.ReadArray(2, 2);
        if (!Room.TryFromWire(reader.ReadTextString(), out var room))
        {
            return null;
        }

        var count = reader.ReadArray(0, Limits.ReplyFrame);
        var entries = new List<Entry>(Math.Min(count, 512));
        for (var i = 0; i < count; i++)
        {
            if (PackedEntry.Read(reader, space, room) is not { } entry)
            {
                return null;
            }

            entries.Add(entry);
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return new RoomEntries(room, entries);
    }

    private static SignedList Signed(SpaceId space, DeviceId asker, ReadOnlySpan<byte> nonce) =>
        new SignedList(Label).Add(space.Value).Add(asker.Value).Add(nonce);
}
