// Owns: the way from "connected" to "up": settling the space, subscribing, waiting for what the broker retained; and joining rooms meanwhile.
// Must never: come up in a space that is not ours.
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
    private const int MostHubRooms = 10_000;
    private const int MostUnwanted = 256;
    private readonly HashSet<Room> _unwanted = [];
    private readonly InboxAddress _inbox = new(context);
    private Stage _stage = Stage.Down;
    private long _generation;
    private byte[] _echo = [];
    private long _echoBy = long.MaxValue;
    private long _adoptAt = long.MaxValue;
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

    /// <summary>The mark of the space on this broker.</summary>
    public SpaceMark Mark { get; } = new(context, end);

    public Connection Connection { get; private set; } = new(false, null, null);

    public long NextAt => Math.Min(Math.Min(_echoBy, _adoptAt), Mark.NextAt);

    public void Up(BrokerFacts broker)
    {
        _generation = broker.Generation;
        context.ConnectedAt = context.Wall;
        _stage = Stage.Seeking;
        _unwanted.Clear();
        Mark.Forget();
        Subscribe([new Subscription(context.Topics.Space, 0), new Subscription(_inbox.Topic, 1)]);
    }

    public void Down(SessionEvent.Down down)
    {
        _stage = Stage.Down;
        _echoBy = _adoptAt = long.MaxValue;
        var wasUp = context.IsUp;
        context.IsUp = false;
        context.Roster.TellsNews = false;
        context.Syncing.Reset();
        context.CatchingUp.Reset(); // before the questions end: a lost connection is not "everything has come"
        context.Asking.EndAll();
        context.Healing.Reset();
        context.Outbox.Reset();
        context.Outbox.HeldCheck.Reset();
        context.DeviceLists.Down();
        Connection = new Connection(false, down.Failure, down.RetryIn == Timeout.InfiniteTimeSpan ? null : down.RetryIn);
        if (wasUp || !_wasUp || down.Failure.Permanent)
        {
            context.Emit(new ConnectionChanged(Connection));
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

        Mark.Tick(now);
    }

    /// <summary>An echo came: if it is ours of this connection, everything retained has come.</summary>
    public void EchoCame(ReadOnlyMemory<byte> echo)
    {
        if (_echo.Length > 0 && echo.Span.SequenceEqual(_echo))
        {
            EchoHeard();
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

    /// <summary>A hub meets a room for the first time: it joins it and wants everything that was ever said there. Of a private one it keeps what it cannot read.</summary>
    public RoomState? JoinAsHub(Room name)
    {
        if (context.Rooms.Joined.Count >= MostHubRooms)
        {
            return null;
        }

        var room = context.Rooms.Join(name);
        if (context.IsUp)
        {
            Enter(room);
        }

        return room;
    }

    // Subscribed to every room already. Where a member begins with the latest page, a hub wants all from the first day on.
    private void EnterAsHub(RoomState room)
    {
        if (room.Baseline == default)
        {
            room.Baseline = Hlc.At(1);
            context.Store.Rooms.SetBaseline(room.No, room.Baseline);
        }

        context.CatchingUp.Begin(room);
    }

    /// <summary>A message of a room came that was left while the broker could not be told.</summary>
    public void Unwanted(Room name)
    {
        if (_unwanted.Count < MostUnwanted && _unwanted.Add(name))
        {
            _ = context.Session.UnsubscribeAsync([context.Topics.Everything(name)]);
        }
    }

    private void Enter(RoomState room)
    {
        if (context.Options.Hub is not null)
        {
            EnterAsHub(room);
            return;
        }

        _unwanted.Remove(room.Room);
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
        if (Mark.IsUnseen && _stage == Stage.Seeking)
        {
            // Nobody has marked this broker, or it has forgotten: put our mark there, and look whether somebody did so at the same time.
            _stage = Stage.Making;
            Mark.Make(_wasUp);
            SendEcho();
            return;
        }

        if (!Mark.TrySettle(_wasUp))
        {
            return;
        }

        _stage = Stage.Subscribing;
        _subscribed = [.. context.Rooms.Joined];
        Subscribe([
            new Subscription(context.Topics.AllPresences, 0),
            new Subscription(context.Topics.AllHubs, 0),
            .. context.DeviceLists.Filters,
            .. context.Options.Hub is null ? _subscribed.Select(RoomFilter) : context.Topics.EveryRoom.Select(static every => new Subscription(every, 1, NoLocal: true)),
        ]);
    }

    private void ComeUp()
    {
        _stage = Stage.Up;
        _wasUp = true;
        context.IsUp = true;
        if (!Mark.StillStands())
        {
            return;
        }

        context.Roster.TellsNews = true;
        presence.Publish();
        Connection = new Connection(true, null, null);
        context.Emit(new ConnectionChanged(Connection));
        context.Beacons.Up();
        context.DeviceLists.Up();
        context.KeyHealing.PeerCame();
        context.WaitingGuests.Up();
        foreach (var room in context.Rooms.Joined)
        {
            if (context.Options.Hub is null && _subscribed.Contains(room))
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
        context.Invites.Up();
        context.EmojiComparing.Up();
        context.OwnRooms.Up();
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

        JoinForOutbox();
    }

    // A process that is gone may have joined a room that this one is not in: what it said there goes out from there alone.
    private void JoinForOutbox()
    {
        foreach (var row in context.Store.Rooms.All().Where(row => row.Joined && !row.Room.IsPrivate && context.Rooms.ByNo(row.No) is null && context.Outbox.Rows.Any(waiting => waiting.Room == row.No)).ToList())
        {
            Join(row.Room);
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
