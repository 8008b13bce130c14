// Owns: the commits of one private room: which are valid, who is in the room, which epoch is sealed under, whose logs have ended.
// Must never: depend on the order in which commits come, on a clock, or on anybody's word but the commits'.
using System.Diagnostics.CodeAnalysis;

namespace Papo.Protocol;

/// <summary>What became of a commit.</summary>
public enum CommitVerdict
{
    /// <summary>It is valid and counted in.</summary>
    Taken,

    /// <summary>It was here before.</summary>
    Known,

    /// <summary>A commit that it follows is not here yet; bring it again when that came.</summary>
    Waits,

    /// <summary>It says what its author may not say.</summary>
    Refused,
}

/// <summary>A valid commit and who made it.</summary>
public sealed record CommitNode(EntryId Id, AccountId Author, DeviceId Device, Commit Commit)
{
    /// <summary>The number that headers of this epoch carry: the first 8 bytes of the id.</summary>
    public ulong Epoch => EpochOf(Id);

    /// <summary>The epoch of a commit's id.</summary>
    public static ulong EpochOf(EntryId commit) => (ulong)(commit.Value >> 64);

    internal Ancestry Ancestors { get; init; } = Ancestry.None;

    internal MemberChange Change { get; init; } = MemberChange.None;

    /// <summary>The linked copy that made it, or null.</summary>
    internal CopyId? Copy { get; init; }

    /// <summary>Copies of its author that it takes out of the room.</summary>
    internal IReadOnlyList<CopyId> Removed { get; init; } = [];
}

/// <summary>Members and admins at some point.</summary>
public sealed record Membership(IReadOnlySet<AccountId> Members, IReadOnlySet<AccountId> Admins);

/// <summary>
/// The state machine of a private room (docs/PROTOCOL.md, Commits). The same commits give the same answers in whatever order they come.
/// Not for several threads.
/// </summary>
public sealed class EpochGraph(Room room)
{
    private readonly Dictionary<EntryId, int> _index = [];
    private readonly List<CommitNode> _nodes = []; // parents always before their children
    private readonly Dictionary<ulong, List<CommitNode>> _epochs = [];
    private Genesis? _genesis;
    private Membership? _now;
    private CommitNode? _tip;
    private HashSet<EntryId>? _struck;

    /// <summary>The room.</summary>
    public Room Room { get; } = room;

    /// <summary>Every valid commit.</summary>
    public IReadOnlyList<CommitNode> Commits => _nodes;

    /// <summary>How the room began; null for direct messages, and while no first commit is here.</summary>
    public Genesis? Genesis => _genesis;

    /// <summary>Whether newcomers may read the past.</summary>
    public bool SharesPast => _genesis is { SharesPast: true };

    /// <summary>Who is in the room, every commit considered; nobody while there is none.</summary>
    public Membership Now => _now ??= MembershipOf(All(), AllStruck);

    /// <summary>The commit whose epoch stands: of those that count the one with most ancestors, then with the lowest id. Null while there is none.</summary>
    public CommitNode? Tip => _tip ??= FindTip();

    /// <summary>Commits that count and that no other one that counts follows: what the next commit follows, at most <see cref="Limits.Parents"/>, in ascending order.</summary>
    public IReadOnlyList<EntryId> Heads
    {
        get
        {
            var counted = All().Where(at => !AllStruck.Contains(_nodes[at].Id)).ToList();
            var followed = counted.SelectMany(at => _nodes[at].Ancestors).ToHashSet();
            return [.. InOrder(counted.Where(at => !followed.Contains(at)).Select(at => _nodes[at])).Take(Limits.Parents).Select(static node => node.Id).OrderBy(static id => id.Value)];
        }
    }

    /// <summary>The valid commits of an epoch: one, unless somebody took the trouble to find another with the same first bytes.</summary>
    public IReadOnlyList<CommitNode> OfEpoch(ulong epoch) => _epochs.TryGetValue(epoch, out var nodes) ? nodes : [];

    /// <summary>The commit with this id.</summary>
    public bool TryGet(EntryId id, [NotNullWhen(true)] out CommitNode? node)
    {
        node = _index.TryGetValue(id, out var at) ? _nodes[at] : null;
        return node is not null;
    }

    /// <summary>Takes a commit whose entry was verified.</summary>
    /// <param name="id">Its entry.</param>
    /// <param name="author">Whose.</param>
    /// <param name="device">Which device made it.</param>
    /// <param name="commit">What it says.</param>
    /// <param name="copy">The linked copy that the device is of by its card, or null.</param>
    /// <param name="list">What <see cref="Commit.OwnList"/> verifies to; one of another account is not looked at.</param>
    public CommitVerdict Add(EntryId id, AccountId author, DeviceId device, Commit commit, CopyId? copy = null, DeviceList? list = null)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (_index.ContainsKey(id))
        {
            return CommitVerdict.Known;
        }

