// Owns: the tests of ids, base32, display names and room names.
// Must never: depend on the culture or on the runtime's Unicode tables.
using System.Text;
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class IdsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "my")]
    [InlineData("fo", "mzxq")]
    [InlineData("foo", "mzxw6")]
    [InlineData("foob", "mzxw6yq")]
    [InlineData("fooba", "mzxw6ytb")]
    [InlineData("foobar", "mzxw6ytboi")]
    public void Base32_gives_the_vectors_of_RFC_4648_in_lower_case_and_without_padding(string plain, string encoded)
    {
        var bytes = Encoding.ASCII.GetBytes(plain);
        Assert.Equal(encoded, Base32.Encode(bytes));
        var back = new byte[bytes.Length];
        Assert.True(Base32.TryDecode(encoded, back));
        Assert.Equal(bytes, back);
        Assert.True(Base32.TryDecode(encoded.ToUpperInvariant(), back));
    }

    [Fact]
    public void Base32_takes_back_what_it_wrote() => Gen.Byte.Array[0, 64].Sample(
        static bytes =>
        {
            var back = new byte[bytes.Length];
            return Base32.TryDecode(Base32.Encode(bytes), back) && bytes.AsSpan().SequenceEqual(back);
        },
        threads: 1);

    [Theory]
    [InlineData("mz", 1)] // left-over bits that are not zero
    [InlineData("m0", 1)]
    [InlineData("m", 1)]
    [InlineData("my=", 1)]
    [InlineData("my", 2)]
    [InlineData("mé", 1)]
    public void Base32_refuses_what_it_would_not_write(string text, int size) => Assert.False(Base32.TryDecode(text, new byte[size]));

    [Fact]
    public void Ids_survive_bytes_and_text_and_order_like_their_bytes() => Gen.Byte.Array[16].Array[2].Sample(
        static pair =>
        {
            Assert.True(DeviceId.TryRead(pair[0], out var one));
            Assert.True(DeviceId.TryRead(pair[1], out var other));
            Assert.True(DeviceId.TryParse(one.ToString(), out var parsed));
            Assert.Equal(one, parsed);
            Assert.Equal(26, one.ToString().Length);
            Assert.Equal(pair[0], one.ToBytes());
            Assert.Equal(Math.Sign(pair[0].AsSpan().SequenceCompareTo(pair[1])), Math.Sign(one.CompareTo(other)));
            Assert.Equal(one < other, !(one >= other));
            Assert.Equal(one > other, !(one <= other));
        },
        threads: 1);

    [Fact]
    public void Ids_of_another_length_are_refused() => Gen.Byte.Array[0, 40].Where(static b => b.Length != 16).Sample(
        static bytes => !EntryId.TryRead(bytes, out _) && !AccountId.TryRead(bytes, out _) && !DeviceId.TryRead(bytes, out _) && !SpaceId.TryRead(bytes, out _),
        threads: 1);

    [Fact]
    public void Any_text_is_an_id_or_is_not_and_nothing_throws() => Gen.String.Sample(
        static text => AccountId.TryParse(text, out _) ? text.Length == 26 : text is not null,
        threads: 1);

    [Theory]
    [InlineData("general", "general")]
    [InlineData("#general", "general")]
    [InlineData("  #Team-7 ", "team-7")]
    [InlineData("a", "a")]
    public void A_room_is_taken_as_people_write_it(string text, string name)
    {
        Assert.True(Room.TryParse(text, out var room));
        Assert.Equal(name, room.Name);
        Assert.Equal("#" + name, room.ToString());
        Assert.False(room.IsPrivate);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("##a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a+")]
    [InlineData("_p")]
    [InlineData("$sys")]
    [InlineData("é")]
    [InlineData("\u212a")] // the Kelvin sign, whose lower case is k
    [InlineData("a\0")]
    [InlineData("~AAAAAAAAAAAAAAAAAAAAAA")]
    public void A_room_with_other_characters_is_refused_from_people(string? text) => Assert.False(Room.TryParse(text, out _));

    [Fact]
    public void A_room_name_has_at_most_forty_characters()
    {
        Assert.True(Room.TryFromWire(new string('a', 40), out _));
        Assert.False(Room.TryFromWire(new string('a', 41), out _));
    }

    [Theory]
    [InlineData("~AAAAAAAAAAAAAAAAAAAA-_", true)]
    [InlineData("~AAAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData("~AAAAAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData("~AAAAAAAAAAAAAAAAAAAA/A", false)]
    [InlineData("General", false)]
    [InlineData("#general", false)]
    public void From_the_wire_a_room_is_taken_exactly_as_it_stands(string name, bool valid)
    {
        Assert.Equal(valid, Room.TryFromWire(name, out var room));
        Assert.Equal(valid, room is { IsPrivate: true });
    }
}
