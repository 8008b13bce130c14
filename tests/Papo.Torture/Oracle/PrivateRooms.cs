// Owns: what the commits in all stores together say of each private room: who is in it at the end, what counts, and who may read what.
// Must never: ask a client; commits and their order are all there is.
using Papo.Protocol;

namespace Papo.Torture.Oracle;

/// <summary>The private rooms of a world.</summary>
internal sealed class PrivateRooms
{
    private readonly SpaceId _space;
    private readonly Dictionary<DeviceId, CopyId> _copies = [];
    private readonly Dictionary<string, EpochGraph> _graphs = [];
    private readonly Dictionary<string, List<HeldEntry>> _sealed = [];

    /// <summary>Reads what lies in some stores; a hub's is as good as anybody's.</summary>
    public PrivateRooms(IReadOnlyCollection<Holdings> stores, SpaceId space)
    {
        _space = space;
        foreach (var card in stores.SelectMany(static store => store.Cards.Values))
        {
            if (card.Copy is { } copy)
            {
                _copies[card.Device] = copy;
            }
        }

        foreach (var room in stores.SelectMany(static store => store.Entries).Where(static held => held is { IsPrivate: true, Entry: not null }).GroupBy(static held => held.Room))
        {
            Room.TryFromWire(room.Key, out var name);
            var all = room.GroupBy(static held => held.Id).Select(static copies => copies.MaxBy(static held => held.Text is not null)!).ToList();
            var graph = _graphs[room.Key] = new EpochGraph(name!);
            var commits = all.FindAll(static held => held.Entry!.Header.Kind == EntryKind.Commit);
            while (commits.RemoveAll(held => Add(graph, held)) > 0)
            {
                // some came before those that they follow
            }

            _sealed[room.Key] = [.. all.Where(held => held.Entry!.IsSealed && graph.Allows(held.Entry.Header.Account, held.Entry.Header.Device, held.Entry.Header.Seq, CopyOf(held.Entry.Header.Device)))];
        }
    }

    public IReadOnlyCollection<string> Names => _graphs.Keys;

    /// <summary>Sealed entries that count, each once, opened where anybody could.</summary>
    public IReadOnlyList<HeldEntry> Sealed(string room) => _sealed.GetValueOrDefault(room) ?? [];

    /// <summary>Who is in it at the end.</summary>
    public IReadOnlySet<AccountId> Members(string room) => _graphs.TryGetValue(room, out var graph) ? graph.Now.Members : new HashSet<AccountId>();

    /// <summary>Whether an entry was sealed for an account.</summary>
    public bool IsFor(AccountId account, HeldEntry held) => held.Entry?.Header.Epoch is { } epoch && _graphs[held.Room].OfEpoch(epoch).Any(node => node.Commit.Members.Contains(account));

    /// <summary>Whether the secret of a commit was made for an account, as far as the commit is known.</summary>
    public bool MayHave(AccountId account, EntryId commit) => !_graphs.Values.Any(graph => graph.TryGet(commit, out var node) && !node.Commit.Members.Contains(account));

    /// <summary>What somebody who is in a room at the end may read there, and cannot.</summary>
    public IEnumerable<HeldEntry> Lacking(string room, AccountId account, Holdings holdings)
    {
        var readable = holdings.Entries.Where(held => held.Room == room && held.Entry is { } entry && (entry.Opened is not null || entry.Body is null)).Select(static held => held.Id).ToHashSet();
        return Members(room).Contains(account) ? Sealed(room).Where(held => IsFor(account, held) && !readable.Contains(held.Id)) : [];
    }

    /// <summary>Whether an entry was sealed under an epoch that its own device had replaced before, by a commit of its own: whoever that removed could read it.</summary>
    public bool IsUnderReplaced(HeldEntry held, IEnumerable<HeldEntry> all)
    {
        var (graph, header) = (_graphs[held.Room], held.Entry!.Header);
        var replaced = new HashSet<EntryId>();
        var own = all.Where(other => other.Room == held.Room && other.Entry is { Header: { Kind: EntryKind.Commit } made } && made.Device == header.Device && made.Seq < header.Seq).Select(static other => other.Id);
        var next = new Queue<EntryId>(own.SelectMany(commit => graph.TryGet(commit, out var node) ? node.Commit.Parents : []));
        while (next.TryDequeue(out var parent))
        {
            if (replaced.Add(parent) && graph.TryGet(parent, out var node))
            {
                node.Commit.Parents.ToList().ForEach(next.Enqueue);
            }
        }

        return graph.OfEpoch(header.Epoch!.Value).Any(node => replaced.Contains(node.Id));
    }

    /// <summary>Whether no commit of a room says that a linked copy is out, which its account has removed.</summary>
    public bool MustExpel(string room, AccountId account, CopyId copy) => Members(room).Contains(account) && !_graphs[room].IsExpelled(account, copy);

    /// <summary>Commits that follow the removal of a linked copy, or are it: the copy has no part in them.</summary>
    public IEnumerable<CommitNode> Without(AccountId account, CopyId copy)
    {
        foreach (var graph in _graphs.Values)
        {
            var without = new HashSet<EntryId>();
            foreach (var node in graph.Commits) // parents come before their children
            {
                if ((node.Author == account && List(node.Commit)?.Removed.Contains(copy) == true) || node.Commit.Parents.Any(without.Contains))
                {
                    without.Add(node.Id);
                    yield return node;
                }
            }
        }
    }

    private CopyId? CopyOf(DeviceId device) => _copies.TryGetValue(device, out var copy) ? copy : null;

    private DeviceList? List(Commit commit) => !commit.OwnList.IsEmpty && DeviceList.TryRead(_space, commit.OwnList, out var list) ? list : null;

    private bool Add(EpochGraph graph, HeldEntry held) => held.Entry is { Header: var header, Body: { } body } && Commit.TryRead(body, out var commit)
        && graph.Add(held.Id, header.Account, header.Device, commit, CopyOf(header.Device), List(commit)) == CommitVerdict.Taken;
}
