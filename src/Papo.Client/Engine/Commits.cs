// Owns: making commits: when a new epoch is due, for whom its secret is sealed, and what the commit says.
// Must never: leave a copy of a member out whose key is known, or let somebody in who is not a member.
using System.Text;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>New epochs of private rooms, made by this device.</summary>
internal sealed class Commits(EngineContext context)
{
    private const long LongestEpoch = 7 * 24 * 3_600_000L;
    private const long ShortestEpoch = 60_000; // of two who know different lists of a third each would follow the other at every message
    private const long MostMessages = 5_000;

    /// <summary>Whether things can be said under the epoch that stands: its secret is here, everybody who is in the room has it, nobody else, and not for too long.</summary>
    public bool IsFresh(PrivateRoom room) =>
        room.Graph is { Tip: { } tip, MustFollow: false }
        && room.Secrets.ContainsKey(tip.Id)
        && room.SinceTip < MostMessages
        && !MustExpel(room)
        && context.Wall - room.MadeAt.GetValueOrDefault(tip.Id) is var age and < LongestEpoch
        && (age < ShortestEpoch || HasAllCopies(tip.Commit));

    /// <summary>Makes a new epoch for whoever is in the room; false where that cannot be now.</summary>
    public bool Renew(PrivateRoom room) => Renewed(room) == MemberResult.Done && room.Graph.Tip is { } tip && room.Secrets.ContainsKey(tip.Id);

    /// <summary>Makes an epoch with somebody more or less in it.</summary>
    public MemberResult Change(PrivateRoom room, AccountId account, bool isIn)
    {
        if (room.Graph.Tip is null && Renewed(room) is not MemberResult.Done and var problem)
        {
            return problem;
        }

        var now = room.Graph.Now;
        if (!now.Admins.Contains(context.Self!.Account) || now.Members.Contains(account) == isIn || account == context.Self.Account
            || (!isIn && account == room.Graph.Genesis?.Creator) || (!isIn && now.Admins.Contains(account) && context.Self.Account != room.Graph.Genesis?.Creator)
            || !context.Outbox.OwnLogs.MayNumber(room.State))
        {
            return MemberResult.NotAllowed;
        }

        if (isIn && now.Members.Count >= Limits.PrivateMembers)
        {
            return MemberResult.RoomFull;
        }

        var members = isIn ? now.Members.Append(account) : now.Members.Where(member => member != account);
        var ended = isIn ? [] : room.State.Book.Logs.Where(log => log.Account == account && log.Newest >= log.Base).Select(static log => new EndedLog(log.Device, log.Newest));
        return Make(room, [.. members.OrderBy(static member => member.Value)], [.. now.Admins.Where(admin => admin != account).OrderBy(static admin => admin.Value)], [.. ended.OrderBy(static log => log.Device).Take(Limits.EndedLogs)]);
    }

    /// <summary>Whether a room's commits do not say yet that a copy which this account has removed is out. It need not have spoken there, and no epoch need have been made for it: it was handed secrets when it asked.</summary>
    public bool MustExpel(PrivateRoom room) => context.DeviceLists.Of(context.Self!.Account) is { Removed.Count: > 0 } list
        && list.Removed.Any(copy => !room.Graph.IsExpelled(list.Account, copy));

    private IEnumerable<Log> LogsOf(PrivateRoom room, DeviceList list) =>
        room.State.Book.Logs.Where(log => log.Account == list.Account && log.Newest >= log.Base && context.Roster.CopyOf(log.Device) is { } copy && list.Removed.Contains(copy));

    private static IReadOnlyList<AccountId> Admins(PrivateRoom room) => room.Graph.Tip is not null
        ? [.. room.Graph.Now.Admins.OrderBy(static account => account.Value)]
        : room.Row?.Genesis is { } genesis ? [genesis.Creator] : [];

