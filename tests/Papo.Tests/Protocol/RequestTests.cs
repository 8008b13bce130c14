// Owns: the tests of requests, replies, packed entries and echoes.
// Must never: serve a request meant for another device, or believe a reply to another question.
using System.Formats.Cbor;
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class RequestTests
{
    private static readonly Entry Card = Cast.CardEntry(Cast.Ana);
    private static readonly Entry Text = Cast.Text(Cast.Ana, "oi!", Card);

    private static readonly RequestBody[] Bodies =
    [
        new HaveRequest([Room.General, Cast.Kitchen], [Cast.Ana.Device]),
        new HaveRequest([], []),
        new GetRequest(Cast.Kitchen, [new EntryRange(Cast.Bia.Device, 0, 9), new EntryRange(Cast.Ana.Device, 4, 4)]),
        new PageRequest(Room.General, PageAnchor.Around, Hlc.At(Cast.Now), 50),
        new SyncRequest(new byte[] { 1, 2, 3 }, [Room.General, Cast.Kitchen]),
        new SyncRequest(default, []),
        new SearchRequest("café da manhã", [Cast.Kitchen], "bia", 20),
        new SearchRequest("café", [Room.General, Cast.Kitchen], null, 200),
        new CompareRequest(CompareStep.Ask, Cast.Nonce),
        new CompareRequest(CompareStep.Commit, new byte[EmojiCode.CommitmentSize]),
        new CompareRequest(CompareStep.Reveal, new byte[ExchangeKey.Size]),
        new UnknownRequest(42),
    ];

    [Fact]
    public void Every_request_survives_its_bytes()
    {
        foreach (var body in Bodies)
        {
            Assert.True(Read(Signed(body), out var read));
            Assert.Equal(Cast.Ana.Device, read.Asker.Device);
            Assert.Equivalent(body, read.Body, strict: true);
        }
    }

    [Fact]
    public void A_request_to_another_device_or_with_another_nonce_or_space_is_refused()
    {
        var split = Cast.Split(Signed(Bodies[0]));
        Assert.False(Request.TryRead(Cast.Home, Cast.Caio.Device, Cast.Nonce, split, Cast.NoCard, out _));
        Assert.False(Request.TryRead(Cast.Home, Cast.Bia.Device, Cast.Flip(Cast.Nonce, 3), split, Cast.NoCard, out _));
        Assert.False(Request.TryRead(Cast.Home, Cast.Bia.Device, Cast.Nonce.AsSpan(0, 15), split, Cast.NoCard, out _));
        Assert.False(Request.TryRead(Cast.Work, Cast.Bia.Device, Cast.Nonce, split, Cast.NoCard, out _));
    }

    [Fact]
    public void A_request_signed_by_another_device_than_its_card_names_is_refused() =>
        Assert.False(Read(new Request(Cast.Ana.Card, Bodies[0]).Sign(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Caio.DeviceKeys), out _));

    [Fact]
    public void A_request_with_any_bit_flipped_is_refused()
    {
        var bytes = Signed(Bodies[2]);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            Assert.False(Read(Cast.Flip(bytes, bit), out _), $"bit {bit}");
        }
    }

    [Theory]
    [InlineData(256, 64, true)]
    [InlineData(257, 0, false)]
    [InlineData(0, 65, false)]
    public void A_have_names_at_most_256_rooms_and_64_logs(int rooms, int logs, bool valid) =>
        Assert.Equal(valid, Read(Signed(new HaveRequest([.. Enumerable.Range(0, rooms).Select(static i => Cast.Take($"room-{i}"))], [.. Enumerable.Repeat(Cast.Ana.Device, logs)])), out _));

    [Fact]
    public void A_get_names_at_most_64_ranges_that_do_not_run_backwards()
    {
        Assert.True(Read(Signed(new GetRequest(Room.General, [.. Enumerable.Repeat(new EntryRange(Cast.Ana.Device, 3, 3), 64)])), out _));
        Assert.False(Read(Signed(new GetRequest(Room.General, [.. Enumerable.Repeat(new EntryRange(Cast.Ana.Device, 3, 3), 65)])), out _));
        Assert.False(Read(Signed(new GetRequest(Room.General, [new EntryRange(Cast.Ana.Device, 4, 3)])), out _));
        Assert.False(Read(Signed(new GetRequest(Room.General, [new EntryRange(Cast.Ana.Device, -1, 3)])), out _));
    }

    [Fact]
    public void A_range_without_end_ends_at_the_highest_place_so_that_sums_do_not_overflow()
    {
        Assert.True(Read(Signed(new GetRequest(Room.General, [new EntryRange(Cast.Ana.Device, 0, long.MaxValue)])), out var read));
        Assert.Equal(Limits.Seq + 1, Assert.IsType<GetRequest>(read.Body).Ranges[0].Count);
    }

    [Theory]
    [InlineData(0, 5UL, 1, true)]
    [InlineData(3, 5UL, 1_000, true)]
    [InlineData(4, 5UL, 1, false)]
    [InlineData(-1, 5UL, 1, false)]
    [InlineData(0, 5UL, 0, false)]
    [InlineData(0, 5UL, 1_001, false)]
    [InlineData(0, 0x8000_0000_0000_0000UL, 1, false)]
    public void A_page_has_a_known_anchor_a_stamp_in_bounds_and_up_to_a_thousand_messages(int anchor, ulong stamp, int count, bool valid) =>
        Assert.Equal(valid, Read(Signed(new PageRequest(Room.General, (PageAnchor)anchor, new Hlc(stamp), count)), out _));

    [Theory]
    [InlineData(128, 256, true)]
    [InlineData(129, 0, false)]
    [InlineData(0, 257, false)]
    public void A_sync_has_a_cursor_of_at_most_128_bytes_and_256_rooms(int cursor, int rooms, bool valid) =>
        Assert.Equal(valid, Read(Signed(new SyncRequest(new byte[cursor], [.. Enumerable.Range(0, rooms).Select(static i => Cast.Take($"room-{i}"))])), out _));

    [Theory]
    [InlineData(200, 64, 200, true)]
    [InlineData(0, 1, 1, false)]
    [InlineData(201, 1, 1, false)]
    [InlineData(1, 0, 1, false)]
    [InlineData(1, 65, 1, false)]
    [InlineData(1, 1, 0, false)]
    [InlineData(1, 1, 201, false)]
    public void A_search_has_words_rooms_and_a_count_in_bounds(int words, int rooms, int count, bool valid) =>
        Assert.Equal(valid, Read(Signed(new SearchRequest(new string('a', words), [.. Enumerable.Range(0, rooms).Select(static i => Cast.Take($"room-{i}"))], null, count)), out _));

    [Fact]
    public void A_reply_to_a_sync_carries_the_next_cursor()
    {
        var reply = new Reply(Cast.Bia.Device, 0, true, true, ReplyStatus.Ok, []) { Cursor = new byte[] { 7, 8, 9 } };
        Assert.True(Reply.TryRead(Cast.Home, Cast.Split(reply.Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys)), out var read));
        Assert.Equal([7, 8, 9], read.Cursor.ToArray());
        var long129 = reply with { Cursor = new byte[129] };
        Assert.False(Reply.TryRead(Cast.Home, Cast.Split(long129.Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys)), out _));
    }

    [Fact]
    public void A_reply_survives_its_bytes_with_entries_of_both_packed_forms()
    {
        Assert.True(Entry.TryReadWithoutBody(Cast.Home, Room.General, Text.HeaderBytes, Text.Signature, Text.BodyHash.ToArray(), out var bare));
        var reply = new Reply(Cast.Bia.Device, 7, true, true, ReplyStatus.Ok, [new RoomEntries(Room.General, [Card, Text, bare]), new RoomEntries(Cast.Kitchen, [])]);
        var split = Cast.Split(reply.Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys));
        Assert.True(Reply.TryRead(Cast.Home, split, out var read));
        Assert.True(read.IsSignedBy(Cast.Bia.Card, Cast.Home, Cast.Ana.Device, Cast.Nonce, split));
        Assert.Equal((reply.Device, 7, true, true, ReplyStatus.Ok), (read.Device, read.Index, read.Last, read.More, read.Status));
        Assert.Equal([Room.General, Cast.Kitchen], read.Rooms.Select(static r => r.Room));
        Assert.Equal([Card.Id, Text.Id, Text.Id], read.Rooms[0].Entries.Select(static e => e.Id));
        Assert.Null(read.Rooms[0].Entries[2].Body);
        Assert.All(read.Rooms[0].Entries, static entry => Assert.True(entry.Verifies(Cast.Home, Cast.Ana.Card)));
    }

    [Fact]
    public void A_reply_from_another_device_or_to_another_question_or_asker_is_refused()
    {
        var reply = new Reply(Cast.Bia.Device, 0, true, false, ReplyStatus.Ok, []);
        var split = Cast.Split(reply.Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys));
        Assert.False(reply.IsSignedBy(Cast.Caio.Card, Cast.Home, Cast.Ana.Device, Cast.Nonce, split));
        Assert.False(reply.IsSignedBy(Cast.Bia.Card, Cast.Home, Cast.Caio.Device, Cast.Nonce, split));
        Assert.False(reply.IsSignedBy(Cast.Bia.Card, Cast.Home, Cast.Ana.Device, Cast.Flip(Cast.Nonce, 0), split));
        Assert.False(reply.IsSignedBy(Cast.Bia.Card, Cast.Work, Cast.Ana.Device, Cast.Nonce, split));
        var forged = Cast.Split(reply.Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Caio.DeviceKeys));
        Assert.False(reply.IsSignedBy(Cast.Bia.Card, Cast.Home, Cast.Ana.Device, Cast.Nonce, forged));
    }

    [Fact]
    public void A_reply_with_any_bit_flipped_is_refused()
    {
        var bytes = new Reply(Cast.Bia.Device, 0, true, false, ReplyStatus.Ok, [new RoomEntries(Room.General, [Text])]).Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var split = Cast.Split(Cast.Flip(bytes, bit));
            Assert.False(Reply.TryRead(Cast.Home, split, out var read) && read.IsSignedBy(Cast.Bia.Card, Cast.Home, Cast.Ana.Device, Cast.Nonce, split), $"bit {bit}");
        }
    }

    [Fact]
    public void One_entry_of_the_largest_size_fits_a_reply_and_a_frame_beyond_that_is_refused()
    {
        var big = Cast.Sign(Cast.Ana, Cast.Header(Cast.Ana, EntryKind.Text, 1, Card.Id), new byte[Limits.Entry - 64 - Text.HeaderBytes.Length]);
        byte[] Frame(params Entry[] entries) =>
            new Reply(Cast.Bia.Device, 0, true, false, ReplyStatus.Ok, [new RoomEntries(Room.General, entries)]).Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys);
        Assert.True(Reply.TryRead(Cast.Home, Cast.Split(Frame(big)), out _));
        Assert.True(PackedEntry.MaxSize(big) + 512 < Limits.Reply);
        Assert.False(Reply.TryRead(Cast.Home, Cast.Split(Frame(big, big)), out _));
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(7, 99, true)] // a status of a later version
    [InlineData(8, 0, false)]
    [InlineData(-1, 0, false)]
    [InlineData(0, -1, false)]
    public void A_reply_has_at_most_eight_frames(int index, int status, bool valid) =>
        Assert.Equal(valid, Reply.TryRead(Cast.Home, Cast.Split(new Reply(Cast.Bia.Device, index, true, false, (ReplyStatus)status, []).Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys)), out _));

    [Fact]
    public void The_packed_size_is_never_underestimated() => Gen.Int[0, 60_000].Sample(
        static size =>
        {
            var entry = Cast.Sign(Cast.Ana, Cast.Header(Cast.Ana, EntryKind.Text, 1, Card.Id), new byte[size]);
            var packed = Cast.Cbor(writer =>
            {
                writer.WriteStartArray(3);
                writer.WriteByteString(entry.HeaderBytes.Span);
                writer.WriteByteString(entry.Signature.Span);
                writer.WriteByteString(entry.Body!.Value.Span);
                writer.WriteEndArray();
            });
            return packed.Length <= PackedEntry.MaxSize(entry);
        },
        iter: 50,
        threads: 1);

    [Fact]
    public void An_inbox_message_is_told_by_its_first_two_fields()
    {
        Assert.Equal(InboxKind.Request, InboxMessage.Peek(Cast.Split(Signed(Bodies[0]))));
        Assert.Equal(InboxKind.Reply, InboxMessage.Peek(Cast.Split(new Reply(Cast.Bia.Device, 0, true, false, ReplyStatus.Ok, []).Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys))));
        Assert.Equal(InboxKind.Echo, InboxMessage.Peek(Cast.Split(InboxMessage.Echo())));
        Assert.Equal(InboxKind.Unknown, InboxMessage.Peek(default));
        Assert.Equal(InboxKind.Unknown, InboxMessage.Peek(new SignedContent(Cast.Cbor(static w => Pair(w, 2, 0)), default)));
        Assert.Equal(InboxKind.Unknown, InboxMessage.Peek(new SignedContent(Cast.Cbor(static w => Pair(w, 1, 9)), default)));
    }

    private static void Pair(CborWriter writer, int version, int type)
    {
        writer.WriteStartArray(2);
        writer.WriteInt32(version);
        writer.WriteInt32(type);
        writer.WriteEndArray();
    }

    private static byte[] Signed(RequestBody body) => new Request(Cast.Ana.Card, body).Sign(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Ana.DeviceKeys);

    private static bool Read(byte[] bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Request? request) =>
        Request.TryRead(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Split(bytes), Cast.NoCard, out request);
}
