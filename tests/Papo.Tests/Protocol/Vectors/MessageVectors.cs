// Owns: the vectors of everything that is not an entry: presence, space, beacons, requests, replies, digests.
// Must never: use the clock or randomness.
using Papo.Protocol;

namespace Papo.Tests.Protocol.Vectors;

internal static class MessageVectors
{
    private static readonly Entry Card = Cast.CardEntry(Cast.Ana);
    private static readonly Entry Text = Cast.Text(Cast.Ana, "oi! 👋", Card);

    public static VectorFile SafetyNumbers()
    {
        var file = new VectorFile();
        foreach (var (one, other) in ((Person, Person)[])[(Cast.Ana, Cast.Bia), (Cast.Bia, Cast.Caio)])
        {
            file.Add($"{one.Name} and {other.Name}", "The half of the lower account id comes first, whoever computes it.",
                ("one", one.AccountKeys.Public.Bytes), ("other", other.AccountKeys.Public.Bytes), ("digits", string.Join(' ', SafetyNumber.Of(one.AccountKeys.Public, other.AccountKeys.Public))));
        }

        return file;
    }

    public static VectorFile Presences()
    {
        var file = new VectorFile();
        var here = new Presence { Card = Cast.Ana.Card, Session = 3, State = PresenceState.Online, Since = Cast.Now, At = Cast.Now + 5, Status = "almoço", Rooms = [Room.General, Cast.Kitchen] };
        foreach (var (name, sentence, presence) in ((string, string, Presence)[])
        [
            ("online", "Here, in two rooms.", here),
            ("away", "Here, but its owner is not.", here with { State = PresenceState.Away, Status = "", Rooms = [] }),
            ("offline", "Left.", here with { State = PresenceState.Offline, Status = "", Rooms = [] }),
            ("lost", "The will of session 3.", here with { State = PresenceState.Lost, At = Cast.Now, Status = "", Rooms = [] }),
        ])
        {
            file.Add(name, sentence, ("space", Cast.Home.ToBytes()), ("deviceSeed", Cast.Ana.DeviceKeys.Seed), ("topic", EntryVectors.Topics.Presence(Cast.Ana.Account, Cast.Ana.Device)),
                ("session", presence.Session), ("state", (int)presence.State), ("since", presence.Since), ("at", presence.At), ("status", presence.Status),
                ("rooms", presence.Rooms.Select(static r => r.Name)), ("bytes", presence.Sign(Cast.Home, Cast.Ana.DeviceKeys)));
        }

        return file;
    }

    public static VectorFile Hubs()
    {
        var file = new VectorFile();
        var serving = new HubCard { Card = Cast.Ana.Card, Session = 3, State = PresenceState.Online, At = Cast.Now + 5, Title = "Casa da Ana" };
        foreach (var (name, sentence, hub) in ((string, string, HubCard)[])
        [
            ("serving", "A replica that serves.", serving),
            ("for ninety days", "It keeps texts for ninety days.", serving with { Retention = 7_776_000_000 }),
            ("stopped", "It was stopped.", serving with { State = PresenceState.Offline, Title = "" }),
            ("lost", "The will of session 3.", serving with { State = PresenceState.Lost, At = Cast.Now, Title = "" }),
        ])
        {
            file.Add(name, sentence, ("space", Cast.Home.ToBytes()), ("deviceSeed", Cast.Ana.DeviceKeys.Seed), ("topic", EntryVectors.Topics.Hub(Cast.Ana.Device)),
                ("session", hub.Session), ("state", (int)hub.State), ("at", hub.At), ("title", hub.Title), ("bytes", hub.Sign(Cast.Home, Cast.Ana.DeviceKeys)));
        }

        var note = new StoredNote(Cast.Ana.Device, [(Room.General, [new StoredPlace(0, new EntryId(6)), new StoredPlace(1, new EntryId(7))])]);
        return file.Add("stored", "What the replica tells bia: two entries of hers are on its disk.", ("space", Cast.Home.ToBytes()), ("deviceSeed", Cast.Ana.DeviceKeys.Seed),
            ("topic", EntryVectors.Topics.Inbox(Cast.Bia.Account, Cast.Bia.Device)), ("author", Cast.Bia.Device.ToBytes()), ("bytes", note.Sign(Cast.Home, Cast.Bia.Device, Cast.Ana.DeviceKeys)));
    }

    public static VectorFile Spaces() => new VectorFile()
        .Add("space card", "The retained payload of chat/_space.", ("space", Cast.Home.ToBytes()), ("madeAt", Cast.Now), ("bytes", new SpaceCard(Cast.Home, Cast.Now).Encode()))
        .Add("older space card", "It stands against the one above, though its id is higher: it is older.",
            ("space", Cast.Work.ToBytes()), ("madeAt", Cast.Now - 1), ("bytes", new SpaceCard(Cast.Work, Cast.Now - 1).Encode()));

