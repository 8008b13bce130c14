// Owns: the readers of what comes from the network.
// Must never: leave one out; whoever adds a reader adds it here.
using System.Buffers;
using System.Buffers.Text;
using System.Text;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using Papo.Client.Discovery;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.Protocol.PrivateRooms;

namespace Papo.Fuzz;

internal static class WireTargets
{
    private static readonly Entry CardEntry = Cast.CardEntry(Cast.Ana);
    private static readonly Entry TextEntry = Cast.Text(
        Cast.Ana, "oi", CardEntry, null, new EntryExtension { Target = CardEntry.Id, Thread = CardEntry.Id, Mentions = [Cast.Bia.Account], IsAction = true, Off = true });

    private static readonly Commit FirstCommit = Sealed.Commit(Sealed.Den.Room, Cast.Ana, Sealed.Secret(Sealed.Den.Room, "fuzz"), [Cast.Ana, Cast.Bia], []);
    private static readonly LinkToken Token = LinkToken.TryRead(Cast.Nonce, out var token) ? token : throw new InvalidOperationException();


    public static IReadOnlyList<Target> All { get; } =
    [
        new("header", static bytes => EntryHeader.TryRead(bytes, out var read) ? (read.Kind, read.Version == EntryHeader.CurrentVersion, read.Epoch is null) : null, TextEntry.HeaderBytes.ToArray(), CardEntry.HeaderBytes.ToArray()),
        new("live-entry", ReadLive, Live(TextEntry), Live(CardEntry)),
        new("card", static bytes => DeviceCard.TryRead(Cast.Home, bytes, out var card) ? card.Name.Text.Length > 3 : null, Cast.Ana.Card.Bytes.ToArray()),
        new("space-card", static bytes => SpaceCard.TryRead(bytes, out var card) ? card.MadeAt > 0 : null, new SpaceCard(Cast.Home, 1).Encode()),
        new("presence", static bytes => Presence.TryRead(Cast.Home, bytes, static _ => null, out var read) ? (read.State, read.Rooms.Count) : null,
            new Presence { Card = Cast.Ana.Card, Session = 1, State = PresenceState.Away, Since = 2, At = 3, Rooms = [Room.General, Cast.Kitchen] }.Sign(Cast.Home, Cast.Ana.DeviceKeys)),
        new("hub-card", static bytes => HubCard.TryRead(Cast.Home, bytes, out var read) ? (read.State, read.Retention is null) : null,
            new HubCard { Card = Cast.Ana.Card, Session = 1, State = PresenceState.Online, At = 3, Title = "Casa", Retention = 86_400_000 }.Sign(Cast.Home, Cast.Ana.DeviceKeys)),
        new("ephemeral", ReadEphemeral,
            new Ephemeral(Cast.Ana.Account, Cast.Ana.Device, 1, new BeaconBody(1, 1, [new Head(Cast.Ana.Device, 1, TextEntry.Id)])).Sign(Cast.Home, Room.General, Cast.Ana.DeviceKeys),
            new Ephemeral(Cast.Ana.Account, Cast.Ana.Device, 1, new TypingBody(true)).Sign(Cast.Home, Room.General, Cast.Ana.DeviceKeys)),
        new("request", ReadRequest,
            Ask(new HaveRequest([Room.General], [Cast.Ana.Device])),
            Ask(new GetRequest(Room.General, [new EntryRange(Cast.Ana.Device, 1, 2)])),
            Ask(new PageRequest(Room.General, PageAnchor.Latest, default, 50)),
            Ask(new CommitsRequest(Sealed.Den.Room, 3)),
            Ask(new SecretsRequest(Sealed.Den.Room, Sealed.ListOf(Cast.Ana), Sealed.CopyOf(Cast.Ana), [CardEntry.Id])),
            Ask(EnterRequest.Make(Cast.Home, Cast.Bia.Device, Cast.Ana.Device, Sealed.Den.Room, Token))),
        new("linked-copy", static bytes => LinkedCopy.TryRead(bytes, out var copy) ? copy.Devices.Count : null, new LinkedCopy(Sealed.CopyOf(Cast.Ana), [Cast.Ana.DeviceKeys.Public, Cast.Bia.DeviceKeys.Public], Cast.Name("celular")).Encode()),
        new("link-answer", static bytes => LinkAnswer.TryRead(bytes, out var answer) ? (answer.Cards.Count, answer.Rooms.Count) : null,
            new LinkAnswer(Cast.Nonce, Cast.Ana.Card.Name, [Cast.Ana.Card.Bytes], [new KnownRoom(Room.General, null, null), new KnownRoom(Sealed.AnaAndBia, Cast.Bia.Account, null), new KnownRoom(Sealed.Den.Room, null, Sealed.Den)]).Encode()),
        new("device-list", static bytes => DeviceList.TryRead(Cast.Home, bytes, out var list) ? list.Copies.Count : null, Sealed.ListOf(Cast.Ana).Bytes.ToArray()),
        new("genesis", static bytes => Genesis.TryRead(bytes, out var genesis) ? (genesis.Members.Count, genesis.SharesPast) : null, Sealed.Den.Bytes.ToArray()),
        new("commit", static bytes => Commit.TryRead(bytes, out var commit) ? (commit.Parents.Count, commit.Members.Count, commit.Wraps.Count, commit.Genesis is null) : null, FirstCommit.Encode()),
        new("packed-entry", static bytes => PackedEntry.TryRead(Cast.Home, Sealed.Den.Room, bytes, out var entry) ? (entry.Header.Kind, entry.Body is null) : null, PackedEntry.Encode(Sealed.Entry(Sealed.Den.Room, Cast.Ana, FirstCommit))),
        new("sealed-content", static bytes => SealedContent.TryRead(bytes, out var content) ? content.Extension.Target is null : null, new SealedContent(TextEntry.Header.Extension, Utf8("oi")).Encode()),
        new("invite", static bytes => SignedContent.TrySplit(bytes, out var split) && Invite.TryRead(Cast.Home, Cast.Bia.Device, split, static _ => null, out var invite) ? invite.Genesis is null : null,
            new Invite(Cast.Ana.Card, Sealed.Den.Room, Sealed.Den, IsHeard: false).Sign(Cast.Home, Cast.Bia.Device, Cast.Ana.DeviceKeys)),
        new("reply", static bytes => SignedContent.TrySplit(bytes, out var split) && Reply.TryRead(Cast.Home, split, out var reply) ? (reply.Status, reply.Rooms.Count, reply.Last, reply.More) : null,
            new Reply(Cast.Bia.Device, 0, true, false, ReplyStatus.Ok, [new RoomEntries(Room.General, [CardEntry, TextEntry])]).Sign(Cast.Home, Cast.Ana.Device, Cast.Nonce, Cast.Bia.DeviceKeys)),
        new("guest-line", static bytes => GuestLine.TryRead(bytes, out var line) ? line.Text.Length > 0 : null, new GuestLine("porta", "alguém tocou").Encode()),
        new("topic", static bytes => Topics.TryMake("chat", out var topics) ? topics.Parse(Encoding.UTF8.GetString(bytes)).Kind : null, "chat/general"u8.ToArray(), "chat/general/x"u8.ToArray(), Utf8($"chat/_i/{Cast.Ana.Account}/{Cast.Ana.Device}"), Utf8($"chat/_hub/{Cast.Ana.Device}")),
        new("publish", ReadPublish, Publish()),
        // An answer: _papo._tcp.local is "Casa".
        new("dns", static bytes => DnsMessage.TryRead(bytes, out var message) ? message.ToString()?.Length > 100 : null, Convert.FromHexString(
            "000084000000000100000000055f7061706f045f746370056c6f63616c00000c00010000119400070443617361c00c")),
    ];

