// Owns: telling people of private rooms that they are in, until they say that they have heard it; and hearing so oneself.
// Must never: join a room of direct messages on the word of a third person.
using Papo.Client.Store;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Invites, both ways (docs/PROTOCOL.md, Invites).</summary>
internal sealed class Invites(EngineContext context, Action<Room> join)
{
    private const int MostDevices = 16;
    private const int MostRooms = 512;
    private readonly HashSet<(long Room, AccountId Account, DeviceId Device)> _said = [];
    private readonly Patience _repeats = new(10_000, 600_000);

    /// <summary>When to say again what nobody has said that he heard.</summary>
    public long NextAt => context.IsUp ? _repeats.NextAt : long.MaxValue;

    /// <summary>Somebody is to hear of a room, also where he was in it before.</summary>
    public void Add(RoomState room, AccountId account)
    {
        context.Store.Private.Invite(room.No, account);
        _said.RemoveWhere(said => said.Room == room.No && said.Account == account);
        Say(room, account);
    }

    /// <summary>A computer of somebody's was taken off. It may be the one that said it had heard, and have told the others nothing.</summary>
    public void Again(AccountId account)
    {
        foreach (var room in context.Rooms.Joined.Where(room => context.Epochs.Of(room)?.Row is { } row && (row.Inviter is null || row.Inviter == account) && context.Epochs.MayHear(room, account)))
        {
            Add(room, account);
        }
    }

    /// <summary>The connection is up: who has not heard yet may be there, or find it in his inbox.</summary>
    public void Up()
    {
        _said.Clear();
        _repeats.End();
        SayAll();
    }

    /// <summary>A broker may lose what lies in an inbox: who is here and has not heard is told again.</summary>
    public void Tick(long now)
    {
        if (context.IsUp && _repeats.TakeTurn(now))
        {
            _said.RemoveWhere(said => context.Roster.IsReachable(said.Device));
            SayAll();
        }
    }

    /// <summary>A device has come.</summary>
    public void Came(DeviceCard card)
    {
        foreach (var (no, account) in context.Store.Private.Invites().Where(invite => invite.Account == card.Account))
        {
            if (context.Rooms.ByNo(no) is { } room)
            {
                _said.Remove((no, card.Account, card.Device));
                Say(room, account);
            }
        }
    }

    /// <summary>An invite, or the word that one was heard, lies in the inbox.</summary>
    public void Take(Self self, SignedContent split)
    {
        if (context.Options.Hub is not null || context.DeviceLists.IsRemovedHere || !Invite.TryRead(self.Space, self.Device, split, context.Roster.Known, out var invite))
        {
            return;
        }

        context.Roster.Learn(invite.Sender);
        if (invite.Sender.Account == self.Account)
        {
            context.OwnRooms.Take(invite);
        }
        else if (invite.IsHeard)
        {
            if (context.DeviceLists.IsRemoved(invite.Sender))
            {
                return; // the other computers of this account may know nothing of it
            }

            context.Store.Private.Heard(context.Store.Rooms.Get(invite.Room).No, invite.Sender.Account);
        }
        else if (invite.IsFor(self.Account) && (context.Rooms.TryGet(invite.Room, out _) || context.Store.Private.Count < MostRooms))
        {
            context.Roster.Called(invite.Sender);
            Enter(invite);
            var heard = new Invite(self.Card, invite.Room, null, IsHeard: true).Sign(self.Space, invite.Sender.Device, self.DeviceKey);
            context.AfterCommit(() => context.Publish(new PublishMessage(context.Topics.Inbox(invite.Sender.Account, invite.Sender.Device), heard), null));
        }
    }

    private void Enter(Invite invite)
    {
        if (context.Rooms.TryGet(invite.Room, out var known))
        {
            context.Epochs.Called(known, invite.Sender.Account); // perhaps into it again
            return;
        }

        var row = context.Store.Rooms.Get(invite.Room);
        context.Store.Private.Add(row.No, invite.Genesis is { } genesis ? new PrivateRow(null, genesis, invite.Sender.Account, null) : new PrivateRow(invite.Sender.Account, null, null, null));
        join(invite.Room);
        if (context.Rooms.TryGet(invite.Room, out var room))
        {
            context.OwnRooms.Tell(room);
            if (context.DeviceLists.IsRemoved(invite.Sender))
            {
                Add(room, invite.Sender.Account); // said before it was taken off: it may have told the others of its account nothing
            }

            context.Epochs.Announce(room, context.Roster.AuthorOf(invite.Sender.Account, invite.Sender.Device));
            if (row.Joined)
            {
                context.Views.TellStored(room); // another process of the profile was here first, and has taken what was said since
            }
        }
    }

    private void SayAll()
    {
        var unheard = context.Store.Private.Invites();
        foreach (var (no, account) in unheard)
        {
            if (context.Rooms.ByNo(no) is { } room)
            {
                Say(room, account);
            }
        }

        if (unheard.Count == 0)
        {
            _repeats.End();
        }
    }

    private void Say(RoomState room, AccountId account)
    {
        if (!context.IsUp || context.Epochs.Of(room) is not { } known)
        {
            return;
        }

        _repeats.Begin(context.Now);

        var self = context.Self!;
        var genesis = known.Row?.Genesis ?? known.Graph.Genesis;
        foreach (var card in context.Roster.DevicesOf(account).Take(MostDevices).Where(card => _said.Add((room.No, account, card.Device))))
        {
            var bytes = new Invite(self.Card, room.Room, genesis, IsHeard: false).Sign(self.Space, card.Device, self.DeviceKey);
            context.AfterCommit(() => context.Publish(new PublishMessage(context.Topics.Inbox(card.Account, card.Device), bytes), null));
        }
    }
}
