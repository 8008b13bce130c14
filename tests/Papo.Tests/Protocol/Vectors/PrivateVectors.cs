// Owns: the vectors of private rooms and direct messages.
// Must never: use the clock or randomness.
using Papo.Protocol;
using Papo.Tests.Protocol.PrivateRooms;

namespace Papo.Tests.Protocol.Vectors;

internal static class PrivateVectors
{
    private static readonly Room Room = Sealed.AnaAndBia;
    private static readonly EpochSecret Secret = Sealed.Secret(Room, "first");

    public static VectorFile DeviceLists()
    {
        var file = new VectorFile();
        foreach (var person in (Person[])[Cast.Ana, Cast.Bia])
        {
            file.Add($"list of {person.Name}", "A device list with one copy: CBOR content, then the account's signature.",
                ("space", Cast.Home.ToBytes()), ("accountSeed", person.AccountKeys.Seed), ("counter", 1), ("copy", Sealed.CopyOf(person).ToBytes()),
                ("prekeySecret", Sealed.PrekeyOf(person).Secret), ("prekey", Sealed.PrekeyOf(person).Public.Bytes), ("madeAt", Cast.Now),
                ("topic", EntryVectors.Topics.DeviceList(person.Account)), ("bytes", Sealed.ListOf(person).Bytes));
        }

        var phone = Sealed.Listed(Cast.Ana) with { Name = "celular", IsLinked = true };
        var list = DeviceList.Make(Cast.Home, Cast.Ana.AccountKeys, 3, [phone], [Sealed.CopyOf(Cast.Caio)]);
        file.Add("linked and removed", "A list with a linked copy that has a name, and with one that was removed.",
            ("space", Cast.Home.ToBytes()), ("accountSeed", Cast.Ana.AccountKeys.Seed), ("counter", 3), ("copy", phone.Copy.ToBytes()), ("prekey", phone.Prekey.Bytes), ("madeAt", phone.MadeAt),
            ("copyName", phone.Name), ("linked", phone.IsLinked), ("removed", Sealed.CopyOf(Cast.Caio).ToBytes()), ("bytes", list.Bytes));
        return file;
    }

    public static VectorFile PrivateRooms()
    {
        var file = new VectorFile();
        file.Add("direct messages", "The room of two accounts is the hash of the lower and the higher id.",
            ("one", Cast.Ana.Account.ToBytes()), ("other", Cast.Bia.Account.ToBytes()), ("room", Room.Name));
        file.Add("private room", "A private room's id is the hash of its genesis.",
            ("creator", Sealed.Den.Creator.ToBytes()), ("members", Sealed.Den.Members.Select(static account => (object)account.ToBytes())), ("sharesPast", Sealed.Den.SharesPast),
            ("genesis", Sealed.Den.Bytes), ("room", Sealed.Den.Room.Name));
        return file;
    }

    public static VectorFile Commits()
    {
        var file = new VectorFile();
        var first = First();
        AddCommit(file, "first commit", "ana begins direct messages with bia.", first, Secret);
        var next = Sealed.Secret(Room, "second");
        AddCommit(file, "renewed", "ana renews the secret.", Sealed.Entry(Room, Cast.Ana, Sealed.Commit(Room, Cast.Ana, next, [Cast.Ana, Cast.Bia], [first.Id], Ephemerals("renewed")), first), next);
        var den = Sealed.Secret(Sealed.Den.Room, "den");
        var commit = Sealed.Commit(Sealed.Den.Room, Cast.Ana, den, [Cast.Ana, Cast.Bia], [], Ephemerals("den"));
        commit = commit with { Title = den.TitleKey().SealWith(Sealed.Bytes("title", SealKey.NonceSize), [], Cast.Utf8("toca")) };
        AddCommit(file, "private room", "ana makes a room called toca.", Sealed.Entry(Sealed.Den.Room, Cast.Ana, commit), den);
        var gone = DeviceList.Make(Cast.Home, Cast.Ana.AccountKeys, 2, [Sealed.Listed(Cast.Ana)], [Sealed.CopyOf(Cast.Caio)]);
        var third = Sealed.Secret(Room, "third");
        var expelling = Sealed.Commit(Room, Cast.Ana, third, [Cast.Ana, Cast.Bia], [first.Id], Ephemerals("third")) with { OwnList = gone.Bytes, Expelled = [new EndedLog(Cast.Caio.Device, 4)] };
        AddCommit(file, "a copy removed", "ana takes a copy of her own out of the room.", Sealed.Entry(Room, Cast.Ana, expelling, first), third);
        return file;
    }

