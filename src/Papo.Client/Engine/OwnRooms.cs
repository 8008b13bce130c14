// Owns: that every copy of an account knows of the private rooms that any of them is in.
// Must never: go back into a room that was left here, or take the word of another account or of a removed copy.
using Papo.Client.Store;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Rooms among the copies of one account (docs/PROTOCOL.md, Linked copies).</summary>
internal sealed class OwnRooms(EngineContext context, Action<Room> join)
{
    private readonly HashSet<RoomState> _untold = [];
    private readonly HashSet<DeviceId> _silent = []; // asked in vain
    private readonly Patience _again = new(5_000, 600_000);

    /// <summary>When to ask again.</summary>
    public long NextAt => context.IsUp ? _again.NextAt : long.MaxValue;

    /// <summary>Every room that this copy is in.</summary>
    public IReadOnlyList<KnownRoom> All() => [.. context.Rooms.Joined.Select(Known).OfType<KnownRoom>()];

    /// <summary>A private room is new here: other copies that are here hear of it, those that come later ask.</summary>
    public void Tell(RoomState room)
    {
        if (!context.IsUp)
        {
            _untold.Add(room);
            return;
        }

        if (context.Options.Hub is not null || Known(room) is not { Room.IsPrivate: true } known)
        {
            return;
        }

        var self = context.Self!;
        foreach (var card in context.Roster.ReachableOf(self.Account))
        {
            var bytes = new Invite(self.Card, room.Room, known.Genesis, IsHeard: false) { Peer = known.Peer }.Sign(self.Space, card.Device, self.DeviceKey);
            context.AfterCommit(() => context.Publish(new PublishMessage(context.Topics.Inbox(card.Account, card.Device), bytes), null));
        }
    }

    /// <summary>The connection is up: asks one device of each other copy, and says what was new meanwhile.</summary>
    public void Up()
    {
        if (context.Self is not { } self || context.Options.Hub is not null)
        {
            return;
        }

        foreach (var room in _untold)
        {
            Tell(room);
        }

        _untold.Clear();
        foreach (var card in context.Roster.ReachableOf(self.Account).Where(card => card.Copy is null || card.Copy != self.Card.Copy).DistinctBy(static card => card.Copy?.Value ?? card.Device.Value))
        {
            Ask(card);
        }
    }

    /// <summary>A device of this account has come.</summary>
    public void Ask(DeviceCard card)
    {
        if (context.Options.Hub is null && !(card.Copy is { } copy && copy == context.Self!.Card.Copy) && !context.DeviceLists.IsRemoved(card))
        {
            context.Asking.Ask(card, new RoomsRequest(), (outcome, _) => Take(card, outcome));
        }
    }

    /// <summary>Who is here and has not answered is asked again.</summary>
    public void Tick(long now)
    {
        if (!context.IsUp || !_again.TakeTurn(now))
        {
            return;
        }

        var silent = context.Roster.ReachableOf(context.Self!.Account).Where(card => _silent.Contains(card.Device)).ToList();
        _silent.Clear();
        silent.ForEach(Ask);
        if (silent.Count == 0)
        {
            _again.End();
        }
    }

    /// <summary>Answers another copy of this account.</summary>
    public ReplyStatus Tell(DeviceCard asker, ReplySpace space, out ReadOnlyMemory<byte> rooms)
    {
        rooms = default;
        if (asker.Account != context.Self!.Account || context.DeviceLists.IsRemoved(asker) || context.Options.Hub is not null)
        {
            return ReplyStatus.Denied;
        }

        rooms = KnownRoom.Encode([.. All().Where(static room => room.Room.IsPrivate)], space.Whole);
        return ReplyStatus.Ok;
    }

    /// <summary>Another copy has told of a room.</summary>
    public void Take(Invite invite)
    {
        if (!invite.IsHeard && !context.Roster.IsRemoved(invite.Sender.Device))
        {
            Enter(new KnownRoom(invite.Room, invite.Peer, invite.Genesis), invite.Sender);
        }
    }

    private void Take(DeviceCard sender, AskOutcome outcome)
    {
        if (outcome.Status is null && _silent.Add(sender.Device))
        {
            _again.Begin(context.Now);
        }

        if (KnownRoom.TryRead(outcome.Answer, out var rooms))
        {
            foreach (var room in rooms)
            {
                Enter(room, sender);
            }
        }
    }

    private void Enter(KnownRoom room, DeviceCard sender)
    {
        var self = context.Self!;
        if (!room.Room.IsPrivate || !room.IsFor(self.Account) || context.Rooms.TryGet(room.Room, out _))
        {
            return;
        }

        var no = context.Store.Rooms.Get(room.Room).No;
        if (context.Store.Private.Find(no) is not null || context.Store.Private.Count >= KnownRoom.Most)
        {
            return; // it was left here
        }

        context.Store.Private.Add(no, new PrivateRow(room.Peer, room.Genesis, room.Peer ?? self.Account, null));
        join(room.Room);
        if (context.Rooms.TryGet(room.Room, out var state))
        {
            context.Epochs.Announce(state, context.Roster.AuthorOf(room.Peer ?? sender.Account, null));
        }
    }

    private KnownRoom? Known(RoomState room)
    {
        if (!room.Room.IsPrivate)
        {
            return new KnownRoom(room.Room, null, null);
        }

        return context.Epochs.Of(room) is not { Row: { } row } known ? null : new KnownRoom(room.Room, row.Peer, row.Peer is null ? row.Genesis ?? known.Graph.Genesis : null);
    }
}
