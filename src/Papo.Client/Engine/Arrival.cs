// Owns: the way from "connected" to "up": finding the space, subscribing, waiting for what the broker retained; and routing what arrives.
// Must never: mix spaces; another space on the broker ends this engine.
using System.Security.Cryptography;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The stages of a connection (docs/PROTOCOL.md, Spaces).</summary>
internal sealed class Arrival(EngineContext context, OwnPresence presence, bool wasHere, Action<EngineEnd> end)
{
    // Retained messages have come when our own echo, sent after the SUBACK, has; or after this long, in milliseconds.
    private const long EchoPatience = 1_000;
    private const long AdoptEvery = 30_000;
    private const long YoungSpace = 10 * 60_000;
    private const long RestoreEvery = 5_000;
    private readonly InboxAddress _inbox = new(context);
    private Stage _stage = Stage.Down;
    private long _generation;
    private byte[] _echo = [];
    private long _echoBy = long.MaxValue;
    private long _adoptAt = long.MaxValue;
    private long _restoredAt = long.MinValue / 2;
    private SpaceCard? _seen;
    private SpaceCard? _made;
    private bool _wasUp = wasHere;
    private List<RoomState> _subscribed = [];

    private enum Stage
    {
        Down,
        Seeking,
        Making,
        Subscribing,
        Up,
    }

    public Connection Connection { get; private set; } = new(false, null, null);

    public long NextAt => Math.Min(_echoBy, _adoptAt);

    public void Up(BrokerFacts broker)
    {
        _generation = broker.Generation;
        _stage = Stage.Seeking;
        _seen = null;
        Subscribe([new Subscription(context.Topics.Space, 0), new Subscription(_inbox.Topic, 1)]);
    }

    public void Down(SessionEvent.Down down)
    {
        _stage = Stage.Down;
        _echoBy = _adoptAt = long.MaxValue;
        var wasUp = context.IsUp;
        context.IsUp = false;
        context.Roster.TellsNews = false;
        context.CatchingUp.Reset(); // before the questions end: a lost connection is not "everything has come"
        context.Asking.EndAll();
        context.Healing.Reset();
        context.Outbox.Reset();
        context.Outbox.HeldCheck.Reset();
        Connection = new Connection(false, down.Failure, down.RetryIn == Timeout.InfiniteTimeSpan ? null : down.RetryIn);
        if (wasUp || !_wasUp || down.Failure.Permanent)
        {
            context.Emit(new ConnectionChanged(Connection));
        }
    }

    public void Route(SessionEvent.Arrived arrived, int slot)
    {
        var message = arrived.Message;
        var topic = context.Topics.Parse(message.Topic);
        if (topic.Kind == TopicKind.Space)
        {
            SpaceSeen(message);
        }
        else if (topic.Kind == TopicKind.Inbox)
        {
            TakeInbox(message);
        }
        else if (context.Self is { } self)
        {
            RouteInSpace(self, topic, message, slot);
        }
    }

    public void Tick(long now)
    {
        if (now >= _echoBy)
        {
            EchoHeard();
        }

        if (now >= _adoptAt)
        {
            Adopt();
        }
    }

    public void Join(Room name)
    {
        var isNew = !context.Rooms.TryGet(name, out _);
        var room = context.Rooms.Join(name);
        if (isNew && context.IsUp)
        {
            Enter(room);
        }
    }

    private void Enter(RoomState room)
    {
        var generation = _generation;
        _ = FollowAsync(
            context.Session.SubscribeAsync([RoomFilter(room)]),
            outcome =>
            {
                if (generation == _generation && outcome.Answered)
                {
                    presence.Publish();
                    context.CatchingUp.Begin(room);
                }
            });
    }

    public void Leave(Room name)
    {
        if (context.Rooms.Leave(name) && context.IsUp)
        {
            presence.Publish();
            _ = context.Session.UnsubscribeAsync([context.Topics.Everything(name)]);
        }
    }

    private Subscription RoomFilter(RoomState room) => new(context.Topics.Everything(room.Room), 1, NoLocal: true);

