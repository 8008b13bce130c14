// Owns: a device made by hand that signs and sends whatever a test wants, also what no honest program would.
// Must never: answer or heal by itself; it only says what it is told to say.
using System.Security.Cryptography;
using System.Text;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Tests.World;

/// <summary>Somebody with keys of their own in the space of a broker.</summary>
internal sealed class Stranger : IAsyncDisposable
{
    private readonly Topics _topics;
    private readonly HybridClock _clock = new();
    private long _at;

    private Stranger(Device device, SpaceCard space, string name, KeyPair account, KeyPair key)
    {
        (Device, SpaceCard, Account, Key) = (device, space, account, key);
        Assert.True(Topics.TryMake("chat", out _topics));
        Assert.Equal(NameProblem.None, DisplayName.TryParse(name, out var display));
        Card = DeviceCard.Make(space.Space, account, key, display!, Now);
    }

    /// <summary>The connection.</summary>
    public Device Device { get; }

    public SpaceCard SpaceCard { get; }

    public SpaceId Space => SpaceCard.Space;

    public KeyPair Account { get; }

    public KeyPair Key { get; }

    public DeviceCard Card { get; }

    /// <summary>The entry signed last: the next one follows it.</summary>
    public Entry? Last { get; set; }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Comes to a broker that carries a space.</summary>
    public static async Task<Stranger> ArriveAsync(string name, BrokerAddress broker, KeyPair? account = null)
    {
        var device = await Device.ConnectAsync(Device.Options(broker, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10))));
        await device.SubscribeAsync("chat/_space", 0);
        Assert.True(SpaceCard.TryRead((await device.MessageAsync()).Payload, out var space));
        return new Stranger(device, space, name, account ?? KeyPair.Generate(), KeyPair.Generate());
    }

    /// <summary>Signs the next entry of its log; a card first if there is none.</summary>
    public Entry Sign(string text, EntryKind kind = EntryKind.Text, EntryId? target = null, Hlc? hlc = null, Room? room = null)
    {
        Last ??= Sign(EntryKind.Card, 0, default, Card.Bytes, null, null, room);
        return Last = Sign(kind, Last.Header.Seq + 1, Last.Id, Encoding.UTF8.GetBytes(text), target, hlc, room);
    }

    /// <summary>Signs any entry.</summary>
    public Entry Sign(EntryKind kind, long seq, EntryId back, ReadOnlyMemory<byte> body, EntryId? target = null, Hlc? hlc = null, Room? room = null) => Entry.Sign(
        Space,
        room ?? Room.General,
        new EntryHeader
        {
            Kind = kind,
            Account = Card.Account,
            Device = Card.Device,
            Seq = seq,
            Back = back,
            Hlc = hlc ?? _clock.Next(Now),
            Extension = target is null ? EntryExtension.None : new EntryExtension { Target = target },
        },
        body,
        Key);

    /// <summary>Publishes its card, then the next entry.</summary>
    public async Task<Entry> SayAsync(string text, EntryKind kind = EntryKind.Text, EntryId? target = null, Hlc? hlc = null)
    {
        if (Last is null)
        {
            Last = Sign(EntryKind.Card, 0, default, Card.Bytes);
            await PublishAsync(Last);
        }

        var entry = Sign(text, kind, target, hlc);
        await PublishAsync(entry);
        return entry;
    }

    /// <summary>Publishes an entry as it is, in its own room or another.</summary>
    public Task PublishAsync(Entry entry, Room? room = null) => PublishAsync(
        new PublishMessage(_topics.Entries(room ?? entry.Room, entry.Header.Kind), entry.Body ?? default) { Papo = LiveEntry.Encode(entry), TextPayload = entry.Header.Kind == EntryKind.Text });

    /// <summary>Says that it is here, in #general.</summary>
    public Task ComeAsync(long session = 1, PresenceState state = PresenceState.Online) => PublishAsync(PresenceMessage(session, state));

    /// <summary>Its presence as a message.</summary>
    public PublishMessage PresenceMessage(long session, PresenceState state, long? at = null) => new(
        _topics.Presence(Card.Account, Card.Device),
        new Presence { Card = Card, Session = session, State = state, Since = Now, At = at ?? Now, Rooms = [Room.General] }.Sign(Space, Key))
    {
        Qos = 0,
        Retain = true,
    };

    /// <summary>Claims heads in a beacon.</summary>
    public Task BeaconAsync(params Head[] heads) => EphemeralAsync(new BeaconBody(Hashing.First16(RandomNumberGenerator.GetBytes(16)), Math.Max(1, heads.Length), heads));

    /// <summary>Says something on the ephemeral topic.</summary>
    public Task EphemeralAsync(EphemeralBody body, long? at = null)
    {
        _at = Math.Max(Now, _at + 1);
        return PublishAsync(new PublishMessage(_topics.Ephemeral(Room.General), new Ephemeral(Card.Account, Card.Device, at ?? _at, body).Sign(Space, Room.General, Key)) { Qos = 0 });
    }

    /// <summary>Asks a device something; returns the message, so that a test can send it again.</summary>
    public PublishMessage Question(DeviceId device, AccountId account, RequestBody body)
    {
        var nonce = RandomNumberGenerator.GetBytes(Request.NonceSize);
        return new PublishMessage(_topics.Inbox(account, device), new Request(Card, body).Sign(Space, device, nonce, Key))
        {
            ResponseTopic = Inbox,
            CorrelationData = nonce,
        };
    }

    /// <summary>The question in a message that came to its inbox; null when it is none.</summary>
    public Request? Asked(InboundMessage message) =>
        message.Topic == Inbox && SignedContent.TrySplit(message.Payload, out var split) && InboxMessage.Peek(split) == InboxKind.Request
        && Request.TryRead(Space, Card.Device, message.CorrelationData.Span, split, static _ => null, out var request) ? request : null;

    /// <summary>Answers a question about #general in one frame.</summary>
    public Task AnswerAsync(InboundMessage question, params Entry[] entries) => AnswerAsync(question, ReplyStatus.Ok, entries);

    public Task AnswerAsync(InboundMessage question, ReplyStatus status, params Entry[] entries)
    {
        var reply = new Reply(Card.Device, 0, true, false, status, [new RoomEntries(Room.General, entries)]);
        return PublishAsync(new PublishMessage(question.ResponseTopic!, reply.Sign(Space, Asked(question)!.Asker.Device, question.CorrelationData.Span, Key)) { CorrelationData = question.CorrelationData });
    }

    public string Inbox => _topics.Inbox(Card.Account, Card.Device);

    public async Task PublishAsync(PublishMessage message) => Assert.True((await Device.Session.PublishAsync(message).WaitAsync(Device.Soon)).IsSent);

    public async ValueTask DisposeAsync() => await Device.DisposeAsync();
}
