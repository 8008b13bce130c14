// Owns: the tests of device cards.
// Must never: believe a card that its account did not sign for this space.
using System.Formats.Cbor;
using Papo.Protocol;
using Papo.Tests.Protocol.PrivateRooms;

namespace Papo.Tests.Protocol;

public sealed class DeviceCardTests
{
    [Fact]
    public void A_card_survives_its_bytes()
    {
        var made = Cast.Ana.Card;
        Assert.True(DeviceCard.TryRead(Cast.Home, made.Bytes, out var read));
        Assert.Equal((made.Account, made.Device, made.Name, made.MadeAt), (read.Account, read.Device, read.Name, read.MadeAt));
        Assert.Equal(made.Bytes.ToArray(), read.Bytes.ToArray());
        Assert.Equal(new AccountId(Cast.Ana.AccountKeys.Public.Fingerprint), read.Account);
        Assert.Equal(new DeviceId(Cast.Ana.DeviceKeys.Public.Fingerprint), read.Device);
    }

    [Fact]
    public void A_card_is_made_the_same_each_time() => Assert.Equal(Cast.Make("ana", 1).Card.Bytes.ToArray(), Cast.Make("ana", 1).Card.Bytes.ToArray());

    [Fact]
    public void A_card_is_refused_in_another_space() => Assert.False(DeviceCard.TryRead(Cast.Work, Cast.Ana.Card.Bytes, out _));

    [Fact]
    public void A_card_with_any_bit_flipped_is_refused()
    {
        for (var bit = 0; bit < Cast.Ana.Card.Bytes.Length * 8; bit++)
        {
            Assert.False(DeviceCard.TryRead(Cast.Home, Cast.Flip(Cast.Ana.Card.Bytes, bit), out _), $"bit {bit}");
        }
    }

    [Fact]
    public void A_card_cut_short_or_made_longer_is_refused()
    {
        var bytes = Cast.Ana.Card.Bytes;
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(DeviceCard.TryRead(Cast.Home, bytes[..length], out _));
        }

        Assert.False(DeviceCard.TryRead(Cast.Home, (byte[])[.. bytes.Span, 0], out _));
        Assert.False(DeviceCard.TryRead(Cast.Home, (byte[])[0, .. bytes.Span], out _));
    }

    [Fact]
    public void A_card_signed_by_the_device_or_by_another_account_is_refused()
    {
        Assert.True(DeviceCard.TryRead(Cast.Home, Card(Cast.Ana.AccountKeys), out _));
        Assert.False(DeviceCard.TryRead(Cast.Home, Card(Cast.Ana.DeviceKeys), out _));
        Assert.False(DeviceCard.TryRead(Cast.Home, Card(Cast.Bia.AccountKeys), out _));
    }

    [Fact]
    public void Fields_of_later_versions_are_signed_but_skipped()
    {
        var bytes = Card(Cast.Ana.AccountKeys, fields: 7);
        Assert.True(DeviceCard.TryRead(Cast.Home, bytes, out var card));
        Assert.Equal("ana", card.Name.Text);
        Assert.False(DeviceCard.TryRead(Cast.Home, Card(Cast.Ana.AccountKeys, fields: 17), out _));
        Assert.False(DeviceCard.TryRead(Cast.Home, Card(Cast.Ana.AccountKeys, fields: 4), out _));
    }

    [Fact]
    public void A_card_of_a_linked_copy_names_it_and_keeps_the_owner_of_the_key_it_is_for()
    {
        var copy = Sealed.CopyOf(Cast.Ana);
        var made = DeviceCard.Make(Cast.Home, Cast.Ana.AccountKeys, Cast.Bia.DeviceKeys.Public, Cast.Name("ana"), Cast.Now, copy);
        Assert.True(DeviceCard.TryRead(Cast.Home, made.Bytes, out var read));
        Assert.Equal((copy, Cast.Ana.Account, Cast.Bia.Device), (read.Copy, read.Account, read.Device));
        Assert.True(DeviceCard.TryRead(Cast.Home, Cast.Ana.Card.Bytes, out var whole));
        Assert.Null(whole.Copy);
        for (var bit = 0; bit < made.Bytes.Length * 8; bit += 7)
        {
            Assert.False(DeviceCard.TryRead(Cast.Home, Cast.Flip(made.Bytes, bit), out _));
        }
    }

    [Theory]
    [InlineData(2, "ana", Cast.Now)] // another version
    [InlineData(1, " ana", Cast.Now)] // a name that was not trimmed
    [InlineData(1, "ana\u202e", Cast.Now)]
    [InlineData(1, "", Cast.Now)]
    [InlineData(1, "ana", -1L)]
    public void A_signed_card_with_a_bad_field_is_refused(int version, string name, long madeAt) =>
        Assert.False(DeviceCard.TryRead(Cast.Home, Card(Cast.Ana.AccountKeys, version, name, madeAt), out _));

    [Fact]
    public void A_card_of_more_than_512_bytes_is_refused()
    {
        Assert.True(DeviceCard.TryRead(Cast.Home, Card(Cast.Ana.AccountKeys, fields: 7, filler: 512 - 64 - 86 - 17), out _));
        Assert.False(DeviceCard.TryRead(Cast.Home, Card(Cast.Ana.AccountKeys, fields: 7, filler: 513 - 64 - 86 - 17), out _));
    }

    [Fact]
    public void A_card_that_is_not_canonical_cbor_is_refused()
    {
        var content = Card(Cast.Ana.AccountKeys).AsSpan()[..^64].ToArray();
        byte[] longer = [content[0], 0x18, 0x01, .. content.AsSpan(2)]; // version 1 in two bytes
        Assert.False(DeviceCard.TryRead(Cast.Home, SignedContent.Make(Cast.Ana.AccountKeys, new SignedList("papo/1 card").Add(Cast.Home.Value), longer), out _));
    }

    private static byte[] Card(KeyPair signer, int version = 1, string name = "ana", long madeAt = Cast.Now, int fields = 5, int filler = 1)
    {
        var content = Cast.Cbor(writer =>
        {
            writer.WriteStartArray(fields);
            writer.WriteInt32(version);
            writer.WriteByteString(Cast.Ana.AccountKeys.Public.Bytes.Span);
            writer.WriteByteString(Cast.Ana.DeviceKeys.Public.Bytes.Span);
            writer.WriteTextString(name);
            for (var i = 4; i < fields; i++)
            {
                Write(writer, i, madeAt, filler);
            }

            writer.WriteEndArray();
        });
        return SignedContent.Make(signer, new SignedList("papo/1 card").Add(Cast.Home.Value), content);
    }

    private static void Write(CborWriter writer, int field, long madeAt, int filler)
    {
        if (field == 4)
        {
            writer.WriteInt64(madeAt);
            return;
        }

        writer.WriteByteString(new byte[field == 5 ? CopyId.Size : filler]);
    }
}
