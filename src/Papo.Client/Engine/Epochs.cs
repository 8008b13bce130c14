// Owns: sealing and opening in private rooms: commits taken and made, secrets learnt, entries opened.
// Must never: seal under an epoch that gives its secret to somebody who is no longer in the room.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The keys of private rooms (docs/PROTOCOL.md, Private rooms and direct messages).</summary>
internal sealed class Epochs(EngineContext context)
{
    private const int AtATime = 256;
    private readonly Dictionary<long, PrivateRoom> _rooms = [];
    private readonly Commits _commits = new(context);
    private readonly RoomLabels _labels = new(context);
    private readonly Withdrawals _withdrawals = new(context);
    private bool _isAwake;

    /// <summary>Every private room that was looked at.</summary>
    public IReadOnlyCollection<PrivateRoom> Rooms => _rooms.Values;

    /// <summary>When what waits for a key may be numbered.</summary>
    public long NextAt => _isAwake ? context.Now : long.MaxValue;

    /// <summary>Something came that drafts may have waited for. Not at once: a draft that is being sealed may have brought it.</summary>
    public void Wake() => _isAwake = true;

    public void Tick()
    {
        if (_isAwake)
        {
            _isAwake = false;
            Expel();
            context.Outbox.Pump();
        }
    }

    /// <summary>Once the space is known: reads what is on the disk, so that rooms have their names.</summary>
    public void Begin()
    {
        foreach (var room in context.Rooms.Joined.Where(static room => room.Room.IsPrivate))
        {
            Of(room);
        }
    }

    /// <summary>The private side of a room; null for open ones.</summary>
    public PrivateRoom? Of(RoomState room)
    {
        if (!room.Room.IsPrivate || context.Self is not { } self)
        {
            return null;
        }

        if (_rooms.TryGetValue(room.No, out var known) && known.State == room)
        {
            return known;
        }

        var fresh = _rooms[room.No] = new PrivateRoom(room, context.Store.Private.Find(room.No));
        Load(self, fresh);
        return fresh;
    }

    /// <summary>Somebody took this account into a room.</summary>
    public void Announce(RoomState room, Author by)
    {
        if (Of(room) is { } known)
        {
            _labels.Announce(known, by);
        }
    }

    /// <summary>Somebody who is or was in a room says that this account is in it, and it is here already.</summary>
    public void Called(RoomState room, AccountId by)
    {
        if (Of(room) is { } known && (known.Graph.WasEver(by) || known.Row?.Inviter == by))
        {
            context.KeyHealing.Again(known);
        }
    }

    /// <summary>People are called otherwise than before: so are direct messages with them.</summary>
    public void ShowNames()
    {
        foreach (var room in _rooms.Values)
        {
            _labels.Show(room);
        }
    }

    /// <summary>Whether an account may hear of a room: anybody of an open one, members of a private one.</summary>
    public bool MayHear(RoomState room, AccountId account) => Of(room) is not { } known || known.IsMember(account, context.Self!.Account);

    /// <summary>Whether what an entry says can count in its room; before the commits of a private room are here nobody can tell.</summary>
    public bool Counts(RoomState room, EntryHeader header) =>
        context.Options.Hub is not null || Of(room) is not { Graph: { Tip: not null } graph }
        || graph.Allows(header.Account, header.Device, header.Seq, context.Roster.CopyOf(header.Device)) || (header.Kind is EntryKind.Commit or EntryKind.Card && graph.WasEver(header.Account));

    /// <summary>Takes the copies that this account has removed out of the rooms where that can be done now.</summary>
    public void Expel()
    {
        foreach (var room in _rooms.Values.Where(room => room.Graph.Tip is not null && context.Outbox.OwnLogs.MayNumber(room.State) && _commits.MustExpel(room)).ToList())
        {
            _commits.Renew(room);
        }
    }

