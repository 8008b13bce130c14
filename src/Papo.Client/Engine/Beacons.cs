// Owns: beacons and typing: what is said and heard on a room's ephemeral topic.
// Must never: take a head in a beacon for more than a hint, or cost more the more members a room has.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The ephemeral side of rooms.</summary>
internal sealed class Beacons(EngineContext context)
{
    private const long TypingEvery = 4_000;
    private const long TypingShown = 6_000;
    private const int QuietAbove = 100;
    private readonly Dictionary<(Room Room, DeviceId Device), long> _lastAt = [];
    private readonly Dictionary<(Room Room, AccountId Account), long> _typing = [];
    private readonly Dictionary<Room, long> _saidTyping = [];
    private readonly HashSet<Room> _comparing = [];
    private readonly SealedEphemerals _sealed = new(context);
    private long _saidAt;

    /// <summary>When a beacon is due or somebody has stopped typing.</summary>
    public long NextAt => Math.Min(
        context.IsUp ? context.Rooms.Joined.Select(static room => room.Trickle.NextAt).DefaultIfEmpty(long.MaxValue).Min() : long.MaxValue,
        _typing.Count == 0 ? long.MaxValue : _typing.Values.Min());

    /// <summary>After the SUBACK a device says at once what it holds.</summary>
    public void Up()
    {
        foreach (var room in context.Rooms.Joined)
        {
            Send(room);
        }
    }

    public void Tick(long now)
    {
        foreach (var key in _typing.Where(pair => pair.Value <= now).Select(static pair => pair.Key).ToList())
        {
            StopTyping(key.Room, key.Account);
        }

        foreach (var room in context.IsUp ? context.Rooms.Joined : [])
        {
            if (room.Trickle.NextAt <= now && room.Trickle.Advance(now, () => room.Book.SettledDigest(now).Digest))
            {
                Send(room);
            }
        }
    }

    /// <summary>Says that the user is typing, at most once in four seconds.</summary>
    public void Typing(RoomState room)
    {
        var now = context.Now;
        if (!context.IsUp || _saidTyping.GetValueOrDefault(room.Room, long.MinValue / 2) + TypingEvery > now || context.Roster.OthersIn(room.Room) is 0 or > QuietAbove)
        {
            return;
        }

        _saidTyping[room.Room] = now;
        Publish(room, new TypingBody(true));
    }

    /// <summary>Somebody's message came: he is not typing it any more.</summary>
    public void StopTyping(Room room, AccountId account)
    {
        if (_typing.Remove((room, account)))
        {
            context.Emit(new TypingChanged(room, context.Roster.AuthorOf(account, null), false));
        }
    }

    /// <summary>An ephemeral message came in.</summary>
    public void Take(RoomState room, ReadOnlyMemory<byte> payload)
    {
        if (_sealed.Open(room, payload) is not { } opened)
        {
            return; // of a private room, under a key that is not here: it will come again
        }

        if (!Ephemeral.TryRead(opened, out var said, out var split))
        {
            context.Intake.Refusals.Count(NoticeKind.Malformed, room.Room);
            return;
        }

        // A beacon of a device whose card is not known yet is worth nothing; it will come again.
        if (said.Device == context.Self!.Device || !context.Roster.TryCard(said.Device, out var card))
        {
            return;
        }

        if (!said.IsSignedBy(card, context.Self.Space, room.Room, split))
        {
            context.Intake.Refusals.Count(NoticeKind.BadSignature, room.Room);
            return;
        }

        var last = (room.Room, said.Device);
        if (_lastAt.TryGetValue(last, out var before) && said.At <= before)
        {
            return;
        }

        _lastAt[last] = said.At;
        if (context.Roster.Heard(card.Device))
        {
            context.Healing.PeerCame();
        }

        if (said.Body is TypingBody typing && Math.Abs(said.At - context.Wall) <= Hlc.MaxAheadMilliseconds)
        {
            TakeTyping(room, card, typing);
        }
        else if (said.Body is BeaconBody beacon)
        {
            TakeBeacon(room, card, beacon);
        }
    }

    private void TakeTyping(RoomState room, DeviceCard card, TypingBody typing)
    {
        if (!typing.Typing)
        {
            StopTyping(room.Room, card.Account);
            return;
        }

        var isNew = !_typing.ContainsKey((room.Room, card.Account));
        _typing[(room.Room, card.Account)] = context.Now + TypingShown;
        if (isNew && card.Account != context.Self!.Account)
        {
            context.Emit(new TypingChanged(room.Room, context.Roster.AuthorOf(card.Account, card.Device), true));
        }
    }

    private void TakeBeacon(RoomState room, DeviceCard card, BeaconBody beacon)
    {
        foreach (var head in beacon.Changed)
        {
            context.Outbox.HeadNamed(room, head, head.Seq, card.Account); // a gap below it may still be healing
            context.Healing.Claimed(room, head, card);
        }

        // A beacon of a moment ago may already count what has not settled here.
        var (settled, newest) = (room.Book.SettledDigest(context.Now).Digest, room.Book.NewestDigest());
        if (beacon.Digest == settled || beacon.Digest == newest)
        {
            room.Trickle.Heard(beacon.Digest);
            return;
        }

        room.Trickle.Reset(context.Now);

        // While people talk two devices hold the same at slightly different moments: only when it is quiet here do all heads have to be compared.
        if (settled == newest && room.Stage == CatchUpStage.Done && context.Healing.Missing(room) == 0 && !context.Healing.IsBackedOff(room, card.Device) && _comparing.Add(room.Room))
        {
            Compare(room, card, default);
        }
    }

    // The heads it listed explain nothing: ask for all of them.
    private void Compare(RoomState room, DeviceCard card, DeviceId after) =>
        context.Asking.Ask(card, new HaveRequest([room.Room], [], after), (outcome, heads) =>
        {
            var last = heads.SelectMany(static entries => entries.Entries).Select(static entry => entry.Header.Device).DefaultIfEmpty().Max();
            if (outcome.More && last > after)
            {
                Compare(room, card, last);
                return;
            }

            _comparing.Remove(room.Room);
            context.Healing.Rate(room, card.Device, outcome.Fresh > 0);
            context.Healing.Changed(room);
        });

    private void Send(RoomState room)
    {
        var (digest, count) = room.Book.SettledDigest(context.Now);
        if (count > 0)
        {
            Publish(room, new BeaconBody(digest, count, room.Book.TakeChanged(context.Now)));
        }
    }

    private void Publish(RoomState room, EphemeralBody body)
    {
        var self = context.Self!;
        _saidAt = Math.Max(context.Wall, _saidAt + 1);
        if (_sealed.Seal(room, new Ephemeral(self.Account, self.Device, _saidAt, body).Sign(self.Space, room.Room, self.DeviceKey)) is not { } payload)
        {
            return;
        }

        context.AfterCommit(() => context.Publish(new PublishMessage(context.Topics.Ephemeral(room.Room), payload) { Qos = 0 }, null)); // what it claims to hold is on the disk
    }
}
