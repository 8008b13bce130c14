// Owns: what this device knows of one private room: its commits, the secrets it has, what it cannot read.
// Must never: decide; the engine's parts do, on one thread.
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The private side of a room.</summary>
internal sealed class PrivateRoom(RoomState room, PrivateRow? row)
{
    private const int MostWaiting = 256;
    private const int MostUntold = 4096; // the rest shows at the next start

    private readonly Dictionary<EntryId, (Entry Entry, Hlc Sort)> _untold = [];

    public RoomState State { get; } = room;

    /// <summary>What makes it private; null at a hub, which only keeps it.</summary>
    public PrivateRow? Row { get; set; } = row;

    public EpochGraph Graph { get; } = new(room.Room);

    public Dictionary<EntryId, EpochSecret> Secrets { get; } = [];

    /// <summary>Commits whose parents are not here yet.</summary>
    public List<(Entry Entry, Commit Commit)> Waiting { get; } = [];

    /// <summary>Epochs of entries that cannot be read, and of whom the first such entry was.</summary>
    public Dictionary<ulong, AccountId> Locked { get; } = [];

    /// <summary>When each commit was made, as far as that can be believed: Unix milliseconds.</summary>
    public Dictionary<EntryId, long> MadeAt { get; } = [];

    /// <summary>Entries that came since the tip did.</summary>
    public long SinceTip { get; set; }

    /// <summary>When to ask for what is missing; null while nothing is.</summary>
    public long? AskAt { get; set; }

    /// <summary>How long to wait after having asked in vain.</summary>
    public long Pause { get; set; }

    /// <summary>Somebody is being asked.</summary>
    public bool IsAsking { get; set; }

    /// <summary>Who was in it when last looked.</summary>
    public IReadOnlySet<AccountId> Known { get; set; } = new HashSet<AccountId>();

    /// <summary>This account had been taken out when last looked.</summary>
    public bool WasOut { get; set; }

    /// <summary>What is held and does not count: its author, or the copy it was said with, had been removed.</summary>
    public Dictionary<EntryId, EntryHeader> Withdrawn { get; } = [];

    /// <summary>Who took this account into it, until the user was told: that has to wait for the room's name.</summary>
    public Author? Announce { get; set; }

    /// <summary>The user was told of epochs that cannot be read.</summary>
    public bool ToldLocked { get; set; }

    /// <summary>Whether an account is in it; until its commits are here, whether it was said to be.</summary>
    public bool IsMember(AccountId account, AccountId self) => Graph.Tip is not null
        ? Graph.Now.Members.Contains(account)
        : Row is not null && (account == self || account == Row.Peer || account == Row.Inviter || Row.Genesis?.Members.Contains(account) == true);

    /// <summary>Who is in it, or was said to be.</summary>
    public IReadOnlyList<AccountId> Members(AccountId self) => Graph.Tip is not null
        ? [.. Graph.Now.Members.OrderBy(static account => account.Value)]
        : [.. (Row?.Genesis?.Members ?? (Row?.Peer is { } peer ? [self, peer] : [])).OrderBy(static account => account.Value)];

    /// <summary>An entry came that cannot be read yet. Another process of the profile may open it on the disk before this one can.</summary>
    public void Untold(Entry entry, Hlc sort)
    {
        if (_untold.Count < MostUntold)
        {
            _untold.TryAdd(entry.Id, (entry, sort));
        }
    }

    /// <summary>The entries of some epochs that came and were not told.</summary>
    public IReadOnlyList<(Entry Entry, Hlc Sort)> TakeUntold(HashSet<ulong> epochs)
    {
        var taken = _untold.Values.Where(item => epochs.Contains(item.Entry.Header.Epoch!.Value)).ToList();
        taken.ForEach(item => _untold.Remove(item.Entry.Id));
        return taken;
    }

    public void Wait(Entry entry, Commit commit)
    {
        if (Waiting.Count < MostWaiting && !Waiting.Exists(item => item.Entry.Id == entry.Id))
        {
            Waiting.Add((entry, commit));
        }
    }
}
