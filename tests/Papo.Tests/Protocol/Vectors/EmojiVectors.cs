// Owns: the vectors of comparing by emoji.
// Must never: use the clock or randomness.
using Papo.Protocol;
using Papo.Tests.Protocol.PrivateRooms;

namespace Papo.Tests.Protocol.Vectors;

internal static class EmojiVectors
{
    public static VectorFile Emoji()
    {
        var file = new VectorFile();
        foreach (var (one, other) in ((Person, Person)[])[(Cast.Ana, Cast.Bia), (Cast.Bia, Cast.Caio)])
        {
            var (first, second) = one.Account.Value < other.Account.Value ? (one, other) : (other, one);
            var (firstKey, secondKey) = (Sealed.Exchange($"{first.Name} compares"), Sealed.Exchange($"{second.Name} compares"));
            var seen = EmojiCode.Of(Cast.Home, Party(first, firstKey), Party(second, secondKey), firstKey);
            file.Add($"{first.Name} and {second.Name}", "The lower account id promises.",
                ("space", Cast.Home.ToBytes()),
                ("firstAccount", first.AccountKeys.Public.Bytes), ("firstDevice", first.Device.ToBytes()), ("firstSecret", firstKey.Secret), ("firstKey", firstKey.Public.Bytes),
                ("secondAccount", second.AccountKeys.Public.Bytes), ("secondDevice", second.Device.ToBytes()), ("secondSecret", secondKey.Secret), ("secondKey", secondKey.Public.Bytes),
                ("commitment", EmojiCode.Commit(firstKey.Public)), ("places", string.Join(' ', seen)), ("emoji", string.Concat(seen.Select(static place => EmojiCode.Symbols[place]))));
        }

        Add("ask", "ana's user wants to compare with bia.", CompareStep.Ask, Cast.Nonce);
        Add("commit", "ana's device promises a key.", CompareStep.Commit, EmojiCode.Commit(Sealed.Exchange("ana compares").Public));
        Add("reveal", "ana's device shows the key.", CompareStep.Reveal, Sealed.Exchange("ana compares").Public.Bytes);
        return file;

        void Add(string name, string sentence, CompareStep step, ReadOnlyMemory<byte> value) => file.Add(name, sentence,
            ("target", Cast.Bia.Device.ToBytes()), ("nonce", Cast.Nonce), ("deviceSeed", Cast.Ana.DeviceKeys.Seed), ("value", value),
            ("bytes", new Request(Cast.Ana.Card, new CompareRequest(step, value)).Sign(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Ana.DeviceKeys)));
    }

    private static EmojiParty Party(Person person, ExchangeKeyPair key) => new(person.AccountKeys.Public, person.Device, key.Public);
}