    private static object? ReadLive(byte[] bytes)
    {
        var cut = Math.Min(bytes.Length, bytes.Length > 0 ? bytes[0] * 2 : 0);
        return LiveEntry.TryRead(Cast.Home, Room.General, bytes.AsSpan(Math.Min(1, bytes.Length), Math.Max(0, cut - 1)), bytes.AsMemory(cut), out var entry)
            ? (entry.Header.Kind, entry.Verifies(Cast.Home, Cast.Ana.Card), entry.TryReadCard(Cast.Home, out _))
            : null;
    }

    private static object? ReadEphemeral(byte[] bytes) =>
        Ephemeral.TryRead(bytes, out var read, out var split) ? (read.Body.GetType(), read.IsSignedBy(Cast.Ana.Card, Cast.Home, Room.General, split)) : null;

    private static object? ReadRequest(byte[] bytes) =>
        SignedContent.TrySplit(bytes, out var split)
            ? (InboxMessage.Peek(split), Request.TryRead(Cast.Home, Cast.Bia.Device, Cast.Nonce, split, static _ => null, out var request) ? request.Body.GetType() : null)
            : null;

    private static string ReadPublish(byte[] bytes)
    {
        try
        {
            var message = new PublishReader().Read(bytes.Length > 0 ? bytes[0] : (byte)0, bytes.AsSpan(Math.Min(1, bytes.Length)));
            return $"{message.Qos} {message.Papo is null} {message.From is null} {message.ResponseTopic is null} {message.CorrelationData.IsEmpty}";
        }
        catch (ConnectFailedException refused)
        {
            return refused.Failure.Detail;
        }
    }

    // One byte says, halved, where the property ends and the payload begins.
    private static byte[] Live(Entry entry)
    {
        var property = Base64Url.EncodeToString([.. entry.HeaderBytes.Span, .. entry.Signature.Span]);
        property = property.Length % 2 == 0 ? property + "A" : property;
        return [(byte)((property.Length + 1) / 2), .. Utf8(property), .. (entry.Body ?? default).Span];
    }

    private static byte[] Ask(RequestBody body) => new Request(Cast.Ana.Card, body).Sign(Cast.Home, Cast.Bia.Device, Cast.Nonce, Cast.Ana.DeviceKeys);

    private static byte[] Publish()
    {
        var packet = new MqttPublishPacket
        {
            Topic = "chat/general",
            Payload = new ReadOnlySequence<byte>("oi"u8.ToArray()),
            ResponseTopic = "chat/_i/a/b",
            CorrelationData = [1, 2, 3],
            UserProperties = [new MqttUserProperty("papo", Utf8("abc")), new MqttUserProperty("from", Utf8("ana"))],
        };
        var bytes = new MqttPacketFormatterAdapter(MqttProtocolVersion.V500, new MqttBufferWriter(1024, 65536)).Encode(packet).Join().ToArray();
        return [bytes[0], .. bytes.AsSpan(2)];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