    private void RouteInSpace(Self self, ParsedTopic topic, InboundMessage message, int slot)
    {
        if (topic.Kind == TopicKind.Presence)
        {
            TakePresence(self, topic, message);
            return;
        }

        if (topic.Room is null || !context.Rooms.TryGet(topic.Room, out var room))
        {
            context.AcknowledgeAfterCommit(message);
            return;
        }

        switch (topic.Kind)
        {
            case TopicKind.Text or TopicKind.Other when message.Papo is not null && !message.Retain:
                context.Intake.TakeLive(room, topic.Kind, message);
                break;
            case TopicKind.Text:
                Guests.Take(context, room, message, slot);
                break;
            case TopicKind.Ephemeral:
                context.AcknowledgeAfterCommit(message);
                context.Beacons.Take(room, message.Payload);
                break;
            default:
                context.AcknowledgeAfterCommit(message);
                break;
        }
    }

    private void TakePresence(Self self, ParsedTopic topic, InboundMessage message)
    {
        context.AcknowledgeAfterCommit(message);
        if (!Presence.TryRead(self.Space, message.Payload, context.Roster.Known, out var said) || said.Card.Device != topic.Device || said.Card.Account != topic.Account)
        {
            return;
        }

        if (said.Card.Device == self.Device)
        {
            presence.Heard(said);
        }

        var rooms = context.Roster.IsReachable(said.Card.Device) ? context.Roster.RoomsOf(said.Card.Device) : [];
        context.Roster.Take(said, live: !message.Retain);
        var isNew = context.Roster.RoomsOf(said.Card.Device).Except(rooms).Any();
        context.Intake.CardLearnt(said.Card.Device);
        if (isNew && context.IsUp && context.Roster.IsReachable(said.Card.Device) && said.Card.Device != self.Device)
        {
            context.Healing.PeerCame();
            context.Outbox.HeldCheck.PeerCame();
        }
    }

    private void TakeInbox(InboundMessage message)
    {
        context.AcknowledgeAfterCommit(message);
        if (!SignedContent.TrySplit(message.Payload, out var split))
        {
            return;
        }

        switch (InboxMessage.Peek(split))
        {
            case InboxKind.Echo when message.CorrelationData.Span.SequenceEqual(_echo):
                EchoHeard();
                break;
            case InboxKind.Request when context.IsUp:
                context.Answering.Take(message, split);
                break;
            case InboxKind.Reply when context.Self is not null:
                context.Asking.Take(message, split);
                break;
        }
    }

    private void Subscribe(IReadOnlyList<Subscription> filters)
    {
        var generation = _generation;
        _ = FollowAsync(context.Session.SubscribeAsync(filters), outcome =>
        {
            if (generation == _generation && outcome.Answered && _stage != Stage.Down)
            {
                SendEcho();
            }
        });
    }

    private void SendEcho()
    {
        _echo = RandomNumberGenerator.GetBytes(16);
        _echoBy = context.Now + EchoPatience;
        context.Publish(new PublishMessage(_inbox.Topic, InboxMessage.Echo()) { Qos = 0, CorrelationData = _echo }, null);
    }

    private void EchoHeard()
    {
        _echo = [];
        _echoBy = long.MaxValue;
        switch (_stage)
        {
            case Stage.Seeking or Stage.Making:
                DecideSpace();
                break;
            case Stage.Subscribing:
                ComeUp();
                break;
        }
    }

    private void DecideSpace()
    {
        var own = context.Self?.SpaceCard;
        if (_seen is null && _stage == Stage.Seeking)
        {
            // Nobody has marked this broker, or it has forgotten: put our mark there, and look whether somebody did so at the same time.
            _made = own ?? new SpaceCard(new SpaceId(Hashing.First16(RandomNumberGenerator.GetBytes(16))), context.Wall);
            _stage = Stage.Making;
            if (own is not null && _wasUp)
            {
                context.Emit(new Noticed(new Notice(NoticeKind.SpaceRestored)));
            }

            MarkSpace(_made);
            SendEcho();
            return;
        }

        var standing = _seen is null ? _made! : _made is null ? _seen : SpaceCard.Standing(_seen, _made);
        if (own is not null && standing.Space != own.Space && !RestoresOver(own, standing))
        {
            end(new EngineEnd.OtherSpace(standing));
            return;
        }

        if (own is null)
        {
            end(new EngineEnd.OtherSpace(standing));
            return;
        }

        _stage = Stage.Subscribing;
        _subscribed = [.. context.Rooms.Joined];
        Subscribe([new Subscription(context.Topics.AllPresences, 0), .. _subscribed.Select(RoomFilter)]);
    }

