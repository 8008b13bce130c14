// Owns: the proof that sealing to a key is HPKE as RFC 9180 has it.
// Must never: take a vector of this project for one of the standard.
using System.Text.Json;
using Papo.Protocol;

namespace Papo.Tests.Protocol.PrivateRooms;

public sealed class HpkeTests
{
    [Fact]
    public void The_vectors_of_RFC_9180_come_out_byte_for_byte()
    {
        var vectors = JsonDocument.Parse(File.ReadAllText(SpecFolder.Of("rfc9180-x25519-sha256-chacha20poly1305.json"))).RootElement.EnumerateArray().ToList();
        Assert.NotEmpty(vectors);
        foreach (var vector in vectors)
        {
            Assert.True(ExchangeKeyPair.TryRead(Hex(vector, "skRm"), out var recipient));
            Assert.True(ExchangeKeyPair.TryRead(Hex(vector, "skEm"), out var ephemeral));
            Assert.Equal(Hex(vector, "pkRm"), recipient.Public.Bytes.ToArray());
            foreach (var message in vector.GetProperty("encryptions").EnumerateArray().Take(1)) // the others have a sequence number above zero
            {
                var cipher = Hpke.Seal(recipient.Public, Hex(vector, "info"), Hex(message, "aad"), Hex(message, "pt"), ephemeral);
                Assert.Equal([.. Hex(vector, "enc"), .. Hex(message, "ct")], cipher);
                Assert.Equal(Hex(message, "pt"), Hpke.Open(recipient, Hex(vector, "info"), Hex(message, "aad"), cipher));
            }
        }
    }

    [Fact]
    public void What_was_sealed_opens_with_no_other_key_purpose_or_binding_and_not_after_any_bit_was_flipped()
    {
        var (bia, caio) = (Sealed.PrekeyOf(Cast.Bia), Sealed.PrekeyOf(Cast.Caio));
        var cipher = Hpke.Seal(bia.Public, "for bia"u8, "bound"u8, "secret"u8, Sealed.Ephemeral());
        Assert.Equal("secret"u8.ToArray(), Hpke.Open(bia, "for bia"u8, "bound"u8, cipher));
        Assert.Null(Hpke.Open(caio, "for bia"u8, "bound"u8, cipher));
        Assert.Null(Hpke.Open(bia, "for caio"u8, "bound"u8, cipher));
        Assert.Null(Hpke.Open(bia, "for bia"u8, "other"u8, cipher));
        for (var bit = 0; bit < cipher.Length * 8; bit++)
        {
            Assert.Null(Hpke.Open(bia, "for bia"u8, "bound"u8, Cast.Flip(cipher, bit)));
        }

        for (var length = 0; length < cipher.Length; length++)
        {
            Assert.Null(Hpke.Open(bia, "for bia"u8, "bound"u8, cipher.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")]
    [InlineData("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    public void A_key_with_which_nothing_secret_can_be_agreed_is_refused(string key) => Assert.False(ExchangeKey.TryRead(Convert.FromHexString(key), out _));

    private static byte[] Hex(JsonElement of, string name) => Convert.FromHexString(of.GetProperty(name).GetString()!);
}