        if (_nodes.Count >= Limits.Commits || !IsWellFormed(author, commit))
        {
            return CommitVerdict.Refused;
        }

        var parents = new List<int>();
        foreach (var parent in commit.Parents)
        {
            if (!_index.TryGetValue(parent, out var at))
            {
                return CommitVerdict.Waits;
            }

            parents.Add(at);
        }

        var ancestors = Ancestry.Of(parents.Select(at => (at, _nodes[at].Ancestors)));
        var change = parents.Count == 0 ? First(author, commit) : Later(author, commit, ancestors);
        if (change is null)
        {
            return CommitVerdict.Refused;
        }

        _genesis ??= commit.Genesis;
        _index.Add(id, _nodes.Count);
        var node = new CommitNode(id, author, device, commit) { Ancestors = ancestors, Change = change, Copy = copy, Removed = list?.Account == author ? list.Removed : [] };
        _nodes.Add(node);
        (_epochs.TryGetValue(node.Epoch, out var same) ? same : _epochs[node.Epoch] = []).Add(node);
        (_now, _tip, _struck) = (null, null, null);
        return CommitVerdict.Taken;
    }

    /// <summary>Whether what an account's device says at a place of its log counts here: it is a member, or was one and the place is below its end.</summary>
    public bool Allows(AccountId account, DeviceId device, long seq, CopyId? copy = null)
    {
        if (Now.Members.Contains(account))
        {
            return !IsExpelled(account, copy) || seq <= EndOf(Expulsions(account, copy!.Value).Select(static node => node.Commit.Expelled), device);
        }

        return seq <= EndOf(_nodes.Where(node => node.Change.Dropped.Contains(account) && !AllStruck.Contains(node.Id)).Select(static node => node.Commit.Ended), device);
    }

    /// <summary>Whether a linked copy of an account was taken out of the room.</summary>
    public bool IsExpelled(AccountId account, CopyId? copy) => copy is { } linked && Expulsions(account, linked).Any();

    /// <summary>Whether an account is or was a member.</summary>
    public bool WasEver(AccountId account) => _nodes.Exists(node => node.Change.Added.Contains(account));

    /// <summary>
    /// Whether nothing may be sealed under the tip before another commit was made: it gives its secret to somebody who is no longer in the room, or
    /// somebody who is in it has none of it.
    /// </summary>
    public bool MustFollow => Tip is not { } tip || !Now.Members.SetEquals(tip.Commit.Members);

    private HashSet<EntryId> AllStruck => _struck ??= Struck(All());

    // A copy that was taken off has no say in where its log ends.
    private IEnumerable<CommitNode> Expulsions(AccountId account, CopyId copy) =>
        _nodes.Where(node => node.Author == account && node.Removed.Contains(copy) && !(node.Copy is { } maker && node.Removed.Contains(maker)));

    // Of several who said where a log ends the last place counts; of a log that nobody named nothing does.
    private static long EndOf(IEnumerable<IReadOnlyList<EndedLog>> ended, DeviceId device) =>
        ended.Select(logs => logs.Where(log => log.Device == device).Select(static log => log.LastSeq).DefaultIfEmpty(-1).First()).DefaultIfEmpty(-1).Max();

    private IEnumerable<int> All() => Enumerable.Range(0, _nodes.Count);

    private static bool IsWellFormed(AccountId author, Commit commit) =>
        commit.Members.Contains(author)
        && commit.Admins.All(commit.Members.Contains)
        && commit.Wraps.All(wrap => commit.Members.Contains(wrap.Account))
        && commit.Past.All(past => commit.Parents.Contains(past.Parent))
        && (commit.Parents.Count == 0 || commit.Genesis is null);

    // A first commit says what the room's id says, and nothing else.
    private MemberChange? First(AccountId author, Commit commit)
    {
        if (commit.Ended.Count > 0)
        {
            return null;
        }

        var isRight = commit.Genesis is { } genesis
            ? genesis.Room == Room && author == genesis.Creator && commit.Members.SequenceEqual(genesis.Members) && commit.Admins.SequenceEqual([genesis.Creator])
            : commit.Members is [var one, var other] && Genesis.Direct(one, other) == Room && commit.Admins.Count == 0;
        return isRight ? new MemberChange([.. commit.Members], [], [.. commit.Admins], []) : null;
    }

    // Anybody in the room may renew the secret; admins invite and remove; who made the room appoints admins and removes them.
    private MemberChange? Later(AccountId author, Commit commit, Ancestry ancestors)
    {
        // What a valid commit lists is what it and all before it come to; only where several meet that has to be found out.
        var before = commit.Parents is [var only] ? MembershipAfter(_nodes[_index[only]].Commit) : MembershipOf(ancestors, Struck(ancestors));
        var change = MemberChange.Between(before, commit);
        if (!before.Members.Contains(author))
        {
            return null;
        }

        if (change.IsNone)
        {
            return commit.Ended.Count == 0 ? change : null;
        }

        var isCreator = author == _genesis?.Creator;
        var touchesAdmins = change.Appointed.Count > 0 || change.Dismissed.Count > 0;
        var isRight = before.Admins.Contains(author) && (isCreator || !touchesAdmins) && !change.Dropped.Contains(author)
            && (_genesis is not { } genesis || commit.Admins.Contains(genesis.Creator)) && (change.Dropped.Count > 0 || commit.Ended.Count == 0);
        return isRight ? change : null;
    }

    private CommitNode? FindTip() => InOrder(_nodes.Where(node => !AllStruck.Contains(node.Id))).FirstOrDefault();

    private static IEnumerable<CommitNode> InOrder(IEnumerable<CommitNode> nodes) => nodes.OrderByDescending(static node => node.Ancestors.Count).ThenBy(static node => node.Id.Value);

    // Whoever was removed may have written on, without having seen it or as if he had not: what he committed beside his removal does not count.
    // Of an admin who was dismissed the changes beside it do not count. Only the creator strikes admins and nobody strikes him, so there are no circles.
    private HashSet<EntryId> Struck(IEnumerable<int> among)
    {
        var nodes = among.Select(at => (At: at, Node: _nodes[at])).ToList();
        var removals = nodes.Where(static item => item.Node.Change.Takes).ToList();
        var struck = new HashSet<EntryId>();
        foreach (var isByCreator in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var (at, removal) in removals.Where(item => (item.Node.Author == _genesis?.Creator) == isByCreator && !struck.Contains(item.Node.Id)).ToList())
            {
                struck.UnionWith(nodes.Where(item => Strikes(at, removal, item.At, item.Node)).Select(static item => item.Node.Id));
            }
        }

        // What a copy says is nothing to its account's commits once the account has taken it out, before or after: only what was known then stands.
        foreach (var (_, expulsion) in nodes.Where(static item => item.Node.Removed.Count > 0))
        {
            struck.UnionWith(nodes.Where(item => item.Node != expulsion && item.Node.Author == expulsion.Author && item.Node.Copy is { } copy && expulsion.Removed.Contains(copy) && !expulsion.Ancestors.Contains(item.At)).Select(static item => item.Node.Id));
        }

        return struck;
    }

    private static bool Strikes(int at, CommitNode removal, int other, CommitNode node) =>
        (removal.Change.Dropped.Contains(node.Author) || (removal.Change.Dismissed.Contains(node.Author) && !node.Change.IsNone))
        && at != other && !removal.Ancestors.Contains(other) && !node.Ancestors.Contains(at);

    private static Membership MembershipAfter(Commit commit) => new(commit.Members.ToHashSet(), commit.Admins.ToHashSet());

    // Somebody is in where he was let in and every removal of him was known then: of two changes at once the removal wins.
    private Membership MembershipOf(IEnumerable<int> among, HashSet<EntryId> struck)
    {
        var counted = among.Where(at => !struck.Contains(_nodes[at].Id)).ToList();
        var inside = Standing(counted, static change => change.Added, static change => change.Dropped);
        var admins = Standing(counted, static change => change.Appointed, static change => change.Dismissed);
        admins.IntersectWith(inside);
        return new Membership(inside, admins);
    }

    private HashSet<AccountId> Standing(List<int> counted, Func<MemberChange, IReadOnlySet<AccountId>> given, Func<MemberChange, IReadOnlySet<AccountId>> taken)
    {
        var takings = counted.Where(at => taken(_nodes[at].Change).Count > 0).ToList();
        var standing = new HashSet<AccountId>();
        foreach (var at in counted)
        {
            standing.UnionWith(given(_nodes[at].Change).Where(account =>
                takings.TrueForAll(taking => !taken(_nodes[taking].Change).Contains(account) || _nodes[at].Ancestors.Contains(taking))));
        }

        return standing;
    }
}
