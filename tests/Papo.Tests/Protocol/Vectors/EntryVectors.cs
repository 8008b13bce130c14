// Owns: the vectors of lists, ids, cards and entries.
// Must never: use the clock or randomness.
using Papo.Protocol;

namespace Papo.Tests.Protocol.Vectors;

internal static class EntryVectors
{
    public static Topics Topics { get; } = Papo.Protocol.Topics.TryMake("chat", out var topics) ? topics : throw new InvalidOperationException();

    public static VectorFile SignedLists()
    {
        var file = new VectorFile();
        void List(string name, string sentence, params byte[][] parts)
        {
            var list = new SignedList(System.Text.Encoding.UTF8.GetString(parts[0]));
            foreach (var part in parts.Skip(1))
            {
                list.Add(part);
            }

            var id = new EntryId(Hashing.Id(list));
            file.Add(name, sentence, ("parts", parts), ("bytes", list.Bytes.ToArray()), ("sha256First16", id.ToBytes()));
        }

        List("label only", "A list of its label alone.", Cast.Utf8("papo/1 heads"));
        List("empty part", "An empty part still has its length.", Cast.Utf8("label"), []);
        List("cut in one place", "The parts ab and c.", Cast.Utf8("label"), Cast.Utf8("ab"), Cast.Utf8("c"));
        List("cut in another place", "The parts a and bc: other bytes than ab and c.", Cast.Utf8("label"), Cast.Utf8("a"), Cast.Utf8("bc"));
        List("number", "A number is a part of 8 bytes, big-endian.", Cast.Utf8("label"), [0, 0, 0, 0, 0, 0, 1, 0]);
        return file;
    }

    public static VectorFile Ids()
    {
        var file = new VectorFile();
        foreach (var person in (Person[])[Cast.Ana, Cast.Bia, Cast.Caio])
        {
            file.Add(
                person.Name,
                $"The keys and ids of {person.Name}, who appears in all other files.",
                ("accountSeed", person.AccountKeys.Seed),
                ("accountKey", person.AccountKeys.Public.Bytes),
                ("account", person.Account.ToBytes()),
                ("accountText", person.Account.ToString()),
                ("deviceSeed", person.DeviceKeys.Seed),
                ("deviceKey", person.DeviceKeys.Public.Bytes),
                ("device", person.Device.ToBytes()),
                ("deviceText", person.Device.ToString()),
                ("inbox", Topics.Inbox(person.Account, person.Device)),
                ("presence", Topics.Presence(person.Account, person.Device)));
        }

        return file;
    }

    public static VectorFile Cards()
    {
        var file = new VectorFile();
        foreach (var person in (Person[])[Cast.Ana, Cast.Bia, Cast.Caio, Cast.Make("José 👩‍👩‍👧‍👦", 7)])
        {
            file.Add($"card of {person.Name}", "A device card: CBOR content, then the account's signature.",
                ("space", Cast.Home.ToBytes()), ("accountSeed", person.AccountKeys.Seed), ("deviceSeed", person.DeviceKeys.Seed),
                ("displayName", person.Card.Name.Text), ("madeAt", person.Card.MadeAt), ("bytes", person.Card.Bytes));
        }

        var linked = DeviceCard.Make(Cast.Home, Cast.Ana.AccountKeys, Cast.Keys(9).Public, Cast.Ana.Card.Name, Cast.Now, PrivateRooms.Sealed.CopyOf(Cast.Ana));
        file.Add("card of a linked copy", "The account vouches for a device of a copy that does not hold its key.",
            ("space", Cast.Home.ToBytes()), ("accountSeed", Cast.Ana.AccountKeys.Seed), ("deviceSeed", Cast.Keys(9).Seed),
            ("displayName", linked.Name.Text), ("madeAt", linked.MadeAt), ("copy", linked.Copy!.Value.ToBytes()), ("bytes", linked.Bytes));
        return file;
    }

