// Owns: the proof that no reader of the protocol throws, whatever bytes come.
// Must never: check what a reader answers; that is the business of the tests beside it.
using CsCheck;
using Papo.Protocol;

namespace Papo.Tests.Protocol;

public sealed class HostileBytesTests
{
    private static readonly (string Name, Action<byte[]> Read)[] Readers =
    [
        ("header", static bytes => EntryHeader.TryRead(bytes, out _)),
        ("entry", static bytes => { _ = Entry.TryRead(Cast.Home, Room.General, bytes, new byte[64], bytes, out var entry) && entry.Verifies(Cast.Home, Cast.Ana.Card); }),
        ("bare entry", static bytes => Entry.TryReadWithoutBody(Cast.Home, Room.General, bytes, new byte[64], new byte[32], out _)),
        ("card", static bytes => DeviceCard.TryRead(Cast.Home, bytes, out _)),
        ("presence", static bytes => Presence.TryRead(Cast.Home, bytes, static _ => Cast.Ana.Card, out _)),
        ("ephemeral", static bytes => { _ = Ephemeral.TryRead(bytes, out var read, out var split) && read.IsSignedBy(Cast.Ana.Card, Cast.Home, Room.General, split); }),
        ("space", static bytes => SpaceCard.TryRead(bytes, out _)),
        ("request", static bytes => Request.TryRead(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Split(bytes), static _ => Cast.Ana.Card, out _)),
        ("reply", static bytes => Reply.TryRead(Cast.Home, Cast.Split(bytes), out _)),
        ("inbox", static bytes => InboxMessage.Peek(Cast.Split(bytes))),
        ("device list", static bytes => DeviceList.TryRead(Cast.Home, bytes, out _)),
        ("genesis", static bytes => Genesis.TryRead(bytes, out _)),
        ("commit", static bytes => Commit.TryRead(bytes, out _)),
        ("sealed content", static bytes => SealedContent.TryRead(bytes, out _)),
        ("packed", static bytes => PackedEntry.TryRead(Cast.Home, Room.General, bytes, out _)),
        ("sealed ephemeral", static bytes => SealedEphemeral.Open(PrivateRooms.Sealed.Secret(Room.General, "any").EphemeralKey(default), bytes)),
        ("sealed key", static bytes => Hpke.Open(PrivateRooms.Sealed.PrekeyOf(Cast.Ana), [], [], bytes)),
        ("invite", static bytes => Invite.TryRead(Cast.Home, Cast.Bia.Device, Cast.Split(bytes), static _ => Cast.Ana.Card, out _)),
        ("live", static bytes => LiveEntry.TryRead(Cast.Home, Room.General, System.Text.Encoding.UTF8.GetBytes(System.Buffers.Text.Base64Url.EncodeToString(bytes)), bytes, out _)),
    ];

    private static readonly byte[][] Valid = ValidMessages();

    private static readonly byte[] Heads =
    [
        0x00, 0x01, 0x07, 0x18, 0x19, 0x1a, 0x1b, 0x20, 0x40, 0x50, 0x58, 0x5b, 0x5f, 0x60, 0x7f, 0x80, 0x83, 0x85, 0x87, 0x88, 0x89, 0x9b, 0x9f, 0xa0, 0xa1, 0xbb, 0xbf, 0xc0, 0xc2, 0xd9, 0xf4, 0xf6, 0xf9, 0xfb, 0xff,
    ];

    // Bytes that mean something to CBOR come more often than chance would have them.
    private static readonly Gen<byte> Tokens = Gen.Frequency((3, Gen.Byte), (2, Gen.Int[0, Heads.Length - 1].Select(static i => Heads[i])));

    [Fact]
    public void Random_bytes_never_make_a_reader_throw() => Tokens.Array[0, 300].Sample(ReadAll, iter: 6_000, threads: 1);

