// Owns: the tests of the space card and of which of several stands.
// Must never: leave the outcome to the order of arrival.
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class SpaceCardTests
{
    private static readonly Gen<SpaceCard> Cards =
        Gen.Select(Gen.ULong[0, 4], Gen.Long[0, 5]).Select(static (id, at) => new SpaceCard(new SpaceId(id), Cast.Now + (at * 30_000)));

    [Fact]
    public void A_card_survives_its_bytes() => Cards.Sample(
        static card => SpaceCard.TryRead(card.Encode(), out var read) && read == card,
        threads: 1);

    [Fact]
    public void Of_two_cards_one_stands_whichever_is_seen_first() => Gen.Select(Cards, Cards).Sample(
        static (one, other) => SpaceCard.Standing(one, other) == SpaceCard.Standing(other, one),
        threads: 1);

    [Fact]
    public void Of_three_cards_half_a_minute_apart_one_stands_in_every_order() => Gen.Select(Cards, Cards, Cards).Sample(
        static (a, b, c) =>
        {
            var standing = SpaceCard.Standing(SpaceCard.Standing(a, b), c);
            Assert.Equal(standing, SpaceCard.Standing(a, SpaceCard.Standing(b, c)));
            Assert.Equal(standing, SpaceCard.Standing(SpaceCard.Standing(c, a), b));
        },
        threads: 1);

    [Fact]
    public void The_older_stands_and_of_two_equally_old_the_lower_id()
    {
        var older = new SpaceCard(new SpaceId(9), Cast.Now);
        Assert.Equal(older, SpaceCard.Standing(older, new SpaceCard(new SpaceId(1), Cast.Now + 1)));
        Assert.Equal(new SpaceId(1), SpaceCard.Standing(older, new SpaceCard(new SpaceId(1), Cast.Now)).Space);
    }

    [Fact]
    public void Fields_of_later_versions_are_skipped_and_another_version_is_refused()
    {
        Assert.True(SpaceCard.TryRead(Bytes(1, 5), out var card));
        Assert.Equal(new SpaceCard(Cast.Home, Cast.Now), card);
        Assert.False(SpaceCard.TryRead(Bytes(2, 3), out _));
        Assert.False(SpaceCard.TryRead(Bytes(1, 17), out _));
    }

    private static byte[] Bytes(int version, int fields) => Cast.Cbor(writer =>
    {
        writer.WriteStartArray(fields);
        writer.WriteInt32(version);
        writer.WriteByteString(Cast.Home.ToBytes());
        writer.WriteInt64(Cast.Now);
        for (var i = 3; i < fields; i++)
        {
            writer.WriteTextString("later");
        }

        writer.WriteEndArray();
    });
}