    public static VectorFile SealedEntries()
    {
        var file = new VectorFile();
        var first = First();
        var said = Sealed.Said(Room, Cast.Ana, "oi bia 👋", Secret, first, first);
        var reply = Sealed.Said(Room, Cast.Ana, "e aí?", Secret, first, said, new EntryExtension { Target = said.Id, Mentions = [Cast.Bia.Account] });
        foreach (var (name, sentence, entry) in ((string, string, Entry)[])[("text", "A text under the secret of the first commit.", said), ("reply", "An answer that names bia: target and mention are sealed too.", reply)])
        {
            var content = SealedContent.Open(Secret.MessageKey(first.Id, Cast.Ana.Device), entry)!;
            file.Add(name, sentence,
                ("space", Cast.Home.ToBytes()), ("room", Room.Name), ("deviceSeed", Cast.Ana.DeviceKeys.Seed), ("secret", Secret.Bytes), ("commit", first.Id.ToBytes()),
                ("plaintext", content.Encode()), ("text", System.Text.Encoding.UTF8.GetString(content.Body.Span)), ("header", entry.HeaderBytes), ("signature", entry.Signature),
                ("body", entry.Body!.Value), ("id", entry.Id.ToBytes()), ("topic", EntryVectors.Topics.Entries(Room, EntryKind.Text)), ("payload", PackedEntry.Encode(entry)));
        }

        var typing = new Ephemeral(Cast.Ana.Account, Cast.Ana.Device, Cast.Now, new TypingBody(true)).Sign(Cast.Home, Room, Cast.Ana.DeviceKeys);
        var epoch = CommitNode.EpochOf(first.Id);
        file.Add("typing", "An ephemeral, sealed whole.",
            ("secret", Secret.Bytes), ("commit", first.Id.ToBytes()), ("ephemeral", typing), ("payload", SealedEphemeral.Seal(Secret.EphemeralKey(first.Id), epoch, typing, Sealed.Bytes("typing", SealKey.NonceSize))));
        return file;
    }

    public static VectorFile Invites()
    {
        var file = new VectorFile();
        Add("direct messages", "ana tells bia's device of their direct messages.", new Invite(Cast.Ana.Card, Room, null, IsHeard: false));
        Add("private room", "ana tells bia's device of a private room.", new Invite(Cast.Ana.Card, Sealed.Den.Room, Sealed.Den, IsHeard: false));
        Add("to an own device", "ana's device tells another one of hers of direct messages with bia.", new Invite(Cast.Ana.Card, Room, null, IsHeard: false) { Peer = Cast.Bia.Account });
        Add("heard", "That somebody has heard it.", new Invite(Cast.Ana.Card, Room, null, IsHeard: true));
        return file;

        void Add(string name, string sentence, Invite invite) => file.Add(name, sentence,
            ("space", Cast.Home.ToBytes()), ("target", Cast.Bia.Device.ToBytes()), ("deviceSeed", Cast.Ana.DeviceKeys.Seed), ("bytes", invite.Sign(Cast.Home, Cast.Bia.Device, Cast.Ana.DeviceKeys)));
    }

    public static VectorFile HandedSecrets()
    {
        var file = new VectorFile();
        var prekey = Sealed.PrekeyOf(Cast.Bia);
        var handed = SealedSecret.Seal(Cast.Home, Room, First().Id, Cast.Bia.Device, Cast.Nonce, prekey.Public, Secret, Sealed.Exchange("handed over"));
        file.Add("handed over", "A secret for the one who asked: bia's device, with the nonce of its question.",
            ("space", Cast.Home.ToBytes()), ("room", Room.Name), ("commit", handed.Commit.ToBytes()), ("asker", Cast.Bia.Device.ToBytes()), ("nonce", Cast.Nonce),
            ("prekeySecret", prekey.Secret), ("secret", Secret.Bytes), ("hash", Secret.Hash), ("sealed", handed.Sealed));
        var list = Sealed.ListOf(Cast.Bia);
        foreach (var (name, body) in ((string, RequestBody)[])[("commits", new CommitsRequest(Room, 3)), ("secrets", new SecretsRequest(Room, list, Sealed.CopyOf(Cast.Bia), [First().Id]))])
        {
            file.Add(name, $"The request {name}, from bia to ana.",
                ("target", Cast.Ana.Device.ToBytes()), ("nonce", Cast.Nonce), ("deviceSeed", Cast.Bia.DeviceKeys.Seed),
                ("bytes", new Request(Cast.Bia.Card, body).Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys)));
        }

        file.Add("reply", "The answer of ana.",
            ("bytes", new Reply(Cast.Ana.Device, 0, true, false, ReplyStatus.Ok, []) { Secrets = [handed] }.Sign(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Ana.DeviceKeys)));
        return file;
    }

    private static Entry First() => Sealed.Entry(Room, Cast.Ana, Sealed.Commit(Room, Cast.Ana, Secret, [Cast.Ana, Cast.Bia], [], Ephemerals("first")));

    private static Func<ExchangeKeyPair> Ephemerals(string seed)
    {
        var made = 0;
        return () => Sealed.Exchange($"{seed} {made++}");
    }

    private static void AddCommit(VectorFile file, string name, string sentence, Entry entry, EpochSecret secret)
    {
        Assert.Equal(secret.Bytes.ToArray(), Sealed.Unwrap(entry, Cast.Bia)!.Bytes.ToArray());
        file.Add(name, sentence,
            ("space", Cast.Home.ToBytes()), ("room", entry.Room.Name), ("secret", secret.Bytes), ("secretHash", secret.Hash), ("prekeySecret", Sealed.PrekeyOf(Cast.Bia).Secret),
            ("header", entry.HeaderBytes), ("signature", entry.Signature), ("body", entry.Body!.Value), ("id", entry.Id.ToBytes()), ("payload", PackedEntry.Encode(entry)));
    }
}