    [Fact]
    public void Spoilt_messages_never_make_a_reader_throw() =>
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Select(Gen.Int[0, 1_000], Gen.Int[0, 3], Tokens.Array[0, 6]).Array[1, 4]).Select(static (at, cuts) => Spoil(Valid[at], cuts))
            .Sample(ReadAll, iter: 6_000, threads: 1);

    [Theory]
    [InlineData(0x81)] // arrays in arrays
    [InlineData(0xa1)] // maps in maps
    [InlineData(0xc1)] // tags on tags
    [InlineData(0x9f)] // arrays without length
    public void Sixty_thousand_levels_of_nesting_never_make_a_reader_throw(byte token)
    {
        var nest = Enumerable.Repeat(token, 60_000).ToArray();
        ReadAll(nest);
        ReadAll([0x88, .. Valid[0].AsSpan(1).ToArray(), .. nest.AsSpan(0, 3_000).ToArray()]);
    }

    [Theory]
    [InlineData("9b7fffffffffffffff")]
    [InlineData("9affffffff01")]
    [InlineData("8701015bffffffffffffffff")]
    [InlineData("bb7fffffffffffffff")]
    [InlineData("7b7fffffffffffffff41")]
    public void Absurd_lengths_never_make_a_reader_throw(string hex) => ReadAll([.. Convert.FromHexString(hex), .. new byte[64]]);

    private static void ReadAll(byte[] bytes)
    {
        foreach (var (name, read) in Readers)
        {
            var thrown = Record.Exception(() => read(bytes));
            Assert.True(thrown is null, $"{name}: {thrown} on {Convert.ToHexString(bytes)}");
        }
    }

    private static byte[] Spoil(byte[] valid, (int At, int Remove, byte[] Insert)[] cuts)
    {
        var bytes = valid.ToList();
        foreach (var (at, remove, insert) in cuts)
        {
            var where = bytes.Count == 0 ? 0 : at % bytes.Count;
            bytes.RemoveRange(where, Math.Min(remove, bytes.Count - where));
            bytes.InsertRange(where, insert);
        }

        return [.. bytes];
    }

    private static byte[][] ValidMessages()
    {
        var card = Cast.CardEntry(Cast.Ana);
        var extension = new EntryExtension { Target = card.Id, Thread = card.Id, Mentions = [Cast.Bia.Account], IsAction = true, Off = true };
        var text = Cast.Text(Cast.Ana, "oi", card, null, extension);
        var get = new GetRequest(Room.General, [new EntryRange(Cast.Ana.Device, 1, 2)]);
        return
        [
            text.HeaderBytes.ToArray(),
            [.. text.HeaderBytes.Span, .. text.Signature.Span],
            Cast.Ana.Card.Bytes.ToArray(),
            new Presence { Card = Cast.Ana.Card, Session = 1, State = PresenceState.Away, Since = 2, At = 3, Rooms = [Room.General] }.Sign(Cast.Home, Cast.Ana.DeviceKeys),
            new Ephemeral(Cast.Ana.Account, Cast.Ana.Device, 1, new BeaconBody(1, 1, [new Head(Cast.Ana.Device, 1, text.Id)])).Sign(Cast.Home, Room.General, Cast.Ana.DeviceKeys),
            new SpaceCard(Cast.Home, 1).Encode(),
            new Request(Cast.Ana.Card, get).Sign(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Ana.DeviceKeys),
            new Request(Cast.Ana.Card, new HaveRequest([Room.General], [Cast.Ana.Device])).Sign(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Ana.DeviceKeys),
            new Reply(Cast.Bia.Device, 0, true, false, ReplyStatus.Ok, [new RoomEntries(Room.General, [card, text])]).Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys),
            .. ValidInPrivate(),
        ];
    }

    private static byte[][] ValidInPrivate()
    {
        var room = PrivateRooms.Sealed.Den.Room;
        var secret = PrivateRooms.Sealed.Secret(room, "hostile");
        var commit = PrivateRooms.Sealed.Entry(room, Cast.Ana, PrivateRooms.Sealed.Commit(room, Cast.Ana, secret, [Cast.Ana, Cast.Bia], []));
        var secrets = new SecretsRequest(room, PrivateRooms.Sealed.ListOf(Cast.Ana), PrivateRooms.Sealed.CopyOf(Cast.Ana), [commit.Id]);
        return
        [
            PrivateRooms.Sealed.ListOf(Cast.Ana).Bytes.ToArray(),
            PrivateRooms.Sealed.Den.Bytes.ToArray(),
            commit.Body!.Value.ToArray(),
            PackedEntry.Encode(commit),
            new SealedContent(new EntryExtension { Target = commit.Id }, Cast.Utf8("oi")).Encode(),
            new Invite(Cast.Ana.Card, room, PrivateRooms.Sealed.Den, IsHeard: false).Sign(Cast.Home, Cast.Bia.Device, Cast.Ana.DeviceKeys),
            new Request(Cast.Ana.Card, secrets).Sign(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Ana.DeviceKeys),
            new Request(Cast.Ana.Card, new CommitsRequest(room, 3)).Sign(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Ana.DeviceKeys),
        ];
    }
}
