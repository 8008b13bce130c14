// Owns: what a device asks another: encoding and signature (docs/PROTOCOL.md, Requests).
// Must never: be served without its signature over the target and the nonce.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>
/// A request: CBOR <c>[1, 0, card, op, args]</c> and the asker's signature over (label, space, target device, nonce, content).
/// The nonce is MQTT Correlation Data, the way back MQTT Response Topic.
/// </summary>
public sealed record Request(DeviceCard Asker, RequestBody Body)
{
    /// <summary>Size of the nonce in bytes.</summary>
    public const int NonceSize = 16;

    /// <summary>Rooms in one <see cref="HaveRequest"/>.</summary>
    public const int MaxRooms = 256;

    private const string Label = "papo/1 request";
    private const int HaveOp = 0;
    private const int GetOp = 1;
    private const int PageOp = 2;
    private const int SyncOp = 3;
    private const int SearchOp = 4;
    private const int CommitsOp = 5;
    private const int SecretsOp = 6;
    private const int EnterOp = 7;
    private const int LinkOp = 8;
    private const int RenewOp = 9;
    private const int RoomsOp = 10;
    private const int CompareOp = 11;

    /// <summary>Encodes and signs.</summary>
    public byte[] Sign(SpaceId space, DeviceId target, ReadOnlySpan<byte> nonce, KeyPair device)
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(5);
        writer.WriteInt32(1);
        writer.WriteInt32(InboxMessage.RequestType);
        writer.WriteByteString(Asker.Bytes.Span);
        WriteBody(writer);
        writer.WriteEndArray();
        return SignedContent.Make(device, Signed(space, target, nonce), writer.Encode());
    }

    /// <summary>Reads and verifies a request to <paramref name="self"/>.</summary>
    public static bool TryRead(SpaceId space, DeviceId self, ReadOnlySpan<byte> nonce, SignedContent split, Func<ReadOnlyMemory<byte>, DeviceCard?> knownCard, [NotNullWhen(true)] out Request? request) =>
        TryParse(space, nonce, split, knownCard, out request)
        && split.IsSignedBy(request.Asker.DeviceKey, Signed(space, self, nonce));

    private static bool TryParse(SpaceId space, ReadOnlySpan<byte> nonce, SignedContent split, Func<ReadOnlyMemory<byte>, DeviceCard?> knownCard, [NotNullWhen(true)] out Request? request)
    {
        request = null;
        return nonce.Length == NonceSize
            && split.Content.Length + split.Signature.Length <= Limits.Request
            && Cbor.TryRead(split.Content, reader => Parse(reader, space, knownCard), out request);
    }

    private void WriteBody(CborWriter writer)
    {
        switch (Body)
        {
            case HaveRequest have:
                writer.WriteInt32(HaveOp);
                WriteHave(writer, have);
                break;
            case GetRequest get:
                writer.WriteInt32(GetOp);
                WriteGet(writer, get);
                break;
            case PageRequest page:
                writer.WriteInt32(PageOp);
                writer.WriteStartArray(4);
                writer.WriteTextString(page.Room.Name);
                writer.WriteInt32((int)page.Anchor);
                writer.WriteUInt64(page.Stamp.Value);
                writer.WriteInt32(page.Count);
                writer.WriteEndArray();
                break;
            case SyncRequest sync:
                writer.WriteInt32(SyncOp);
                writer.WriteStartArray(2);
                writer.WriteByteString(sync.Cursor.Span);
                WriteRooms(writer, sync.Rooms);
                writer.WriteEndArray();
                break;
            case SearchRequest search:
                writer.WriteInt32(SearchOp);
                WriteSearch(writer, search);
                break;
            case CommitsRequest commits:
                writer.WriteInt32(CommitsOp);
                PrivateRequests.Write(writer, commits);
                break;
            case SecretsRequest secrets:
                writer.WriteInt32(SecretsOp);
                PrivateRequests.Write(writer, secrets);
                break;
            case EnterRequest enter:
                writer.WriteInt32(EnterOp);
                LinkRequests.Write(writer, enter);
                break;
            case LinkRequest link:
                writer.WriteInt32(LinkOp);
                LinkRequests.Write(writer, link);
                break;
            case RenewRequest renew:
                writer.WriteInt32(RenewOp);
                LinkRequests.Write(writer, renew);
                break;
            case RoomsRequest:
                writer.WriteInt32(RoomsOp);
                writer.WriteStartArray(0);
                writer.WriteEndArray();
                break;
            case CompareRequest compare:
                writer.WriteInt32(CompareOp);
                compare.Write(writer);
                break;
            case UnknownRequest unknown:
                writer.WriteInt32(unknown.Op);
                writer.WriteNull();
                break;
        }
    }

    private static void WriteHave(CborWriter writer, HaveRequest have)
    {
        writer.WriteStartArray(3);
        WriteRooms(writer, have.Rooms);
        writer.WriteStartArray(have.Logs.Count);
        foreach (var log in have.Logs)
        {
            writer.WriteId(log.Value);
        }

        writer.WriteEndArray();
        writer.WriteId(have.After.Value);
        writer.WriteEndArray();
    }

    private static void WriteSearch(CborWriter writer, SearchRequest search)
    {
        writer.WriteStartArray(4);
        writer.WriteTextString(search.Words);
        WriteRooms(writer, search.Rooms);
        if (search.From is null)
        {
            writer.WriteNull();
        }
        else
        {
            writer.WriteTextString(search.From);
        }

        writer.WriteInt32(search.Count);
        writer.WriteEndArray();
    }

    private static void WriteRooms(CborWriter writer, IReadOnlyList<Room> rooms)
    {
        writer.WriteStartArray(rooms.Count);
        foreach (var room in rooms)
        {
            writer.WriteTextString(room.Name);
        }

        writer.WriteEndArray();
    }

    private static void WriteGet(CborWriter writer, GetRequest get)
    {
        writer.WriteStartArray(2);
        writer.WriteTextString(get.Room.Name);
        writer.WriteStartArray(get.Ranges.Count);
        foreach (var range in get.Ranges)
        {
            writer.WriteStartArray(3);
            writer.WriteId(range.Device.Value);
            writer.WriteInt64(range.From);
            writer.WriteInt64(range.To);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    private static Request? Parse(CborReader reader, SpaceId space, Func<ReadOnlyMemory<byte>, DeviceCard?> knownCard)
    {
        reader.ReadArray(5, 16);
        if (reader.ReadInt32() != 1 || reader.ReadInt32() != InboxMessage.RequestType)
        {
            return null;
        }

        ReadOnlyMemory<byte> cardBytes = reader.ReadByteString();
        var card = knownCard(cardBytes);
        if (card is null && !DeviceCard.TryRead(space, cardBytes, out card))
        {
            return null;
        }

        var op = reader.ReadInt32();
        RequestBody? body = op switch
        {
            HaveOp => ReadHave(reader),
            GetOp => ReadGet(reader),
            PageOp => ReadPage(reader),
            SyncOp => ReadSync(reader),
            SearchOp => ReadSearch(reader),
            CommitsOp => PrivateRequests.ReadCommits(reader),
            SecretsOp => PrivateRequests.ReadSecrets(reader, space, card),
            EnterOp => LinkRequests.ReadEnter(reader),
            LinkOp => LinkRequests.ReadLink(reader),
            RenewOp => LinkRequests.ReadRenew(reader),
            RoomsOp => LinkRequests.ReadRooms(reader),
            CompareOp => CompareRequest.Read(reader),
            _ => Unknown(reader, op),
        };
        reader.SkipToEndArray();
        return body is null ? null : new Request(card, body);
    }

    private static HaveRequest? ReadHave(CborReader reader)
    {
        reader.ReadArray(3, 16);
        if (ReadRooms(reader) is not { } rooms)
        {
            return null;
        }

        var logs = new DeviceId[reader.ReadArray(0, Limits.Ranges)];
        for (var i = 0; i < logs.Length; i++)
        {
            logs[i] = new(reader.ReadId());
        }

        reader.ReadEndArray();
        var after = new DeviceId(reader.ReadId());
        reader.SkipToEndArray();
        return new HaveRequest(rooms, logs, after);
    }

    private static Room[]? ReadRooms(CborReader reader)
    {
        var rooms = new Room[reader.ReadArray(0, MaxRooms)];
        for (var i = 0; i < rooms.Length; i++)
        {
            if (!Room.TryFromWire(reader.ReadTextString(), out var room))
            {
                return null;
            }

            rooms[i] = room;
        }

        reader.ReadEndArray();
        return rooms;
    }

    private static SyncRequest? ReadSync(CborReader reader)
    {
        reader.ReadArray(2, 16);
        var cursor = reader.ReadByteString();
        if (cursor.Length > SyncRequest.MaxCursor || ReadRooms(reader) is not { } rooms)
        {
            return null;
        }

        reader.SkipToEndArray();
        return new SyncRequest(cursor, rooms);
    }

    private static SearchRequest? ReadSearch(CborReader reader)
    {
        reader.ReadArray(4, 16);
        var words = reader.ReadTextString();
        if (ReadRooms(reader) is not { } rooms)
        {
            return null;
        }

        var from = ReadOptional(reader);
        var count = reader.ReadInt32();
        reader.SkipToEndArray();
        var search = new SearchRequest(words, rooms, from, count);
        return search.IsInBounds ? search : null;
    }

    private static string? ReadOptional(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Null)
        {
            return reader.ReadTextString();
        }

        reader.ReadNull();
        return null;
    }

    private static GetRequest? ReadGet(CborReader reader)
    {
        reader.ReadArray(2, 2);
        if (!Room.TryFromWire(reader.ReadTextString(), out var room))
        {
            return null;
        }

        var ranges = new EntryRange[reader.ReadArray(0, Limits.Ranges)];
        for (var i = 0; i < ranges.Length; i++)
        {
            reader.ReadArray(3, 3);
            ranges[i] = new(new(reader.ReadId()), reader.ReadSeq(), Math.Min(reader.ReadCount(), Limits.Seq));
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        reader.ReadEndArray();
        return ranges.All(static range => range.From <= range.To) ? new GetRequest(room, ranges) : null;
    }

    private static PageRequest? ReadPage(CborReader reader)
    {
        reader.ReadArray(4, 4);
        var valid = Room.TryFromWire(reader.ReadTextString(), out var room);
        var anchor = reader.ReadInt32();
        var stamp = new Hlc(reader.ReadUInt64());
        var count = reader.ReadInt32();
        reader.ReadEndArray();
        return valid && anchor is >= 0 and <= 3 && stamp <= Hlc.Max && count is > 0 and <= 1_000 ? new PageRequest(room!, (PageAnchor)anchor, stamp, count) : null;
    }

    private static UnknownRequest Unknown(CborReader reader, int op)
    {
        reader.SkipValue();
        return new UnknownRequest(op);
    }

    private static SignedList Signed(SpaceId space, DeviceId target, ReadOnlySpan<byte> nonce) =>
        new SignedList(Label).Add(space.Value).Add(target.Value).Add(nonce);
}
