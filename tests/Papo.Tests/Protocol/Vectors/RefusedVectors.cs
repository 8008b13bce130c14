// Owns: the vectors of what must be refused, each with the reason.
// Must never: hold a vector that this implementation accepts; each is tried when it is made.
using System.Formats.Cbor;
using Papo.Protocol;

namespace Papo.Tests.Protocol.Vectors;

internal static class RefusedVectors
{
    private static readonly Entry Card = Cast.CardEntry(Cast.Ana);
    private static readonly Entry Text = Cast.Text(Cast.Ana, "oi!", Card);
    private static readonly byte[] Zero = new byte[16];

    public static VectorFile Entries()
    {
        var file = new VectorFile();
        var header = Cast.Header(Cast.Ana, EntryKind.Text, 1, Card.Id);
        Entry(file, "other room", "The signature covers the room.", Text, room: Cast.Kitchen);
        Entry(file, "other space", "The signature covers the space.", Text, space: Cast.Work);
        Entry(file, "other device", "Signed by bia's device under ana's name.", Papo.Protocol.Entry.Sign(Cast.Home, Room.General, header, Cast.Utf8("oi!"), Cast.Bia.DeviceKeys));
        Entry(file, "account key", "Signed by the account's key; only devices sign entries.", Papo.Protocol.Entry.Sign(Cast.Home, Room.General, header, Cast.Utf8("oi!"), Cast.Ana.AccountKeys));
        Entry(file, "other account", "Signed by ana's device, but the header names bia's account.", Cast.Sign(Cast.Ana, header with { Account = Cast.Bia.Account }, Cast.Utf8("oi!")));
        Entry(file, "other body", "The body is not the one that was signed.", Text, body: Cast.Utf8("oi?"));
        Entry(file, "entry 0 is a text", "Entry 0 is a card, or nobody could verify the log.", Cast.Sign(Cast.Ana, header with { Seq = 0, Back = default }, Cast.Utf8("oi!")));
        Entry(file, "card of somebody else", "A card entry carries a card of its own device.", Cast.Sign(Cast.Ana, header with { Kind = EntryKind.Card }, Cast.Bia.Card.Bytes.ToArray()));
        return file;
    }

    public static VectorFile Headers()
    {
        var file = new VectorFile();
        Header(file, "version 0", "Versions count from 1.", version: 0);
        Header(file, "negative kind", "Kinds count from 0.", kind: -1);
        Header(file, "entry 0 with a predecessor", "There is nothing before entry 0.", seq: 0);
        Header(file, "entry 1 without a predecessor", "Every entry but 0 names the one before.", back: Zero);
        Header(file, "place too high", "A place is at most 2^40 - 1.", seq: Limits.Seq + 1);
        Header(file, "stamp too high", "A stamp is at most 2^63 - 1.", hlc: 1UL << 63);
        Header(file, "id of 15 bytes", "An id has 16 bytes.", back: new byte[15]);
        Header(file, "six fields", "The first seven fields are always there.", fields: 6);
        Header(file, "33 fields", "A header has at most 32 fields.", fields: 33);
        Header(file, "epoch is text", "In version 1 the eighth field is a number or null.", fields: 8, eighth: static writer => writer.WriteTextString("x"));
        var good = Text.HeaderBytes.ToArray();
        Refuse(file, "number longer than needed", "Canonical CBOR: version 1 is one byte.", [good[0], 0x18, 0x01, .. good.AsSpan(2)]);
        Refuse(file, "array without length", "Canonical CBOR: lengths are definite.", [0x9f, .. good.AsSpan(1), 0xff]);
        Refuse(file, "trailing byte", "Nothing follows the header.", [.. good, 0x00]);
        Refuse(file, "cut short", "The last byte is missing.", good[..^1]);
        byte[] Map(params byte[] map) => [0x89, .. good.AsSpan(1), 0xf6, .. map];
        Refuse(file, "keys out of order", "Canonical CBOR: keys rise.", Map(0xa2, 0x05, 0xf5, 0x04, 0xf5));
        Refuse(file, "key twice", "Canonical CBOR: a key comes once.", Map(0xa2, 0x04, 0xf5, 0x04, 0xf5));
        Refuse(file, "target is text", "A known key has its type.", Map(0xa1, 0x01, 0x61, 0x61));
        return file;

        static void Refuse(VectorFile file, string name, string why, byte[] bytes)
        {
            Assert.False(EntryHeader.TryRead(bytes, out _), name);
            file.Add(name, why, ("header", bytes));
        }

        static void Header(VectorFile file, string name, string why, int version = 1, int kind = 1, long seq = 1, byte[]? back = null, ulong hlc = 5, int fields = 7, Action<CborWriter>? eighth = null) =>
            Refuse(file, name, why, RawHeader(version, kind, seq, back ?? Card.Id.ToBytes(), hlc, fields, eighth ?? (static writer => writer.WriteNull())));
    }