    // We were here, the broker lost our mark, and somebody who came first made a new one: the older community stands. So does one in which
    // somebody has spoken, whatever date another mark bears: anybody can write an old date there.
    private bool RestoresOver(SpaceCard own, SpaceCard other)
    {
        if (!_wasUp || (SpaceCard.Standing(own, other) != own && !HoldsOthers()))
        {
            return false;
        }

        context.Emit(new Noticed(new Notice(NoticeKind.SpaceRestored)));
        MarkSpace(own);
        return true;
    }

    private void MarkSpace(SpaceCard card)
    {
        _restoredAt = context.Now;
        context.Publish(new PublishMessage(context.Topics.Space, card.Encode()) { Qos = 0, Retain = true }, null);
    }

    private void SpaceSeen(InboundMessage message)
    {
        context.AcknowledgeAfterCommit(message);
        if (!SpaceCard.TryRead(message.Payload, out var card))
        {
            Guard(null);
            return;
        }

        _seen = _seen is null || _stage == Stage.Up ? card : SpaceCard.Standing(_seen, card);
        if (_stage == Stage.Up)
        {
            Guard(card);
        }
    }

    private bool HoldsOthers() => context.Rooms.Joined.SelectMany(static room => room.Book.Logs).Any(log => log.Account != context.Self?.Account && log.Newest >= log.Base);

    // While up: a mark that was wiped or replaced is put back, unless ours is young and lost a race.
    private void Guard(SpaceCard? card)
    {
        if (_stage != Stage.Up || context.Self?.SpaceCard is not { } own || card?.Space == own.Space)
        {
            return;
        }

        if (card is not null && context.Wall - own.MadeAt < YoungSpace && SpaceCard.Standing(own, card) == card && !HoldsOthers())
        {
            end(new EngineEnd.OtherSpace(card));
        }
        else if (context.Now - _restoredAt >= RestoreEvery)
        {
            MarkSpace(own);
        }
    }

    private void ComeUp()
    {
        _stage = Stage.Up;
        _wasUp = true;
        context.IsUp = true;
        context.Roster.TellsNews = true;
        presence.Publish();
        Connection = new Connection(true, null, null);
        context.Emit(new ConnectionChanged(Connection));
        context.Beacons.Up();
        foreach (var room in context.Rooms.Joined)
        {
            if (_subscribed.Contains(room))
            {
                context.CatchingUp.Begin(room);
            }
            else
            {
                Enter(room); // joined after the subscriptions went out
            }
        }

        Adopt();
        context.Outbox.Pump();
        context.Outbox.HeldCheck.Up();
    }

    private void Adopt()
    {
        _adoptAt = context.Options.OneShot ? long.MaxValue : context.Now + AdoptEvery;
        if (context.Options.OneShot || !context.IsUp)
        {
            return;
        }

        var count = context.Outbox.Adopt(context.Options.Profile.TryLockSlot);
        if (count > 0)
        {
            context.Emit(new Noticed(new Notice(NoticeKind.Drained, null, null, count)));
        }
    }

    private async Task FollowAsync<T>(Task<T> asked, Action<T> then)
    {
        var answer = await asked.ConfigureAwait(false);
        context.Post(() => then(answer));
    }

    // The inbox of this device; before the space is known, one that nobody else can guess.
    private sealed class InboxAddress(EngineContext context)
    {
        private readonly DeviceId _nobody = new(Hashing.First16(RandomNumberGenerator.GetBytes(16)));

        public string Topic => context.Topics.Inbox(context.Options.Profile.Account, context.Self?.Device ?? _nobody);
    }
}
