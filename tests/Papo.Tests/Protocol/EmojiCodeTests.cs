// Owns: what the seven emoji of a comparison depend on, and what a man in the middle sees of it.
// Must never: use randomness.
using Papo.Output;
using Papo.Protocol;
using Papo.Tests.Protocol.PrivateRooms;
using Papo.Texts;

namespace Papo.Tests.Protocol;

public sealed class EmojiCodeTests
{
    private static readonly ExchangeKeyPair AnasKey = Sealed.Exchange("ana compares");
    private static readonly ExchangeKeyPair BiasKey = Sealed.Exchange("bia compares");

    [Fact]
    public void Both_sides_see_the_same_seven()
    {
        var (first, second) = (Party(Cast.Ana, AnasKey), Party(Cast.Bia, BiasKey));
        var seen = EmojiCode.Of(Cast.Home, first, second, AnasKey);
        Assert.Equal(EmojiCode.Count, seen.Count);
        Assert.All(seen, static place => Assert.InRange(place, 0, EmojiCode.Symbols.Count - 1));
        Assert.Equal(seen, EmojiCode.Of(Cast.Home, first, second, BiasKey));
    }

    [Fact]
    public void Somebody_between_them_with_an_account_of_his_own_makes_the_two_see_different_ones()
    {
        var (first, second) = (Party(Cast.Ana, AnasKey), Party(Cast.Bia, BiasKey));

        // He hands the keys on as they are, signed by him: ana takes him for bia and bia takes him for ana.
        Assert.NotEqual(
            EmojiCode.Of(Cast.Home, first, Party(Cast.Caio, BiasKey), AnasKey),
            EmojiCode.Of(Cast.Home, Party(Cast.Caio, AnasKey), second, BiasKey));

        // He agrees on keys of his own with each.
        Assert.NotEqual(
            EmojiCode.Of(Cast.Home, first, Party(Cast.Caio, Sealed.Exchange("to ana")), AnasKey),
            EmojiCode.Of(Cast.Home, Party(Cast.Caio, Sealed.Exchange("to bia")), second, BiasKey));
    }

    [Fact]
    public void Each_device_space_and_key_is_part_of_it()
    {
        var (first, second) = (Party(Cast.Ana, AnasKey), Party(Cast.Bia, BiasKey));
        var seen = EmojiCode.Of(Cast.Home, first, second, AnasKey);
        Assert.NotEqual(seen, EmojiCode.Of(Cast.Work, first, second, AnasKey));
        Assert.NotEqual(seen, EmojiCode.Of(Cast.Home, first with { Device = Cast.Caio.Device }, second, AnasKey));
        Assert.NotEqual(seen, EmojiCode.Of(Cast.Home, first, second with { Device = Cast.Caio.Device }, AnasKey));
        Assert.NotEqual(seen, EmojiCode.Of(Cast.Home, first, second with { Key = Sealed.Exchange("other").Public }, AnasKey));
        Assert.NotEqual(seen, EmojiCode.Of(Cast.Home, second, first, AnasKey));
    }

    [Fact]
    public void A_promise_fits_one_key_alone()
    {
        var promise = EmojiCode.Commit(AnasKey.Public);
        Assert.Equal(EmojiCode.CommitmentSize, promise.Length);
        Assert.True(EmojiCode.IsPromised(promise, AnasKey.Public));
        Assert.False(EmojiCode.IsPromised(promise, BiasKey.Public));
        Assert.False(EmojiCode.IsPromised(promise.AsSpan(1), AnasKey.Public));
    }

    [Fact]
    public void The_emoji_are_64_different_ones_of_one_code_point_two_columns_wide_with_names_that_differ()
    {
        Assert.Equal(64, EmojiCode.Symbols.Distinct().Count());
        Assert.All(EmojiCode.Symbols, static symbol =>
        {
            Assert.Single(symbol.EnumerateRunes());
            Assert.Equal(2, TextWidth.Of(symbol));
        });
        Assert.All((Words[])[new English(), new Portuguese()], static words => Assert.Equal(64, words.ComparedEmoji.Distinct().Count()));
    }

    private static EmojiParty Party(Person person, ExchangeKeyPair key) => new(person.AccountKeys.Public, person.Device, key.Public);
}
