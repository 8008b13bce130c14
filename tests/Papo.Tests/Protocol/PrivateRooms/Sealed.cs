// Owns: the copies, rooms, secrets and commits of the tests of private rooms, from fixed seeds.
// Must never: use randomness of its own; every byte it makes is the same on every run.
using System.Security.Cryptography;
using Papo.Protocol;

namespace Papo.Tests.Protocol.PrivateRooms;

internal static class Sealed
{
    private static int _ephemerals;

    public static Room AnaAndBia { get; } = Genesis.Direct(Cast.Ana.Account, Cast.Bia.Account);

    /// <summary>ana's room, with bia from the begin.</summary>
    public static Genesis Den { get; } = Genesis.Make(Cast.Ana.Account, [Cast.Bia.Account], sharesPast: true, Bytes("den", 16));

    public static Person Dora { get; } = Cast.Make("dora", 21);

    public static ExchangeKeyPair PrekeyOf(Person person) => Exchange($"prekey of {person.Name}");

    public static CopyId CopyOf(Person person) => new(Hashing.First16(Bytes($"copy of {person.Name}", 16)));

    public static ListedCopy Listed(Person person) => new(CopyOf(person), PrekeyOf(person).Public, Cast.Now);

    public static DeviceList ListOf(Person person, long counter = 1) => DeviceList.Make(Cast.Home, person.AccountKeys, counter, [Listed(person)]);

    public static ExchangeKeyPair Exchange(string seed) => ExchangeKeyPair.TryRead(Bytes(seed, 32), out var pair) ? pair : throw new InvalidOperationException();

    /// <summary>Another one each time, the same ones on every run of one test alone.</summary>
    public static ExchangeKeyPair Ephemeral() => Exchange($"ephemeral {Interlocked.Increment(ref _ephemerals)}");

    public static EpochSecret Secret(Room room, string seed) => EpochSecret.TryRead(Cast.Home, room, Bytes(seed, 32), out var secret) ? secret : throw new InvalidOperationException();

    public static byte[] Bytes(string seed, int count) => SHA256.HashData(Cast.Utf8(seed))[..count];

    /// <summary>A commit that gives its secret to everybody in the room.</summary>
    public static Commit Commit(Room room, Person author, EpochSecret secret, Person[] members, EntryId[] parents, Func<ExchangeKeyPair>? ephemeral = null)
    {
        var ordered = parents.OrderBy(static id => id.Value).ToArray();
        return new Commit
        {
            Genesis = parents.Length == 0 && room == Den.Room ? Den : null,
            Parents = ordered,
            Members = Accounts(members),
            Admins = room == Den.Room ? [Cast.Ana.Account] : [],
            SecretHash = secret.Hash,
            Wraps = [.. members.OrderBy(static member => member.Account.Value)
                .Select(member => Papo.Protocol.Commit.Wrap(Cast.Home, room, author.Device, ordered, member.Account, Listed(member), secret, (ephemeral ?? Ephemeral)()))],
        };
    }

    public static AccountId[] Accounts(params Person[] people) => [.. people.Select(static person => person.Account).OrderBy(static account => account.Value)];

    public static Entry Entry(Room room, Person author, Commit commit, Entry? after = null) =>
        Papo.Protocol.Entry.Sign(Cast.Home, room, Cast.Header(author, EntryKind.Commit, (after?.Header.Seq ?? 0) + 1, (after ?? Cast.CardEntry(author, room)).Id), commit.Encode(), author.DeviceKeys);

    /// <summary>Something said under the secret of a commit.</summary>
    public static Entry Said(Room room, Person author, string text, EpochSecret secret, Entry commit, Entry after, EntryExtension? extension = null)
    {
        var header = Cast.Header(author, EntryKind.Text, after.Header.Seq + 1, after.Id) with { Epoch = CommitNode.EpochOf(commit.Id) };
        var content = new SealedContent(extension ?? EntryExtension.None, Cast.Utf8(text));
        var body = content.Seal(secret.MessageKey(commit.Id, author.Device), header, Bytes(text, SealKey.NonceSize));
        return Papo.Protocol.Entry.Sign(Cast.Home, room, header, body, author.DeviceKeys);
    }

    public static Commit Read(Entry entry) => Papo.Protocol.Commit.TryRead(entry.Body!.Value, out var commit) ? commit : throw new InvalidOperationException();

    public static EpochSecret? Unwrap(Entry entry, Person reader)
    {
        var commit = Read(entry);
        return commit.Wraps.FirstOrDefault(wrap => wrap.Account == reader.Account) is { } wrap
            ? commit.Unwrap(Cast.Home, entry.Room, entry.Header.Device, wrap, PrekeyOf(reader))
            : null;
    }
}
