// Owns: getting the commits and secrets that are missing in private rooms, and naming to the user what cannot be read meanwhile.
// Must never: believe a secret whose hash is not the one of its commit, or hammer somebody who has none.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Asks members for what cannot be opened here.</summary>
internal sealed class KeyHealing(EngineContext context)
{
    private const long FirstAsk = 300; // what was said may have overtaken the commit
    private const long FirstPause = 5_000;
    private const long LongestPause = 600_000;
    private const long Unnamed = 2_000;
    private readonly HashSet<AccountId> _awaited = [];
    private readonly Dictionary<PrivateRoom, long> _name = [];

    /// <summary>When to ask, or to say what is missing.</summary>
    public long NextAt => Math.Min(
        context.IsUp ? context.Epochs.Rooms.Where(static room => room is { AskAt: not null, IsAsking: false }).Select(static room => room.AskAt!.Value).DefaultIfEmpty(long.MaxValue).Min() : long.MaxValue,
        _name.Values.DefaultIfEmpty(long.MaxValue).Min());

    /// <summary>Something is missing, or came: asks where it has to.</summary>
    public void Want(PrivateRoom room)
    {
        if (!Lacks(room))
        {
            (room.AskAt, room.Pause, room.ToldLocked) = (null, 0, false);
            _name.Remove(room);
            return;
        }

        room.AskAt ??= context.Now + FirstAsk;
        if (room.Locked.Count > 0 && !room.ToldLocked)
        {
            _name.TryAdd(room, context.Now + Unnamed);
        }
    }

    /// <summary>This account may have been let in again: what it asked for in vain while it was out may be had now.</summary>
    public void Again(PrivateRoom room)
    {
        room.Pause = 0;
        Want(room);
        room.AskAt = room.AskAt is { } at ? Math.Min(at, context.Now + FirstAsk) : null;
    }

    /// <summary>Somebody cannot be written to before his copies have shown their keys; said once.</summary>
    public void Await(PrivateRoom room, AccountId account)
    {
        context.DeviceLists.Want(account);
        if (context.IsUp && _awaited.Add(account))
        {
            context.Emit(new Noticed(new Notice(NoticeKind.KeyAwaited, room.State.Room, context.Roster.NameOf(account))));
        }
    }

    /// <summary>Somebody came who may have it, or the connection did.</summary>
    public void PeerCame()
    {
        foreach (var room in context.Epochs.Rooms.Where(static room => room.AskAt is not null))
        {
            (room.AskAt, room.Pause) = (context.Now, 0);
        }
    }

    public void Tick(long now)
    {
        foreach (var (room, at) in _name.ToList())
        {
            if (at <= now)
            {
                Name(room);
            }
        }

        foreach (var room in context.IsUp ? context.Epochs.Rooms.Where(room => room.AskAt <= now && !room.IsAsking).ToList() : [])
        {
            Ask(room);
        }
    }

    private bool Lacks(PrivateRoom room) => LacksCommits(room) || MissingSecrets(room).Any();

    private static bool LacksCommits(PrivateRoom room) => room.Row is not null && (room.Graph.Tip is null || room.Waiting.Count > 0 || room.Locked.Keys.Any(epoch => room.Graph.OfEpoch(epoch).Count == 0));

    private IEnumerable<CommitNode> MissingSecrets(PrivateRoom room)
    {
        var self = context.Self!.Account;
        var wanted = room.Locked.Keys.SelectMany(room.Graph.OfEpoch);
        wanted = room.Graph.Tip is { } tip ? wanted.Append(tip) : wanted;
        return wanted.Where(node => !room.Secrets.ContainsKey(node.Id) && (room.Graph.SharesPast || node.Commit.Members.Contains(self))).DistinctBy(static node => node.Id);
    }

    private void Ask(PrivateRoom room)
    {
        room.AskAt = null;
        context.Epochs.Refresh(room);
        if (!context.Rooms.TryGet(room.State.Room, out var state) || state != room.State || !Lacks(room))
        {
            return;
        }

        if (state.Stage is CatchUpStage.Waiting or CatchUpStage.Asking)
        {
            room.AskAt = context.Now + FirstAsk;
        }
        else if (LacksCommits(room))
        {
            AskCommits(room, [.. context.Roster.Reachable(state.Room)], 0, 0);
        }
        else
        {
            AskSecrets(room, [.. context.Roster.Reachable(state.Room).Where(card => context.Hubs.Replica(card.Device) is null)], 0);
        }
    }

    private void AskCommits(PrivateRoom room, IReadOnlyList<DeviceCard> peers, int at, long skip)
    {
        if (at == peers.Count)
        {
            Rest(room);
            return;
        }

        room.IsAsking = true;
        var had = room.Graph.Commits.Count;
        context.Asking.Ask(peers[at], new CommitsRequest(room.State.Room, skip), (outcome, _) =>
        {
            room.IsAsking = false;
            if (outcome.More && outcome.Commits > 0)
            {
                AskCommits(room, peers, at, skip + outcome.Commits);
            }
            else if (LacksCommits(room))
            {
                AskCommits(room, peers, at + 1, 0);
            }
            else
            {
                Came(room, had);
            }
        });
    }

    private void AskSecrets(PrivateRoom room, IReadOnlyList<DeviceCard> peers, int at)
    {
        var missing = MissingSecrets(room).Take(Limits.AskedSecrets).ToList();
        if (missing.Count == 0 || at == peers.Count || context.DeviceLists.Of(context.Self!.Account) is not { } list)
        {
            Rest(room);
            return;
        }

        room.IsAsking = true;
        var request = new SecretsRequest(room.State.Room, list, context.DeviceLists.Copy, [.. missing.Select(static node => node.Id)]);
        context.Asking.Ask(peers[at], request, (outcome, _) =>
        {
            room.IsAsking = false;
            Take(room, outcome);
            AskSecrets(room, peers, outcome.More && MissingSecrets(room).Count() < missing.Count ? at : at + 1);
        });
    }

    private void Take(PrivateRoom room, AskOutcome outcome)
    {
        var self = context.Self!;
        foreach (var handed in outcome.Secrets ?? [])
        {
            if (!room.Graph.TryGet(handed.Commit, out var node))
            {
                continue;
            }

            var secret = context.DeviceLists.Prekeys
                .Select(prekey => handed.Open(self.Space, room.State.Room, self.Device, outcome.Nonce.Span, prekey, node.Commit.SecretHash.Span)).FirstOrDefault(static secret => secret is not null);
            if (secret is not null)
            {
                context.Epochs.Learn(room, node, secret);
                context.Epochs.Wake();
            }
        }
    }

    // With the commits it is known whose entries count: those that were not taken before are asked for again.
    private void Came(PrivateRoom room, int had)
    {
        if (room.Graph.Commits.Count > had)
        {
            context.CatchingUp.Begin(room.State);
        }

        Want(room); // the secrets are asked for next
    }

    private void Rest(PrivateRoom room)
    {
        Want(room);
        if (room.AskAt is not null)
        {
            room.Pause = room.Pause == 0 ? FirstPause : Math.Min(room.Pause * 2, LongestPause);
            room.AskAt = context.Now + room.Pause;
        }
    }

    private void Name(PrivateRoom room)
    {
        _name.Remove(room);
        if (room.Locked.Count > 0)
        {
            room.ToldLocked = true;
            context.Emit(new Noticed(new Notice(NoticeKind.KeyMissing, room.State.Room, context.Roster.NameOf(room.Locked.Values.First()), room.Locked.Count)));
        }
    }
}