    public static VectorFile Entries()
    {
        var file = new VectorFile();
        var card = Cast.CardEntry(Cast.Ana);
        var text = Cast.Text(Cast.Ana, "oi! 👋", card);
        var reply = Cast.Text(Cast.Ana, "oi bia e caio", text, null, new EntryExtension { Target = text.Id, Thread = text.Id, Mentions = [Cast.Bia.Account, Cast.Caio.Account] });
        var edit = Next(reply, EntryKind.Edit, Cast.Utf8("oi bia!"), new EntryExtension { Target = reply.Id });
        var delete = Next(edit, EntryKind.Delete, [], new EntryExtension { Target = text.Id });
        var reaction = Next(delete, EntryKind.Reaction, Cast.Utf8("👍"), new EntryExtension { Target = reply.Id });
        var back = Next(reaction, EntryKind.Reaction, Cast.Utf8("👍"), new EntryExtension { Target = reply.Id, Off = true });
        var action = Next(back, EntryKind.Text, Cast.Utf8("acena"), new EntryExtension { IsAction = true });
        var kind = Next(action, (EntryKind)99, [0xff, 0x00], null);
        var version = Cast.Sign(Cast.Ana, Cast.Header(Cast.Ana, (EntryKind)3, 9, kind.Id) with { Version = 2 }, Cast.Utf8("later"));
        Add(file, "card", "Entry 0 of a log carries the author's device card.", card);
        Add(file, "text", "A text message.", text);
        Add(file, "reply", "An answer in a thread, naming two accounts.", reply);
        Add(file, "edit", "The new text of the entry before.", edit);
        Add(file, "delete", "Takes the first text back; it has no body.", delete);
        Add(file, "reaction", "A reaction.", reaction);
        Add(file, "reaction off", "The same reaction, taken back.", back);
        Add(file, "action", "A text written with /me.", action);
        Add(file, "unknown kind", "A kind of a later version: read, verified, kept, served, shown as unsupported.", kind);
        Add(file, "unknown version", "A later version: its first seven fields are read, it is verified, kept, served, shown as unsupported.", version);
        Assert.True(Entry.TryReadWithoutBody(Cast.Home, Room.General, text.HeaderBytes, text.Signature, text.BodyHash.ToArray(), out var bare));
        file.Add("text without body", "What remains of the text after its deletion: the signature still holds over the body's hash.",
            ("header", bare.HeaderBytes), ("signature", bare.Signature), ("bodyHash", bare.BodyHash.ToArray()), ("id", bare.Id.ToBytes()), ("packed", Packed(bare)));
        return file;
    }

    // Written without the code under test: the packed form has no public writer of its own.
    public static byte[] Packed(Entry entry) => Cast.Cbor(writer =>
    {
        writer.WriteStartArray(entry.Body is null ? 4 : 3);
        writer.WriteByteString(entry.HeaderBytes.Span);
        writer.WriteByteString(entry.Signature.Span);
        if (entry.Body is { } body)
        {
            writer.WriteByteString(body.Span);
        }
        else
        {
            writer.WriteNull();
            writer.WriteByteString(entry.BodyHash);
        }

        writer.WriteEndArray();
    });

    private static Entry Next(Entry after, EntryKind kind, byte[] body, EntryExtension? extension) =>
        Cast.Sign(Cast.Ana, Cast.Header(Cast.Ana, kind, after.Header.Seq + 1, after.Id, extension), body);

    private static void Add(VectorFile file, string name, string sentence, Entry entry)
    {
        Assert.True(entry.Verifies(Cast.Home, Cast.Ana.Card));
        file.Add(
            name,
            sentence,
            ("space", Cast.Home.ToBytes()),
            ("room", entry.Room.Name),
            ("deviceSeed", Cast.Ana.DeviceKeys.Seed),
            ("topic", Topics.Entries(entry.Room, entry.Header.Kind)),
            ("payload", entry.Body!.Value),
            ("papo", LiveEntry.Encode(entry)),
            ("header", entry.HeaderBytes),
            ("signature", entry.Signature),
            ("bodyHash", entry.BodyHash.ToArray()),
            ("id", entry.Id.ToBytes()),
            ("packed", Packed(entry)),
            ("supported", entry.IsSupported));
    }
}