    public static VectorFile Ephemerals()
    {
        var heads = new Head[] { new(Cast.Ana.Device, 1, Text.Id) };
        var file = new VectorFile();
        foreach (var (name, sentence, body) in ((string, string, EphemeralBody)[])
        [
            ("typing", "Ana is typing.", new TypingBody(true)),
            ("typing stopped", "Ana stopped typing.", new TypingBody(false)),
            ("beacon", "What ana holds: one log up to place 1, told for the first time.", new BeaconBody(HeadsDigest.Of(heads), 1, heads)),
            ("quiet beacon", "The same, with nothing changed since the beacon before.", new BeaconBody(HeadsDigest.Of(heads), 1, [])),
        ])
        {
            var message = new Ephemeral(Cast.Ana.Account, Cast.Ana.Device, Cast.Now, body);
            file.Add(name, sentence, ("space", Cast.Home.ToBytes()), ("room", "general"), ("topic", "chat/general/e"), ("deviceSeed", Cast.Ana.DeviceKeys.Seed), ("at", Cast.Now),
                ("bytes", message.Sign(Cast.Home, Room.General, Cast.Ana.DeviceKeys)));
        }

        return file;
    }

    public static VectorFile Requests()
    {
        var file = new VectorFile();
        foreach (var (name, sentence, body) in ((string, string, RequestBody)[])
        [
            ("have of rooms", "The newest entry of each log of two rooms.", new HaveRequest([Room.General, Cast.Kitchen], [])),
            ("have of a log", "The newest entry of one log of a room.", new HaveRequest([Room.General], [Cast.Ana.Device])),
            ("get", "Two ranges of a room.", new GetRequest(Room.General, [new EntryRange(Cast.Ana.Device, 0, 3), new EntryRange(Cast.Caio.Device, 7, 7)])),
            ("page", "The latest 50 messages.", new PageRequest(Room.General, PageAnchor.Latest, Hlc.At(Cast.Now), 50)),
            ("sync", "What came to two rooms since a cursor.", new SyncRequest(new byte[] { 1, 2, 3, 4 }, [Room.General, Cast.Kitchen])),
            ("search", "Twenty messages of Bia with two words in a room.", new SearchRequest("café quente", [Cast.Kitchen], "bia", 20)),
            ("unknown op", "An op of a later version: its signature holds, the answer is unknown-op.", new UnknownRequest(42)),
        ])
        {
            file.Add(name, sentence, ("space", Cast.Home.ToBytes()), ("topic", EntryVectors.Topics.Inbox(Cast.Bia.Account, Cast.Bia.Device)),
                ("responseTopic", EntryVectors.Topics.Inbox(Cast.Ana.Account, Cast.Ana.Device)), ("correlationData", Cast.Nonce), ("target", Cast.Bia.Device.ToBytes()),
                ("deviceSeed", Cast.Ana.DeviceKeys.Seed), ("bytes", new Request(Cast.Ana.Card, body).Sign(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Ana.DeviceKeys)));
        }

        return file.Add("echo", "Sent by a device to its own inbox.", ("bytes", InboxMessage.Echo()));
    }

    public static VectorFile Replies()
    {
        Assert.True(Entry.TryReadWithoutBody(Cast.Home, Room.General, Text.HeaderBytes, Text.Signature, Text.BodyHash.ToArray(), out var bare));
        var file = new VectorFile();
        foreach (var (name, sentence, reply) in ((string, string, Reply)[])
        [
            ("first of two frames", "Entries of a room; another frame follows.", new Reply(Cast.Bia.Device, 0, false, false, ReplyStatus.Ok, [new RoomEntries(Room.General, [Card, Text])])),
            ("last frame, more to ask", "An entry without its body; the asker asks again for the rest.", new Reply(Cast.Bia.Device, 1, true, true, ReplyStatus.Ok, [new RoomEntries(Room.General, [bare])])),
            ("with a cursor", "The last frame of an answer to sync.", new Reply(Cast.Bia.Device, 0, true, false, ReplyStatus.Ok, []) { Cursor = new byte[] { 9, 9, 9 } }),
            ("gone", "Bia is not in that room.", new Reply(Cast.Bia.Device, 0, true, false, ReplyStatus.Gone, [])),
        ])
        {
            file.Add(name, sentence, ("space", Cast.Home.ToBytes()), ("topic", EntryVectors.Topics.Inbox(Cast.Ana.Account, Cast.Ana.Device)), ("correlationData", Cast.Nonce),
                ("asker", Cast.Ana.Device.ToBytes()), ("deviceSeed", Cast.Bia.DeviceKeys.Seed), ("bytes", reply.Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys)));
        }

        return file;
    }

    public static VectorFile Digests()
    {
        var file = new VectorFile();
        foreach (var (name, sentence, heads) in ((string, string, Head[])[])
        [
            ("nothing", "No log at all.", []),
            ("one log", "One log up to place 1.", [new(Cast.Ana.Device, 1, Text.Id)]),
            ("two logs", "Two logs; they are hashed in the order of their devices.", [new(Cast.Ana.Device, 1, Text.Id), new(Cast.Bia.Device, 7, new EntryId(7))]),
            ("closed log", "A log closed at place 1 by a fork: its head has a zero id.", [new(Cast.Ana.Device, 1, default)]),
        ])
        {
            file.Add(name, sentence,
                ("heads", heads.Select(static h => VectorFile.Object(("device", h.Device.ToBytes()), ("seq", h.Seq), ("id", h.Id.ToBytes())))),
                ("digest", new EntryId(HeadsDigest.Of(heads)).ToBytes()));
        }

        return file;
    }
}
