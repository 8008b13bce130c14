// Owns: the tests of Ed25519 as used here, and of the lists that are signed.
// Must never: accept a second signature or a second meaning for what was signed once.
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using CsCheck;
using Papo.Protocol;
using Ed25519 = NSec.Cryptography.SignatureAlgorithm;

namespace Papo.Tests.Protocol;

public sealed class SignatureTests
{
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");
    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - 19;

    public static TheoryData<string, string, string, string, string> Rfc8032()
    {
        var data = new TheoryData<string, string, string, string, string>();
        using var file = JsonDocument.Parse(File.ReadAllBytes(SpecFolder.Of("rfc8032-ed25519.json")));
        foreach (var vector in file.RootElement.EnumerateArray())
        {
            string Field(string name) => vector.GetProperty(name).GetString()!;
            data.Add(Field("name"), Field("secret"), Field("public"), Field("message"), Field("signature"));
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rfc8032))]
    public void The_vectors_of_RFC_8032_hold(string name, string secret, string publicKey, string message, string signature)
    {
        Assert.NotEmpty(name);
        var (seed, key, text, expected) = (Convert.FromHexString(secret), Convert.FromHexString(publicKey), Convert.FromHexString(message), Convert.FromHexString(signature));
        Assert.True(KeyPair.TryRead(seed, out var pair));
        Assert.Equal(key, pair.Public.Bytes.ToArray());
        using var secretKey = NSec.Cryptography.Key.Import(Ed25519.Ed25519, seed, NSec.Cryptography.KeyBlobFormat.RawPrivateKey);
        Assert.Equal(expected, Ed25519.Ed25519.Sign(secretKey, text));
        Assert.True(Ed25519.Ed25519.Verify(secretKey.PublicKey, text, expected));
    }

    [Fact]
    public void A_signature_holds_for_its_list_and_key_and_for_nothing_else()
    {
        var signature = Cast.Ana.DeviceKeys.Sign(new SignedList("label").Add("text"));
        Assert.True(Cast.Ana.DeviceKeys.Public.Verifies(new SignedList("label").Add("text"), signature));
        Assert.False(Cast.Ana.AccountKeys.Public.Verifies(new SignedList("label").Add("text"), signature));
        Assert.False(Cast.Ana.DeviceKeys.Public.Verifies(new SignedList("labelt").Add("ext"), signature));
        Assert.False(Cast.Ana.DeviceKeys.Public.Verifies(new SignedList("label").Add("text"), signature.AsSpan(0, 63)));
        Assert.False(Cast.Ana.DeviceKeys.Public.Verifies(new SignedList("label").Add("text"), [.. signature, 0]));
    }

    [Fact]
    public void A_signature_with_the_group_order_added_is_refused()
    {
        var list = new SignedList("label");
        var signature = Cast.Ana.DeviceKeys.Sign(list);
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + Order;
        Assert.False(Cast.Ana.DeviceKeys.Public.Verifies(list, [.. signature[..32], .. Bytes(s)]));
    }

    [Fact]
    public void A_signature_with_a_part_of_small_order_is_refused()
    {
        for (byte seed = 10; seed < 60; seed++)
        {
            var list = new SignedList("mixed").Add((ulong)seed);
            Assert.False(Cast.Ana.DeviceKeys.Public.Verifies(list, SignWithMixedOrder(seed, list)), $"seed {seed}");
        }
    }

    [Fact]
    public void A_signature_without_a_nonce_is_refused()
    {
        // R = 0 and S = ka: right by the equation, and made by nobody who signs as RFC 8032 has it.
        var list = new SignedList("nonce");
        byte[] zero = [1, .. new byte[31]];
        var k = new BigInteger(SHA512.HashData([.. zero, .. Cast.Ana.DeviceKeys.Public.Bytes.Span, .. list.Bytes]), isUnsigned: true);
        Assert.False(Cast.Ana.DeviceKeys.Public.Verifies(list, [.. zero, .. Bytes(k * Scalar(Cast.Ana.DeviceKeys) % Order)]));
    }

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // 0, not reduced
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f")] // 1, not reduced
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080")] // 1 with the sign of a zero x
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void A_key_of_small_order_or_without_canonical_form_is_refused(string hex) =>
        Assert.False(PublicKey.TryRead(Convert.FromHexString(hex), out _));

    [Fact]
    public void A_key_with_a_part_of_small_order_is_refused() =>
        Assert.False(PublicKey.TryRead(AddOrderTwo(Cast.Ana.DeviceKeys.Public.Bytes.Span), out _));

    [Fact]
    public void Random_bytes_are_a_key_or_not_and_nothing_throws() => Gen.Byte.Array[0, 40].Sample(
        static bytes => !PublicKey.TryRead(bytes, out var key) || !key.Verifies(new SignedList("x"), new byte[64]),
        threads: 1);

    [Fact]
    public void Two_different_lists_never_have_the_same_bytes() => Gen.Select(Gen.Byte.Array[0, 4].Array[0, 4], Gen.Byte.Array[0, 4].Array[0, 4]).Sample(
        static (one, other) => (one.Length == other.Length && one.Zip(other).All(static p => p.First.AsSpan().SequenceEqual(p.Second)))
            == List(one).AsSpan().SequenceEqual(List(other)),
        threads: 1);

    [Fact]
    public void A_list_is_its_parts_with_their_lengths_in_front()
    {
        var list = new SignedList("ab").Add([1]).Add((ulong)2).Add(UInt128.One).Add("é");
        Assert.Equal("000000026162" + "0000000101" + "000000080000000000000002" + "0000001000000000000000000000000000000001" + "00000002c3a9", Convert.ToHexStringLower(list.Bytes));
        Assert.Equal(4 + 1 + 4 + 4_000, new SignedList("x").Add(new byte[4_000]).Bytes.Length);
    }

    [Fact]
    public void Bytes_too_short_for_content_and_signature_are_not_split()
    {
        Assert.False(SignedContent.TrySplit(new byte[64], out _));
        Assert.True(SignedContent.TrySplit(new byte[65], out var split));
        Assert.Equal((1, 64), (split.Content.Length, split.Signature.Length));
    }

    private static byte[] List(byte[][] parts)
    {
        var list = new SignedList("");
        foreach (var part in parts)
        {
            list.Add(part);
        }

        return list.Bytes.ToArray();
    }

    // R = rB + T with T = (0, -1): holds only in the equation multiplied by 8. RFC 8032 §5.1.7 allows both; docs/PROTOCOL.md says the other one.
    private static byte[] SignWithMixedOrder(byte seed, SignedList list)
    {
        var nonce = Cast.Keys(seed);
        var first = AddOrderTwo(nonce.Public.Bytes.Span);
        var k = new BigInteger(SHA512.HashData([.. first, .. Cast.Ana.DeviceKeys.Public.Bytes.Span, .. list.Bytes]), isUnsigned: true);
        return [.. first, .. Bytes((Scalar(nonce) + (k * Scalar(Cast.Ana.DeviceKeys))) % Order)];
    }

    private static BigInteger Scalar(KeyPair pair)
    {
        var hash = SHA512.HashData(pair.Seed.Span)[..32];
        hash[0] &= 0xF8;
        hash[31] = (byte)((hash[31] & 0x7F) | 0x40);
        return new BigInteger(hash, isUnsigned: true);
    }

    // (x, y) + (0, -1) = (-x, -y)
    private static byte[] AddOrderTwo(ReadOnlySpan<byte> point)
    {
        var copy = point.ToArray();
        var sign = copy[31] & 0x80;
        copy[31] &= 0x7F;
        var sum = Bytes(Prime - new BigInteger(copy, isUnsigned: true));
        sum[31] |= (byte)(sign ^ 0x80);
        return sum;
    }

    private static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }
}