    /// <summary>The same of what is stored already: a removal may have come after it.</summary>
    public bool Counts(Room name, EntryHeader header) => !name.IsPrivate || !context.Rooms.TryGet(name, out var room) || Counts(room, header);

    /// <summary>The entry with what is sealed in it where the key is here; else the same, and the key is wanted.</summary>
    public Entry Read(RoomState room, Entry entry)
    {
        if (!entry.IsSealed || entry.Body is null || context.Options.Hub is not null || Of(room) is not { } known)
        {
            return entry;
        }

        known.SinceTip++;
        if (TryOpen(known, entry) is { } opened)
        {
            return opened;
        }

        known.Locked.TryAdd(entry.Header.Epoch!.Value, entry.Header.Account);
        context.KeyHealing.Want(known);
        return entry;
    }

    /// <summary>A commit is stored: it may change who is in the room and bring a secret.</summary>
    public void Take(RoomState room, Entry entry)
    {
        if (entry is not { Header.Kind: EntryKind.Commit, IsSupported: true, Body: { } body } || Of(room) is not { } known)
        {
            return;
        }

        if (!Commit.TryRead(body, out var commit) || Add(known, entry, commit) is var verdict && verdict == CommitVerdict.Refused)
        {
            context.Intake.Refusals.Count(NoticeKind.Malformed, room.Room);
            return;
        }

        Changed(known);
        if (verdict == CommitVerdict.Waits && context.Options.Hub is null && commit.Members.Contains(context.Self!.Account))
        {
            context.KeyHealing.Again(known);
        }
    }

    /// <summary>A secret was handed over, and it is the one of the commit's hash. Where the room shares its past it brings those before it, one after the other.</summary>
    public void Learn(PrivateRoom room, CommitNode node, EpochSecret secret)
    {
        var fresh = new Queue<(CommitNode Node, EpochSecret Secret)>([(node, secret)]);
        var learnt = new HashSet<ulong>();
        while (fresh.TryDequeue(out var next))
        {
            if (!room.Secrets.TryAdd(next.Node.Id, next.Secret))
            {
                continue;
            }

            learnt.Add(next.Node.Epoch);
            context.Store.Private.Keep(room.State.No, next.Node.Id, next.Secret);
            _labels.Read(room, next.Node, next.Secret);
            foreach (var past in next.Node.Commit.Past)
            {
                if (Earlier(room, next.Secret, past) is { } earlier)
                {
                    fresh.Enqueue(earlier);
                }
            }
        }

        OpenLocked(room, learnt);
    }

    /// <summary>Another process of the profile may have taken commits and secrets meanwhile: what is on the disk and not known here is taken.</summary>
    public void Refresh(PrivateRoom room)
    {
        var had = (room.Graph.Commits.Count, room.Secrets.Count);
        Read(context.Self!, room);
        OpenLocked(room, [.. room.Locked.Keys.Where(epoch => room.Graph.OfEpoch(epoch).Any(node => room.Secrets.ContainsKey(node.Id)))]);
        if (had != (room.Graph.Commits.Count, room.Secrets.Count))
        {
            Changed(room);
        }
    }

    /// <summary>Whether something can be said in a room now; where that takes a new epoch it is made.</summary>
    public bool MaySeal(RoomState room) => Of(room) is not { } known || _commits.IsFresh(known) || _commits.Renew(known);

    /// <summary>Whether this account is known not to be in a room: then nothing can be said there.</summary>
    public bool IsOut(RoomState room) => Of(room) is { } known && IsOut(known);

    /// <summary>Makes a commit after which an account is in the room, or no longer.</summary>
    public MemberResult Change(PrivateRoom room, AccountId account, bool isIn) => _commits.Change(room, account, isIn);

