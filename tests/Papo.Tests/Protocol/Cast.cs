// Owns: the people, keys and rooms of the protocol tests, from fixed seeds, and small ways to make and to spoil bytes.
// Must never: use randomness of its own; every byte it makes is the same on every run.
using System.Formats.Cbor;
using System.Text;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

internal sealed record Person(string Name, KeyPair AccountKeys, KeyPair DeviceKeys, DeviceCard Card)
{
    public AccountId Account => Card.Account;

    public DeviceId Device => Card.Device;
}

internal static class Cast
{
    // 2026-01-01T00:00:00Z
    public const long Now = 1_767_225_600_000;

    public static SpaceId Home { get; } = new(new UInt128(0x0001020304050607, 0x08090a0b0c0d0e0f));

    public static SpaceId Work { get; } = new(new UInt128(0xf0f1f2f3f4f5f6f7, 0xf8f9fafbfcfdfeff));

    public static Room Kitchen { get; } = Take("kitchen");

    public static Person Ana { get; } = Make("ana", 1);

    public static Person Bia { get; } = Make("bia", 3);

    public static Person Caio { get; } = Make("caio", 5);

    public static byte[] Nonce { get; } = [.. Enumerable.Range(0xa0, 16).Select(static i => (byte)i)];

    public static Room Take(string name) => Room.TryFromWire(name, out var room) ? room : throw new ArgumentException(name);

    public static KeyPair Keys(byte seed) => KeyPair.TryRead(Enumerable.Repeat(seed, 32).ToArray(), out var pair) ? pair : throw new InvalidOperationException();

    public static DisplayName Name(string text) =>
        DisplayName.TryParse(text, out var name) == NameProblem.None ? name! : throw new ArgumentException(text);

    public static Person Make(string name, byte seed, SpaceId? space = null)
    {
        var (account, device) = (Keys(seed), Keys((byte)(seed + 1)));
        return new Person(name, account, device, DeviceCard.Make(space ?? Home, account, device, Name(name), Now));
    }

    public static EntryHeader Header(Person author, EntryKind kind, long seq, EntryId back, EntryExtension? extension = null) => new()
    {
        Kind = kind,
        Account = author.Account,
        Device = author.Device,
        Seq = seq,
        Back = back,
        Hlc = Hlc.At(Now + seq),
        Extension = extension ?? EntryExtension.None,
    };

    public static Entry CardEntry(Person author, Room? room = null) =>
        Entry.Sign(Home, room ?? Room.General, Header(author, EntryKind.Card, 0, default), author.Card.Bytes, author.DeviceKeys);

    public static Entry Text(Person author, string text, Entry after, Room? room = null, EntryExtension? extension = null) =>
        Entry.Sign(Home, room ?? Room.General, Header(author, EntryKind.Text, after.Header.Seq + 1, after.Id, extension), Utf8(text), author.DeviceKeys);

    public static Entry Sign(Person author, EntryHeader header, byte[] body) => Entry.Sign(Home, Room.General, header, body, author.DeviceKeys);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Flip(ReadOnlyMemory<byte> bytes, int bit)
    {
        var copy = bytes.ToArray();
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }

    // Canonical CBOR written by hand in a test; lengths of maps and arrays are the writer's business.
    public static byte[] Cbor(Action<CborWriter> write)
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        write(writer);
        return writer.Encode();
    }

    public static SignedContent Split(ReadOnlyMemory<byte> bytes) => SignedContent.TrySplit(bytes, out var split) ? split : default;

    public static DeviceCard? NoCard(ReadOnlyMemory<byte> bytes) => null;
}
