// Owns: the seven emoji by which two people who are both there see that no stranger stands between them, and the promise that makes so few enough.
// Must never: be derived from keys that somebody could choose after he has seen the other's.
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Papo.Protocol;

/// <summary>Comparing by emoji (docs/PROTOCOL.md, Seven emoji).</summary>
public static class EmojiCode
{
    /// <summary>Emoji of a comparison.</summary>
    public const int Count = 7;

    /// <summary>Size of a commitment in bytes.</summary>
    public const int CommitmentSize = SHA256.HashSizeInBytes;

    private const string PromiseLabel = "papo/1 emoji promise";
    private const string Label = "papo/1 emoji";
    private const int BitsOfOne = 6;
    private const int Taken = sizeof(ulong);

    /// <summary>The 64 emoji, each of one code point that every terminal draws two columns wide.</summary>
    public static IReadOnlyList<string> Symbols { get; } =
    [
        "🐘", "🐢", "🐙", "🐝", "🐧", "🐟", "🦋", "🐌", "🐓", "🐇", "🦀", "🐍", "🦁", "🐎", "🐷", "🐸",
        "🌵", "🌻", "🍄", "🌴", "🍎", "🍌", "🍇", "🍓", "🍋", "🍍", "🌽", "🥕", "🍞", "🧀", "🍕", "🎂",
        "🌙", "⭐", "🌈", "🔥", "⚡", "⛄", "🌊", "🌍", "🚀", "🚲", "🚂", "⛵", "🚁", "🚜", "⚓", "🏠",
        "🔑", "🔔", "🎈", "🎸", "🥁", "🎩", "👓", "👟", "☔", "⏰", "📷", "📖", "⚽", "💡", "🔨", "🎁",
    ];

    /// <summary>What the first side says before it has seen the other's key: SHA-256 of the list (label, key).</summary>
    public static byte[] Commit(ExchangeKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return SHA256.HashData(new SignedList(PromiseLabel).Add(key.Bytes.Span).Bytes);
    }

    /// <summary>Whether a key is the one that was promised.</summary>
    public static bool IsPromised(ReadOnlySpan<byte> commitment, ExchangeKey key) => commitment.SequenceEqual(Commit(key));

    /// <summary>
    /// Places in <see cref="Symbols"/>, the same on both sides: HKDF-SHA256 of what the two keys agree on, bound to both sides and the promise. <paramref name="first"/> is
    /// who promised, <paramref name="own"/> the pair of whichever side this is.
    /// </summary>
    public static IReadOnlyList<int> Of(SpaceId space, EmojiParty first, EmojiParty second, ExchangeKeyPair own)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(own);
        var isFirst = own.Public.Bytes.Span.SequenceEqual(first.Key.Bytes.Span);
        var list = new SignedList(Label).Add(space.Value)
            .Add(first.Account.Bytes.Span).Add(first.Device.Value).Add(first.Key.Bytes.Span)
            .Add(second.Account.Bytes.Span).Add(second.Device.Value).Add(second.Key.Bytes.Span)
            .Add(Commit(first.Key));
        var agreed = own.Agree(isFirst ? second.Key : first.Key);
        Span<byte> derived = stackalloc byte[Taken];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, agreed, derived, [], list.Bytes);
        CryptographicOperations.ZeroMemory(agreed);
        var bits = BinaryPrimitives.ReadUInt64BigEndian(derived);
        return [.. Enumerable.Range(1, Count).Select(place => (int)(bits >> (64 - (place * BitsOfOne))) & (Symbols.Count - 1))];
    }
}