    public static VectorFile Keys()
    {
        var file = new VectorFile();
        foreach (var (name, why, hex) in ((string, string, string)[])
        [
            ("identity", "The point of order 1.", "0100000000000000000000000000000000000000000000000000000000000000"),
            ("order 2", "The point of order 2.", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            ("order 4", "A point of order 4.", "0000000000000000000000000000000000000000000000000000000000000000"),
            ("order 8", "A point of order 8.", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            ("not reduced", "The y of order 4, with the prime added.", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            ("not on the curve", "No point has this y.", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"),
        ])
        {
            Assert.False(PublicKey.TryRead(Convert.FromHexString(hex), out _), name);
            file.Add(name, why, ("key", hex));
        }

        return file;
    }

    public static VectorFile Names()
    {
        var file = new VectorFile();
        foreach (var (name, why) in ((string, string)[])
        [
            ("", "A name has something to see."), ("\u200d", "A joiner alone shows nothing."), ("\u3164", "This letter shows nothing."), ("ana\nbia", "No line breaks."),
            ("ana\u001b[2J", "No control characters."), ("ana\u202ebia", "No change of direction."), ("ana·k7m2", "The middle dot separates name and suffix."),
            ("@ana", "Names of people are written with @ in commands."), ("<ana>", "Angle brackets frame names in plain output."), (new string('x', 41), "At most 40 code points."),
        ])
        {
            Assert.NotEqual(NameProblem.None, DisplayName.TryParse(name, out _));
            file.Add(Convert.ToHexStringLower(Cast.Utf8(name)), why, ("displayName", name));
        }

        return file;
    }

    private static byte[] RawHeader(int version, int kind, long seq, byte[] back, ulong hlc, int fields, Action<CborWriter> eighth) => Cast.Cbor(writer =>
    {
        writer.WriteStartArray(fields);
        writer.WriteInt32(version);
        writer.WriteInt32(kind);
        writer.WriteByteString(Cast.Ana.Account.ToBytes());
        writer.WriteByteString(Cast.Ana.Device.ToBytes());
        writer.WriteInt64(seq);
        writer.WriteByteString(back);
        for (var i = 6; i < fields; i++)
        {
            if (i == 6)
            {
                writer.WriteUInt64(hlc);
                continue;
            }

            eighth(writer);
        }

        writer.WriteEndArray();
    });

    private static void Entry(VectorFile file, string name, string why, Entry entry, Room? room = null, SpaceId? space = null, byte[]? body = null)
    {
        var where = (Space: space ?? Cast.Home, Room: room ?? Room.General, Body: body ?? entry.Body!.Value.ToArray());
        var card = space is null ? Cast.Ana.Card : Cast.Make("ana", 1, space).Card;
        Assert.False(
            Papo.Protocol.Entry.TryRead(where.Space, where.Room, entry.HeaderBytes, entry.Signature, where.Body, out var read) && read.Verifies(where.Space, card), name);
        file.Add(name, why, ("space", where.Space.ToBytes()), ("room", where.Room.Name), ("card", card.Bytes), ("papo", LiveEntry.Encode(entry)), ("payload", where.Body));
    }
}