    /// <summary>Seals what is to be said for the epoch that stands.</summary>
    public (ulong Epoch, Func<EntryHeader, byte[]> Seal)? Sealing(RoomState room, SealedContent content)
    {
        if (Of(room) is not { Graph.Tip: { } tip } known || !known.Secrets.TryGetValue(tip.Id, out var secret))
        {
            return null;
        }

        known.SinceTip++;
        return (tip.Epoch, header => content.Seal(secret.MessageKey(tip.Id, context.Self!.Device), header, SealKey.RandomNonce()));
    }

    private bool IsOut(PrivateRoom room) => room.Graph.Tip is not null && !room.Graph.Now.Members.Contains(context.Self!.Account);

    private Entry? TryOpen(PrivateRoom room, Entry entry)
    {
        foreach (var node in room.Graph.OfEpoch(entry.Header.Epoch!.Value))
        {
            if (room.Secrets.TryGetValue(node.Id, out var secret) && SealedContent.Open(secret.MessageKey(node.Id, entry.Header.Device), entry) is { } content)
            {
                return entry.Open(context.Self!.Space, content);
            }
        }

        return null;
    }

    private (CommitNode Node, EpochSecret Secret)? Earlier(PrivateRoom room, EpochSecret secret, SealedPast past) =>
        room.Graph.TryGet(past.Parent, out var parent) && secret.PastKey(past.Parent).OpenWith([], past.Sealed.Span) is { } bytes
        && EpochSecret.TryRead(context.Self!.Space, room.State.Room, bytes, out var earlier) && earlier.Hash.Span.SequenceEqual(parent.Commit.SecretHash.Span)
            ? (parent, earlier)
            : null;

    private void OpenLocked(PrivateRoom room, HashSet<ulong> epochs)
    {
        epochs.RemoveWhere(epoch => !room.Locked.Remove(epoch));
        if (epochs.Count == 0)
        {
            return;
        }

        var locked = context.Store.Sealed.Locked(context.Self!.Space, room.State.No, room.State.Room).Where(item => epochs.Contains(item.Entry.Header.Epoch!.Value));
        foreach (var (entry, sort) in locked.Concat(room.TakeUntold(epochs)).DistinctBy(static item => item.Entry.Id).OrderBy(static item => item.Sort).ToList())
        {
            if (Counts(room.State, entry.Header) && TryOpen(room, entry) is { } opened)
            {
                context.Store.Sealed.Open(opened);
                context.Store.Words.Opened(context.Store.Entries.Find(opened.Id)!);
                context.Intake.Opened(room.State, opened, sort);
            }
        }
    }

    private CommitVerdict Add(PrivateRoom room, Entry entry, Commit commit)
    {
        var list = !commit.OwnList.IsEmpty && DeviceList.TryRead(context.Self!.Space, commit.OwnList, out var shown) && shown.Account == entry.Header.Account ? shown : null;
        var verdict = room.Graph.Add(entry.Id, entry.Header.Account, entry.Header.Device, commit, context.Roster.CopyOf(entry.Header.Device), list);
        if (verdict == CommitVerdict.Waits)
        {
            room.Wait(entry, commit);
        }
        else if (verdict == CommitVerdict.Taken)
        {
            if (list is not null)
            {
                context.DeviceLists.Learn(list);
            }

            room.MadeAt[entry.Id] = Math.Min(entry.Header.Hlc.Milliseconds, context.Wall);
            room.SinceTip = room.Graph.Tip?.Id == entry.Id ? 0 : room.SinceTip;
            Unwrap(room, entry.Id);
            foreach (var (later, itsCommit) in room.Waiting.Where(item => item.Commit.Parents.Contains(entry.Id)).ToList())
            {
                room.Waiting.RemoveAll(item => item.Entry.Id == later.Id);
                Add(room, later, itsCommit);
            }
        }

        return verdict;
    }

