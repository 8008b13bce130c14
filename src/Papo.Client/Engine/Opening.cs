// Owns: beginning direct messages and private rooms, and changing who is in them.
// Must never: promise a change that was not committed here.
using System.Security.Cryptography;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>What the face asks of private rooms.</summary>
internal static class Opening
{
    /// <summary>The direct messages with somebody, begun where they were not; null where nobody else is known under this name.</summary>
    public static Room? Direct(Engine engine, string name)
    {
        var context = engine.Context;
        if (context.Self is not { } self || context.Roster.ByName(name) is not { } peer || peer == self.Account)
        {
            return null;
        }

        var room = Genesis.Direct(self.Account, peer);
        var isNew = !context.Rooms.TryGet(room, out var state);
        state = Enter(engine, room, new PrivateRow(peer, null, null, null));
        if (isNew)
        {
            context.Invites.Add(state, peer);
        }

        return state.Room;
    }

    /// <summary>A new private room with this device's account alone in it; null while the space is not known.</summary>
    public static Room? Create(Engine engine, DisplayName title, bool sharesPast)
    {
        if (engine.Context.Self is not { } self)
        {
            return null;
        }

        var genesis = Genesis.Make(self.Account, [], sharesPast, RandomNumberGenerator.GetBytes(Genesis.NonceSize));
        return Enter(engine, genesis.Room, new PrivateRow(null, genesis, null, title.Text)).Room;
    }

    /// <summary>Completes when it is known to which keys a secret for somebody goes.</summary>
    public static Task ExpectAsync(Engine engine, string name) =>
        engine.Context is { Self: not null } context && context.Roster.ByName(name) is { } account ? context.DeviceLists.ExpectAsync(account) : Task.CompletedTask;

    /// <summary>Takes somebody in or out.</summary>
    public static MemberResult Change(Engine engine, Room room, string name, bool isIn)
    {
        var context = engine.Context;
        if (!context.Rooms.TryGet(room, out var state) || context.Epochs.Of(state) is not { } known)
        {
            return MemberResult.NotPrivate;
        }

        if (context.Roster.ByName(name) is not { } account)
        {
            return MemberResult.UnknownPerson;
        }

        if (isIn && context.Trusted.IsContested(account))
        {
            return MemberResult.NameContested;
        }

        if (known.IsMember(account, context.Self!.Account) == isIn)
        {
            return MemberResult.NoChange;
        }

        if (known.Row?.Peer is not null || (known.Graph.Tip is not null && !known.Graph.Now.Admins.Contains(context.Self.Account)))
        {
            return MemberResult.NotAllowed;
        }

        if (!context.Outbox.OwnLogs.MayNumber(state))
        {
            return MemberResult.NotConnected;
        }

        var result = context.Epochs.Change(known, account, isIn);
        if (result == MemberResult.Done && isIn)
        {
            context.Invites.Add(state, account);
        }

        return result;
    }

    private static RoomState Enter(Engine engine, Room room, PrivateRow row)
    {
        var context = engine.Context;
        var isNew = !context.Rooms.TryGet(room, out _);
        context.Store.Private.Add(context.Store.Rooms.Get(room).No, row);
        engine.Join(room);
        context.Rooms.TryGet(room, out var state);
        if (isNew)
        {
            context.OwnRooms.Tell(state!);
        }

        context.Epochs.Of(state!);
        return state!;
    }
}