    // Of whom no list is known here nothing can be said; where there are more copies than a commit can serve the others ask.
    private bool HasAllCopies(Commit commit) =>
        commit.Wraps.Count >= MostWraps(commit) || commit.Members.All(account => context.DeviceLists.Of(account) is not { } list
            || commit.Wraps.Where(wrap => wrap.Account == account).Select(static wrap => wrap.Copy).SequenceEqual(list.Copies.Select(static copy => copy.Copy)));

    private MemberResult Renewed(PrivateRoom room)
    {
        var self = context.Self!;
        var members = room.Members(self.Account);
        if (!room.IsMember(self.Account, self.Account) || members.Count == 0 || context.DeviceLists.IsRemovedHere)
        {
            return MemberResult.NotAllowed;
        }

        // Of two people who write to each other both have to be able to read; in a room who is not known yet asks for the secret later.
        if (room.Row?.Peer is { } peer && context.DeviceLists.Of(peer) is not { Copies.Count: > 0 })
        {
            context.KeyHealing.Await(room, peer);
            return MemberResult.NotAllowed;
        }

        return Make(room, members, Admins(room), []);
    }

    private MemberResult Make(PrivateRoom room, IReadOnlyList<AccountId> members, IReadOnlyList<AccountId> admins, IReadOnlyList<EndedLog> ended)
    {
        var (self, name) = (context.Self!, room.State.Room);
        var parents = room.Graph.Heads;
        var secret = EpochSecret.Generate(self.Space, name);
        var list = MustExpel(room) ? context.DeviceLists.Of(self.Account) : null;
        var commit = new Commit
        {
            OwnList = list?.Bytes ?? default,
            Expelled = list is null ? [] : [.. LogsOf(room, list).Select(static log => new EndedLog(log.Device, log.Newest)).OrderBy(static log => log.Device).Take(Limits.EndedLogs)],
            Genesis = parents.Count == 0 ? room.Row?.Genesis : null,
            Parents = parents,
            Members = members,
            Admins = admins,
            Ended = ended,
            SecretHash = secret.Hash,
            Title = room.Row?.Title is { } title ? secret.TitleKey().SealWith(SealKey.RandomNonce(), [], Encoding.UTF8.GetBytes(title)) : default,
            Past = room.Graph.SharesPast ? Past(room, parents, secret) : [],
        };
        var most = MostWraps(commit);
        if (most == 0)
        {
            return MemberResult.BrokerTakesLess;
        }

        // One's own copy comes first: who makes an epoch has to know its secret.
        var copies = members.SelectMany(account => (context.DeviceLists.Of(account)?.Copies ?? []).Select(copy => (Account: account, Copy: copy)))
            .OrderByDescending(item => item.Account == self.Account && item.Copy.Copy == context.DeviceLists.Copy).Take(most)
            .OrderBy(static item => item.Account.Value).ThenBy(static item => item.Copy.Copy);
        commit = commit with { Wraps = [.. copies.Select(item => Commit.Wrap(self.Space, name, self.Device, parents, item.Account, item.Copy, secret, ExchangeKeyPair.Generate()))] };
        context.Outbox.Append(room.State, EntryKind.Commit, commit.Encode());
        return MemberResult.Done;
    }

    // A broker may take less than the protocol. Whose copy is left out asks for the secret; without a single wrap there is no epoch.
    private int MostWraps(Commit commit)
    {
        var left = Drafts.MostBytes(context) - (commit with { Wraps = [] }).Encode().Length;
        return (int)Math.Clamp(left / Commit.EncodedWrapSize, 0, Limits.Wraps);
    }

    private static SealedPast[] Past(PrivateRoom room, IReadOnlyList<EntryId> parents, EpochSecret secret) =>
    [
        .. parents.Where(room.Secrets.ContainsKey).Select(parent => new SealedPast(parent, secret.PastKey(parent).SealWith(SealKey.RandomNonce(), [], room.Secrets[parent].Bytes.Span))),
    ];
}