    private void Unwrap(PrivateRoom room, EntryId id)
    {
        var self = context.Self!;
        if (context.Options.Hub is not null || !room.Graph.TryGet(id, out var node) || room.Secrets.ContainsKey(id))
        {
            return;
        }

        foreach (var wrap in node.Commit.Wraps.Where(wrap => wrap.Account == self.Account && wrap.Copy == context.DeviceLists.Copy))
        {
            var secret = context.DeviceLists.Prekeys.Select(prekey => node.Commit.Unwrap(self.Space, room.State.Room, node.Device, wrap, prekey)).FirstOrDefault(static secret => secret is not null);
            if (secret is not null)
            {
                Learn(room, node, secret);
            }
        }
    }

    // Who is in the room may be others now, and more can be read and sealed.
    private void Changed(PrivateRoom room)
    {
        if (context.Options.Hub is not null)
        {
            return;
        }

        Know(room);
        var (before, now) = (room.Known, room.Graph.Now.Members);
        room.Known = now;
        _withdrawals.Tell(room);
        room.State.Trickle.Reset(context.Now);
        context.KeyHealing.Want(room);
        if (now.Except(before).Any())
        {
            context.Healing.Again(room.State);
        }

        TellWhetherIn(room, before);
        Wake();
    }

    private void TellWhetherIn(PrivateRoom room, IReadOnlySet<AccountId> before)
    {
        var isOut = IsOut(room);
        if (isOut && before.Contains(context.Self!.Account))
        {
            room.WasOut = true;
            context.Emit(new Noticed(new Notice(NoticeKind.RemovedFromRoom, room.State.Room)));
        }
        else if (room.WasOut && !isOut)
        {
            room.WasOut = false;
            context.Emit(new Noticed(new Notice(NoticeKind.BackInRoom, room.State.Room)));
            context.KeyHealing.Again(room);
            if (context.IsUp)
            {
                context.CatchingUp.Begin(room.State);
            }
        }
    }

    private void Know(PrivateRoom room)
    {
        foreach (var account in room.Members(context.Self!.Account))
        {
            context.DeviceLists.Watch(account);
        }

        if (room.Graph.Genesis is { } genesis && room.Row is { Genesis: null, Peer: null } row)
        {
            room.Row = row with { Genesis = genesis };
        }

        _labels.Show(room);
    }

    private void Load(Self self, PrivateRoom room)
    {
        room.State.Book.Counts = log => room.Graph.Tip is null || (room.Graph.Now.Members.Contains(log.Account) && !room.Graph.IsExpelled(log.Account, context.Roster.CopyOf(log.Device)));
        Read(self, room);
        if (context.Options.Hub is null)
        {
            Resume(self, room);
        }
    }

    private void Read(Self self, PrivateRoom room)
    {
        foreach (var (commit, bytes) in context.Store.Private.Secrets(room.State.No))
        {
            if (EpochSecret.TryRead(self.Space, room.State.Room, bytes, out var secret))
            {
                room.Secrets[commit] = secret;
            }
        }

        for (var skip = 0L; ; skip += AtATime)
        {
            var entries = context.Store.Sealed.Commits(self.Space, room.State.No, room.State.Room, AtATime, skip);
            foreach (var entry in entries)
            {
                if (!room.Graph.TryGet(entry.Id, out _) && entry.IsSupported && Commit.TryRead(entry.Body!.Value, out var commit))
                {
                    Add(room, entry, commit);
                }
            }

            if (entries.Count < AtATime)
            {
                break;
            }
        }
    }

    private void Resume(Self self, PrivateRoom room)
    {
        foreach (var (entry, _) in context.Store.Sealed.Locked(self.Space, room.State.No, room.State.Room))
        {
            if (entry.Header.Epoch is { } epoch)
            {
                room.Locked.TryAdd(epoch, entry.Header.Account);
            }
        }

        room.SinceTip = room.Graph.Tip is { } tip ? context.Store.Sealed.CountSince(room.State.No, tip.Id) : 0;
        (room.Known, room.WasOut) = (room.Graph.Now.Members, IsOut(room));
        _withdrawals.Begin(room);
        Know(room);
        context.KeyHealing.Want(room);
    }
}
