// Owns: the secret of a link that lets its bearer in once, and how knowing it is proved.
// Must never: travel itself; on the wire are its id and proofs, each for one asker and one device alone.
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Papo.Protocol;

/// <summary>Which token; says nothing about it.</summary>
public readonly record struct TokenId(UInt128 Value)
{
    /// <summary>The id as a new array of 16 bytes.</summary>
    public byte[] ToBytes() => IdBytes.ToArray(Value);

    /// <summary>Parses exactly the 26 characters that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TokenId id)
    {
        var valid = IdBytes.TryParse(text, out var value);
        id = new(value);
        return valid;
    }

    /// <summary>Base32, lower case, 26 characters.</summary>
    public override string ToString() => IdBytes.ToText(Value);
}

/// <summary>16 random bytes, known to who made a link and to whom it was given (docs/PROTOCOL.md, Links).</summary>
public sealed class LinkToken
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 16;

    /// <summary>Size of a proof in bytes.</summary>
    public const int ProofSize = 32;

    private const string IdLabel = "papo/1 token";
    private const string ProofLabel = "papo/1 proof";
    private readonly byte[] _secret;

    private LinkToken(byte[] secret)
    {
        _secret = secret;
        Id = new TokenId(Hashing.Id(new SignedList(IdLabel).Add(secret)));
    }

    /// <summary>Its id.</summary>
    public TokenId Id { get; }

    /// <summary>The secret itself: for the store and the link, never for the wire.</summary>
    public ReadOnlyMemory<byte> Secret => _secret;

    /// <summary>A new one.</summary>
    public static LinkToken Generate() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>Takes exactly <see cref="Size"/> bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LinkToken? token)
    {
        token = bytes.Length == Size ? new LinkToken(bytes.ToArray()) : null;
        return token is not null;
    }

    /// <summary>Takes the 26 characters of a link.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out LinkToken? token)
    {
        Span<byte> bytes = stackalloc byte[Size];
        token = null;
        return Base32.TryDecode(text, bytes) && TryRead(bytes, out token);
    }

    /// <summary>As it stands in a link.</summary>
    public string ToText() => Base32.Encode(_secret);

    /// <summary>That an asking device knows the token, said to one device, about one thing: HMAC-SHA256 over (label, space, target, asker, what).</summary>
    public byte[] Prove(SpaceId space, DeviceId target, DeviceId asker, ReadOnlySpan<byte> what) =>
        HMACSHA256.HashData(_secret, new SignedList(ProofLabel).Add(space.Value).Add(target.Value).Add(asker.Value).Add(what).Bytes);

    /// <summary>Whether a proof is that.</summary>
    public bool IsProvedBy(ReadOnlySpan<byte> proof, SpaceId space, DeviceId target, DeviceId asker, ReadOnlySpan<byte> what) =>
        CryptographicOperations.FixedTimeEquals(proof, Prove(space, target, asker, what));
}
