// Owns: links into private rooms, both ends: making them and letting their bearers in; presenting one and waiting to be in.
// Must never: let two accounts in by one link, or anybody by what went over the wire of another one's.
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Links that let in once (docs/PROTOCOL.md, Links).</summary>
internal sealed class RoomLinks(EngineContext context)
{
    private const int Most = 256;
    private const long Remembered = 30 * 24 * 3_600_000L; // who comes late hears why it is over

    /// <summary>Makes a link into a private room; null where this account may let nobody in.</summary>
    public LinkToken? Make(Room name, TimeSpan validFor)
    {
        context.Store.Links.Lock();
        context.Store.Links.Forget(context.Wall - Remembered);
        if (!context.Rooms.TryGet(name, out var room) || context.Epochs.Of(room) is not { } known || !MayLetIn(known) || context.Store.Links.All().Count >= Most)
        {
            return null;
        }

        var token = LinkToken.Generate();
        context.Store.Links.Add(new RoomLinkRow(token, room.No, context.Wall + (long)validFor.TotalMilliseconds, null));
        return token;
    }

    /// <summary>The links of this profile, the first to end first; those that are over for a month at most.</summary>
    public IReadOnlyList<RoomLink> All() =>
    [
        .. from row in context.Store.Links.All()
           let room = context.Rooms.ByNo(row.Room)
           where room is not null
           select new RoomLink(row.Token.Id, room.Room, DateTimeOffset.FromUnixTimeMilliseconds(row.Until), row.UsedBy is { } account ? context.Roster.AuthorOf(account, null) : null),
    ];

    /// <summary>Takes a link back; false where there is none.</summary>
    public bool Revoke(TokenId id)
    {
        var isKnown = context.Store.Links.All().Any(row => row.Token.Id == id);
        context.Store.Links.Remove(id);
        return isKnown;
    }

    /// <summary>Somebody presents a link. Who does not prove that he knows its token learns nothing of it.</summary>
    public ReplyStatus Enter(DeviceCard asker, EnterRequest request)
    {
        var self = context.Self!;
        context.Store.Links.Lock(); // another process of the profile may be letting somebody in by it just now
        if (context.Store.Links.All().FirstOrDefault(row => row.Token.Id == request.Token) is not { } link
            || !request.Knows(link.Token, self.Space, self.Device, asker.Device)
            || context.Rooms.ByNo(link.Room) is not { } room || room.Room != request.Room || context.Epochs.Of(room) is not { } known)
        {
            return ReplyStatus.Gone;
        }

        if (link.UsedBy is { } user && user != asker.Account)
        {
            return ReplyStatus.Used;
        }

        if (known.IsMember(asker.Account, self.Account))
        {
            context.Invites.Add(room, asker.Account); // he may not have heard that he is in
            return ReplyStatus.Ok;
        }

        return link.UsedBy is not null || link.Until < context.Wall ? ReplyStatus.Expired
            : !MayLetIn(known) ? ReplyStatus.Denied
            : !context.Outbox.OwnLogs.MayNumber(room) ? ReplyStatus.Busy
            : LetIn(known, link, asker);
    }

    /// <summary>Presents a link to every device of its account that is here; the best of their answers.</summary>
    public void Present(InviteLink link, Action<EnterResult> done)
    {
        var self = context.Self!;
        var peers = context.Roster.ReachableOf(link.Account!.Value);
        var (open, best) = (peers.Count, EnterResult.Refused);
        if (open == 0)
        {
            done(EnterResult.NobodyThere);
        }

        foreach (var peer in peers)
        {
            var request = EnterRequest.Make(self.Space, peer.Device, self.Device, link.Room!, link.Token!);
            context.Asking.Ask(peer, request, (outcome, _) =>
            {
                best = Better(best, Read(outcome.Status));
                if (--open == 0)
                {
                    done(best);
                }
            });
        }
    }

    /// <summary>Whether what is said in a room can be read and answered here.</summary>
    public bool IsIn(Room name) => context.Rooms.TryGet(name, out var room)
        && (!name.IsPrivate || context.Epochs.Of(room) is { Graph.Tip: { } tip } known && known.Secrets.ContainsKey(tip.Id) && known.Graph.Now.Members.Contains(context.Self!.Account));

    private bool MayLetIn(PrivateRoom room) => room.Row?.Peer is null
        && (room.Graph.Tip is null ? room.Row?.Genesis?.Creator : room.Graph.Now.Admins.Contains(context.Self!.Account) ? context.Self.Account : (AccountId?)null) == context.Self!.Account;

    private ReplyStatus LetIn(PrivateRoom room, RoomLinkRow link, DeviceCard asker)
    {
        if (context.Epochs.Change(room, asker.Account, isIn: true) != MemberResult.Done)
        {
            return ReplyStatus.Denied;
        }

        context.Store.Links.Use(link.Token.Id, asker.Account);
        context.Roster.Called(asker);
        context.Invites.Add(room.State, asker.Account);
        context.Emit(new Noticed(new Notice(NoticeKind.CameByLink, room.State.Room, context.Roster.NameOf(asker.Account))));
        return ReplyStatus.Ok;
    }

    private static EnterResult Read(ReplyStatus? status) => status switch
    {
        ReplyStatus.Ok => EnterResult.Done,
        ReplyStatus.Expired => EnterResult.Expired,
        ReplyStatus.Used => EnterResult.Used,
        null or ReplyStatus.Busy => EnterResult.NobodyThere,
        _ => EnterResult.Refused,
    };

    // Another copy of the profile may not know of the link: what one that does says counts, and one that did not answer may.
    private static EnterResult Better(EnterResult one, EnterResult other)
    {
        ReadOnlySpan<EnterResult> order = [EnterResult.Done, EnterResult.Used, EnterResult.Expired, EnterResult.NobodyThere, EnterResult.Refused];
        return order[Math.Min(order.IndexOf(one), order.IndexOf(other))];
    }
}
