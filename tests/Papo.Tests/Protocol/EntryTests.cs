// Owns: the tests of entries: header, signature, id, live form, and what a forger would try.
// Must never: accept an entry anywhere but in the room, space, log and hand it was signed for.
using System.Formats.Cbor;
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class EntryTests
{
    private static readonly Entry Card = Cast.CardEntry(Cast.Ana);
    private static readonly Entry Text = Cast.Text(Cast.Ana, "oi!", Card);

    private static readonly Gen<UInt128> Ids = Gen.Select(Gen.ULong, Gen.ULong).Select(static (high, low) => new UInt128(high, low));

    private static readonly Gen<EntryExtension> Extensions =
        Gen.Select(Ids.Nullable(), Ids.Nullable(), Ids.Array[0, 64], Gen.Bool, Gen.Bool).Select(static (target, thread, mentions, action, off) => new EntryExtension
        {
            Target = target is { } t ? new EntryId(t) : null,
            Thread = thread is { } h ? new EntryId(h) : null,
            Mentions = [.. mentions.Select(static m => new AccountId(m))],
            IsAction = action,
            Off = off,
        });

    private static readonly Gen<EntryHeader> Headers =
        Gen.Select(Gen.Int[0, 1_000], Ids, Ids, Gen.Long[1, Limits.Seq], Gen.ULong[0, long.MaxValue], Gen.ULong.Nullable(), Extensions).Select(
            static (kind, account, device, seq, hlc, epoch, extension) => new EntryHeader
            {
                Kind = (EntryKind)kind,
                Account = new(account),
                Device = new(device),
                Seq = seq,
                Back = new(account ^ device ^ 1),
                Hlc = new(hlc),
                Epoch = epoch,
                Extension = extension,
            });

    [Fact]
    public void A_header_survives_its_bytes_and_has_one_encoding() => Headers.Where(static h => h.Back != default).Sample(
        static header =>
        {
            var bytes = header.Encode();
            Assert.True(EntryHeader.TryRead(bytes, out var read));
            Assert.Equal(header, read);
            Assert.Equal(bytes, read.Encode());
        },
        iter: 2_000,
        threads: 1);

    [Fact]
    public void An_entry_verifies_and_survives_its_live_form()
    {
        foreach (var entry in (Entry[])[Card, Text])
        {
            Assert.True(LiveEntry.TryRead(Cast.Home, Room.General, Utf8(LiveEntry.Encode(entry)), entry.Body!.Value, out var read));
            Assert.Equal(entry.Id, read.Id);
            Assert.Equal(entry.Header, read.Header);
            Assert.True(read.Verifies(Cast.Home, Cast.Ana.Card));
            Assert.True(read.IsSupported);
        }
    }

    [Fact]
    public void Entry_zero_carries_the_card_that_verifies_it()
    {
        Assert.True(Card.TryReadCard(Cast.Home, out var card));
        Assert.True(Card.Verifies(Cast.Home, card));
        Assert.False(Text.TryReadCard(Cast.Home, out _));
    }

    [Fact]
    public void An_entry_zero_that_carries_no_card_is_refused_in_every_version()
    {
        var text = Cast.Sign(Cast.Ana, Cast.Header(Cast.Ana, EntryKind.Text, 0, default), Cast.Utf8("oi"));
        Assert.False(text.Verifies(Cast.Home, Cast.Ana.Card));
        var later = Cast.Sign(Cast.Ana, Cast.Header(Cast.Ana, EntryKind.Card, 0, default) with { Version = 2 }, [1]);
        Assert.False(later.Verifies(Cast.Home, Cast.Ana.Card));
        var laterWithCard = Cast.Sign(Cast.Ana, Cast.Header(Cast.Ana, EntryKind.Card, 0, default) with { Version = 2 }, Cast.Ana.Card.Bytes.ToArray());
        Assert.True(laterWithCard.Verifies(Cast.Home, Cast.Ana.Card));
    }

    [Fact]
    public void A_card_entry_with_somebody_elses_card_is_refused()
    {
        var entry = Cast.Sign(Cast.Ana, Cast.Header(Cast.Ana, EntryKind.Card, 1, Card.Id), Cast.Bia.Card.Bytes.ToArray());
        Assert.False(entry.Verifies(Cast.Home, Cast.Ana.Card));
        var renamed = DeviceCard.Make(Cast.Home, Cast.Ana.AccountKeys, Cast.Ana.DeviceKeys, Cast.Name("Ana Souza"), Cast.Now + 1);
        var change = Cast.Sign(Cast.Ana, Cast.Header(Cast.Ana, EntryKind.Card, 1, Card.Id), renamed.Bytes.ToArray());
        Assert.True(change.Verifies(Cast.Home, Cast.Ana.Card));
    }

    [Fact]
    public void An_entry_with_any_bit_of_header_signature_or_body_flipped_is_refused()
    {
        var (header, signature, body) = (Text.HeaderBytes, Text.Signature, Text.Body!.Value);
        for (var bit = 0; bit < header.Length * 8; bit++)
        {
            Assert.False(Holds(Cast.Flip(header, bit), signature, body), $"header bit {bit}");
        }

        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            Assert.False(Holds(header, Cast.Flip(signature, bit), body), $"signature bit {bit}");
        }

        for (var bit = 0; bit < body.Length * 8; bit++)
        {
            Assert.False(Holds(header, signature, Cast.Flip(body, bit)), $"body bit {bit}");
        }
    }

    [Fact]
    public void An_entry_cut_short_or_made_longer_anywhere_is_refused()
    {
        var (header, signature, body) = (Text.HeaderBytes, Text.Signature, Text.Body!.Value);
        Assert.False(Holds(header[..^1], signature, body));
        Assert.False(Holds((byte[])[.. header.Span, 0], signature, body));
        Assert.False(Holds(header, signature[..^1], body));
        Assert.False(Holds(header, (byte[])[.. signature.Span, 0], body));
        Assert.False(Holds(header, signature, body[..^1]));
        Assert.False(Holds(header, signature, (byte[])[.. body.Span, 0]));
        Assert.False(Holds(header, signature, default));
    }

    [Fact]
    public void An_entry_pasted_into_another_room_or_space_is_refused()
    {
        Assert.True(Entry.TryRead(Cast.Home, Cast.Kitchen, Text.HeaderBytes, Text.Signature, Text.Body!.Value, out var moved));
        Assert.False(moved.Verifies(Cast.Home, Cast.Ana.Card));
        Assert.NotEqual(Text.Id, moved.Id);
        Assert.True(Entry.TryRead(Cast.Work, Room.General, Text.HeaderBytes, Text.Signature, Text.Body!.Value, out var abroad));
        Assert.False(abroad.Verifies(Cast.Work, Cast.Make("ana", 1, Cast.Work).Card));
        Assert.NotEqual(Text.Id, abroad.Id);
    }

    [Fact]
    public void An_entry_signed_by_another_device_or_under_another_account_is_refused()
    {
        var header = Cast.Header(Cast.Ana, EntryKind.Text, 1, Card.Id);
        Assert.False(Entry.Sign(Cast.Home, Room.General, header, Text.Body!.Value, Cast.Bia.DeviceKeys).Verifies(Cast.Home, Cast.Ana.Card));
        Assert.False(Entry.Sign(Cast.Home, Room.General, header, Text.Body!.Value, Cast.Ana.AccountKeys).Verifies(Cast.Home, Cast.Ana.Card));
        Assert.False(Text.Verifies(Cast.Home, Cast.Bia.Card));
        var asBia = Cast.Sign(Cast.Ana, header with { Account = Cast.Bia.Account }, Cast.Utf8("oi"));
        Assert.False(asBia.Verifies(Cast.Home, Cast.Ana.Card));
        var stolen = DeviceCard.Make(Cast.Home, Cast.Bia.AccountKeys, Cast.Ana.DeviceKeys, Cast.Name("bia"), Cast.Now); // bia vouches for ana's device
        Assert.False(Text.Verifies(Cast.Home, stolen));
    }

    [Fact]
    public void An_entry_without_its_body_still_proves_its_hash_and_nothing_more()
    {
        Assert.True(Entry.TryReadWithoutBody(Cast.Home, Room.General, Text.HeaderBytes, Text.Signature, Text.BodyHash.ToArray(), out var bare));
        Assert.Null(bare.Body);
        Assert.Equal(Text.Id, bare.Id);
        Assert.True(bare.Verifies(Cast.Home, Cast.Ana.Card));
        Assert.True(Entry.TryReadWithoutBody(Cast.Home, Room.General, Text.HeaderBytes, Text.Signature, new byte[32], out var other));
        Assert.False(other.Verifies(Cast.Home, Cast.Ana.Card));
        Assert.False(Entry.TryReadWithoutBody(Cast.Home, Room.General, Text.HeaderBytes, Text.Signature, new byte[31], out _));
        Assert.True(Entry.TryReadWithoutBody(Cast.Home, Room.General, Card.HeaderBytes, Card.Signature, Card.BodyHash.ToArray(), out var noCard));
        Assert.False(noCard.Verifies(Cast.Home, Cast.Ana.Card)); // a card is never deleted
    }

    [Theory]
    [InlineData(1, 99, true)]
    [InlineData(1, 5, true)]
    [InlineData(7, 1, false)]
    public void An_unknown_kind_or_version_is_read_kept_and_not_supported(int version, int kind, bool readsExtension)
    {
        var extension = new EntryExtension { Target = Card.Id };
        var entry = Cast.Sign(Cast.Ana, Cast.Header(Cast.Ana, (EntryKind)kind, 1, Card.Id, extension) with { Version = version }, [0xff]);
        Assert.True(LiveEntry.TryRead(Cast.Home, Room.General, Utf8(LiveEntry.Encode(entry)), entry.Body!.Value, out var read));
        Assert.True(read.Verifies(Cast.Home, Cast.Ana.Card));
        Assert.False(read.IsSupported);
        Assert.Equal((version, kind, 1L, Card.Id), (read.Header.Version, (int)read.Header.Kind, read.Header.Seq, read.Header.Back));
        Assert.Equal((Cast.Ana.Account, Cast.Ana.Device, entry.Header.Hlc), (read.Header.Account, read.Header.Device, read.Header.Hlc));
        Assert.Equal(readsExtension, read.Header.Extension.Target is not null);
    }

    [Fact]
    public void A_later_version_may_put_anything_after_the_first_seven_fields()
    {
        var bytes = RawHeader(version: 2, after: static writer =>
        {
            writer.WriteTextString("not an epoch");
            writer.WriteStartArray(0);
            writer.WriteEndArray();
        }, fields: 9);
        Assert.True(EntryHeader.TryRead(bytes, out var header));
        Assert.Equal(2, header.Version);
        Assert.False(EntryHeader.TryRead(RawHeader(version: 1, after: static writer => writer.WriteTextString("not an epoch"), fields: 8), out _));
    }

    [Fact]
    public void Unknown_extension_keys_and_later_fields_are_skipped()
    {
        var bytes = RawHeader(version: 1, after: static writer =>
        {
            writer.WriteNull();
            writer.WriteStartMap(4);
            writer.WriteInt32(4);
            writer.WriteBoolean(true);
            writer.WriteInt32(6);
            writer.WriteStartArray(1);
            writer.WriteStartMap(0);
            writer.WriteEndMap();
            writer.WriteEndArray();
            writer.WriteInt32(70_000);
            writer.WriteInt32(1);
            writer.WriteTextString("key");
            writer.WriteTextString("value");
            writer.WriteEndMap();
            writer.WriteInt32(10);
        }, fields: 10);
        Assert.True(EntryHeader.TryRead(bytes, out var header));
        Assert.Equal(new EntryExtension { IsAction = true }, header.Extension);
    }

    [Fact]
    public void An_entry_under_a_key_epoch_is_kept_and_not_supported()
    {
        var entry = Cast.Sign(Cast.Ana, Cast.Header(Cast.Ana, EntryKind.Text, 1, Card.Id) with { Epoch = 7 }, [1, 2]);
        Assert.True(entry.Verifies(Cast.Home, Cast.Ana.Card));
        Assert.False(entry.IsSupported);
    }

    [Theory]
    [InlineData(0L, true, false)]
    [InlineData(1L, false, false)]
    [InlineData(0L, false, true)]
    [InlineData(1L, true, true)]
    [InlineData(Limits.Seq, true, true)]
    [InlineData(Limits.Seq + 1, true, false)]
    [InlineData(-1L, true, false)]
    public void Place_zero_has_no_predecessor_and_every_other_has_one(long seq, bool hasBack, bool valid) =>
        Assert.Equal(valid, EntryHeader.TryRead(RawHeader(seq: seq, back: hasBack ? Card.Id : default), out _));

    [Theory]
    [InlineData(0, 1, 5UL)]
    [InlineData(-1, 1, 5UL)]
    [InlineData(1, -1, 5UL)]
    [InlineData(1, 1, 0x8000_0000_0000_0000UL)]
    public void A_header_with_a_number_out_of_bounds_is_refused(int version, int kind, ulong hlc) =>
        Assert.False(EntryHeader.TryRead(RawHeader(version, kind, hlc: hlc), out _));

    [Fact]
    public void Sixty_five_mentions_are_refused() =>
        Assert.False(EntryHeader.TryRead(
            Cast.Header(Cast.Ana, EntryKind.Text, 1, Card.Id, new EntryExtension { Mentions = [.. Enumerable.Repeat(Cast.Bia.Account, 65)] }).Encode(), out _));

    [Fact]
    public void An_entry_of_sixty_four_kibibytes_is_read_and_one_byte_more_is_refused()
    {
        var room = Limits.Entry - Text.HeaderBytes.Length - 64;
        Assert.True(Entry.TryRead(Cast.Home, Room.General, Text.HeaderBytes, Text.Signature, new byte[room], out _));
        Assert.False(Entry.TryRead(Cast.Home, Room.General, Text.HeaderBytes, Text.Signature, new byte[room + 1], out _));
    }

    [Fact]
    public void A_header_of_more_than_four_kibibytes_is_refused()
    {
        static byte[] Padded(int bytes) => RawHeader(version: 2, after: writer => writer.WriteByteString(new byte[bytes]), fields: 8);
        var frame = Padded(1_000).Length - 1_000;
        Assert.True(EntryHeader.TryRead(Padded(Limits.Header - frame), out _));
        Assert.False(EntryHeader.TryRead(Padded(Limits.Header - frame + 1), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("not base64url!")]
    [InlineData("AAAA")]
    public void A_papo_property_that_holds_no_entry_is_refused(string property) =>
        Assert.False(LiveEntry.TryRead(Cast.Home, Room.General, Utf8(property), default, out _));

    [Fact]
    public void A_papo_property_has_one_spelling()
    {
        var property = LiveEntry.Encode(Text);
        Assert.False(LiveEntry.TryRead(Cast.Home, Room.General, Utf8(property + "="), Text.Body!.Value, out _));
        Assert.False(LiveEntry.TryRead(Cast.Home, Room.General, Utf8(property + " "), Text.Body!.Value, out _));
        Assert.False(LiveEntry.TryRead(Cast.Home, Room.General, Utf8(property[..^1]), Text.Body!.Value, out _));
        Assert.False(LiveEntry.TryRead(Cast.Home, Room.General, Utf8(new string('A', 8_000)), Text.Body!.Value, out _));
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static bool Holds(ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte> body) =>
        Entry.TryRead(Cast.Home, Room.General, header, signature, body, out var entry) && entry.Verifies(Cast.Home, Cast.Ana.Card);

    private static byte[] RawHeader(int version = 1, int kind = 1, long seq = 1, EntryId? back = null, ulong hlc = 5, Action<CborWriter>? after = null, int fields = 7) =>
        Cast.Cbor(writer =>
        {
            writer.WriteStartArray(fields);
            writer.WriteInt32(version);
            writer.WriteInt32(kind);
            writer.WriteByteString(Cast.Ana.Account.ToBytes());
            writer.WriteByteString(Cast.Ana.Device.ToBytes());
            writer.WriteInt64(seq);
            writer.WriteByteString((back ?? Card.Id).ToBytes());
            writer.WriteUInt64(hlc);
            after?.Invoke(writer);
            writer.WriteEndArray();
        });
}
