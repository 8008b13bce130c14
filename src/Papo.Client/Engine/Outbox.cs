// Owns: own messages from the draft to "held": the rows of this slot, their states, and knowing that somebody has them.
// Must never: let a row go that nobody is known to hold, or tell a state before it is on the disk; but for "sent", which may be forgotten.
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>A row of the outbox in memory.</summary>
internal sealed class Pending(OutboxRow row)
{
    public OutboxRow Row { get; set; } = row;

    /// <summary>The signed entry, once it is numbered; null too while it has to be read again.</summary>
    public Entry? Entry { get; set; }

    /// <summary>It has been given to the window on this connection, and is not known to be lost. Set by the window alone.</summary>
    public bool InLine { get; set; }
}

/// <summary>The outbox of this slot; the only writer of this device's logs.</summary>
internal sealed class Outbox(EngineContext context, int slot, Action retire)
{
    private readonly SortedDictionary<long, Pending> _rows = [];
    private readonly HashSet<long> _awaited = []; // messages that drafts are about and that have no entry yet
    private readonly PublishWindow _window = new(context);

    public OwnLogs OwnLogs { get; } = new(context, retire);

    public HeldCheck HeldCheck { get; } = new(context);

    /// <summary>Rows not yet held, of this slot.</summary>
    public IEnumerable<OutboxRow> Rows => _rows.Values.Select(static pending => pending.Row);

    /// <summary>Reads what earlier runs left.</summary>
    public void Load()
    {
        foreach (var row in context.Store.Outbox.OfSlot(slot).Where(row => !_rows.ContainsKey(row.No)))
        {
            _rows.Add(row.No, new Pending(row));
            if (row.About is { } message)
            {
                _awaited.Add(message);
            }
        }
    }

    public OutboxRow? Find(long no) => _rows.TryGetValue(no, out var pending) ? pending.Row : null;

    /// <summary>Takes a draft: on disk with the batch; numbered at once where that may be.</summary>
    public (long? No, SendProblem? Problem) Accept(RoomState room, Draft draft)
    {
        if ((context.DeviceLists.IsRemovedHere ? SendProblem.DeviceRemoved : context.Epochs.IsOut(room) ? SendProblem.NotMember : Drafts.Problem(context, draft) ?? Drafts.Doubt(context, room, draft.Kind == MessageKind.Delete ? EntryKind.Delete : EntryKind.Text)) is { } problem)
        {
            return (null, problem);
        }

        var (kind, extension, body) = Drafts.Parts(context, draft);
        var pending = Take(room, kind, extension, body);
        context.OnFailure(() => _rows.Remove(pending.Row.No));
        if (pending.Entry is null)
        {
            context.AfterCommit(() => context.Options.Fault?.Invoke(FaultPoints.Drafted));
        }

        if (kind == EntryKind.Text)
        {
            context.EmitDurable(new MessageArrived(context.Views.Own(room, pending.Row, pending.Entry)));
        }

        context.AfterCommit(_window.Publish);
        return (pending.Row.No, null);
    }

    /// <summary>Writes down, as a hub, what a guest said.</summary>
    public void Keep(RoomState room, GuestLine line)
    {
        var pending = Take(room, EntryKind.Guest, EntryExtension.None, line.Encode());
        context.OnFailure(() => _rows.Remove(pending.Row.No));
        context.AfterCommit(_window.Publish);
    }

    /// <summary>Numbers and publishes what waits. Called whenever something that held it back has changed.</summary>
    public void Pump()
    {
        foreach (var pending in _rows.Values.Where(static pending => pending.Row.State == MessageState.Queued && !pending.InLine).ToList())
        {
            if (context.IsUp && pending.Row.Entry is null && context.DeviceLists.IsRemovedHere)
            {
                SetState(pending, MessageState.Failed, SendProblem.DeviceRemoved);
                continue;
            }

            if (context.Rooms.ByNo(pending.Row.Room) is not { } room || !OwnLogs.MayNumber(room, pending.Row.Kind) || pending.Row.About is not null)
            {
                continue;
            }

            if (pending.Row.Entry is null && Drafts.Doubt(context, room, pending.Row.Kind) is { } doubt)
            {
                SetState(pending, MessageState.Failed, doubt); // it was taken before anybody knew of it
            }
            else if (pending.Row.Entry is null)
            {
                Number(room, pending);
                context.Store.Outbox.Number(pending.Row.No, pending.Entry!);
                GiveEntry(pending.Row.No, pending.Entry!.Id);
            }
            else if ((pending.Entry ??= context.Store.Entries.Get(context.Self!.Space, room.Room, pending.Row.Entry.Value)) is not null)
            {
                _window.Enqueue(pending);
            }
        }

        context.AfterCommit(_window.Publish);
    }

    /// <summary>Publishes again what nobody is known to hold, to somebody who said that he lacks it. Who has it knows it by its id.</summary>
    public void Offer(RoomState room)
    {
        foreach (var pending in _rows.Values.Where(pending => pending.Row.Room == room.No && pending.Row.State == MessageState.Sent).ToList())
        {
            pending.Entry ??= context.Store.Entries.Get(context.Self!.Space, room.Room, pending.Row.Entry!.Value);
            _window.Enqueue(pending);
        }

        context.AfterCommit(_window.Publish);
    }

    /// <summary>The connection ended: what was flying is published again on the next, in order.</summary>
    public void Reset() => _window.Reset(_rows.Values);

    /// <summary>Tries a failed message again.</summary>
    public void Retry(long no)
    {
        if (_rows.TryGetValue(no, out var pending) && pending.Row.State == MessageState.Failed)
        {
            SetState(pending, MessageState.Queued, null);
            Pump();
        }
    }

    /// <summary>Something became of a row: on disk with the batch, then told.</summary>
    public void SetState(Pending pending, MessageState state, SendProblem? problem)
    {
        pending.Row = pending.Row with { State = state, Problem = problem };
        if (!_rows.ContainsKey(pending.Row.No))
        {
            return;
        }

        if (state == MessageState.Sent)
        {
            context.Store.Outbox.SetSent(pending.Row.No);
        }
        else
        {
            context.Store.Outbox.SetState(pending.Row.No, state, problem);
        }

        if (context.Rooms.ByNo(pending.Row.Room) is { } room)
        {
            Tell(room, pending.Row);
        }
    }

    /// <summary>Somebody showed that he holds a log from <paramref name="from"/> to a head: own entries there are held, if it is one of this chain.</summary>
    public void HeadNamed(RoomState room, Head head, long from, AccountId holder)
    {
        if (holder == context.Self!.Account || _rows.Count == 0)
        {
            return;
        }

        var covered = _rows.Values.Where(pending => pending.Row.Room == room.No && pending.Row.Device == head.Device && pending.Row.Seq >= from && pending.Row.Seq <= head.Seq).ToList();
        if (covered.Count == 0 || !context.Store.Entries.IdsAt(room.No, head.Device, head.Seq).Contains(head.Id))
        {
            return;
        }

        Release(room, covered);
    }

    /// <summary>The hub says that it has stored these places of this device's log.</summary>
    public void Stored(RoomState room, IReadOnlyList<StoredPlace> places)
    {
        if (_rows.Count > 0)
        {
            var ids = places.Select(static place => place.Id).ToHashSet();
            Release(room, [.. _rows.Values.Where(pending => pending.Row.Room == room.No && pending.Row.Entry is { } entry && ids.Contains(entry))]);
        }
    }

    // Somebody else has them: what is left of the wait ends.
    private void Release(RoomState room, List<Pending> safe)
    {
        foreach (var pending in safe)
        {
            _rows.Remove(pending.Row.No);
            context.Store.Outbox.Remove(pending.Row.No);
            context.AfterCommit(() => context.Waits.Held(pending.Row.No, pending.Row.Entry));
            pending.Row = pending.Row with { State = MessageState.Held };
            Tell(room, pending.Row);
        }
    }

    /// <summary>Takes over what processes left that are gone; returns how many rows.</summary>
    public int Adopt(Func<int, FileStream?> tryLockSlot)
    {
        var adopted = 0;
        var ahead = context.Store.Ahead;
        foreach (var other in context.Store.Outbox.Slots().Where(other => other != slot).Union(ahead?.Others() ?? []).ToList())
        {
            using var taken = tryLockSlot(other);
            if (taken is not null)
            {
                ahead?.Catch(context.Store, context.Self!.Space, other);
                adopted += context.Store.Outbox.Adopt(other, slot);
            }
        }

        if (adopted > 0)
        {
            Load();
            Pump();
        }

        return adopted;
    }

    /// <summary>Adds an entry that is not a message of its own: the card of a new name, a commit.</summary>
    public void Append(RoomState room, EntryKind kind, ReadOnlyMemory<byte> body)
    {
        Take(room, kind, EntryExtension.None, body);
        context.AfterCommit(_window.Publish);
    }

    // One insert: where the entry can be numbered at once its row says so from the start.
    private Pending Take(RoomState room, EntryKind kind, EntryExtension extension, ReadOnlyMemory<byte> body)
    {
        var pending = new Pending(context.Store.Outbox.Draft(slot, room.No, kind, extension, body, context.Wall));
        _rows.Add(pending.Row.No, pending);
        if (OwnLogs.MayNumber(room, kind))
        {
            Number(room, pending);
        }

        var goesAhead = pending.Entry is not null && context.Store.GoesAhead(kind);
        context.Store.Outbox.Add(pending.Row, goesAhead);
        if (goesAhead)
        {
            context.Store.Ahead!.Add(pending.Row, pending.Entry!);
        }

        return pending;
    }

    private void Number(RoomState room, Pending pending)
    {
        var self = context.Self!;
        if (!room.Book.TryGet(self.Device, out var log))
        {
            log = Birth(room, self);
        }

        pending.Entry = OwnLogs.Sign(room, log, pending.Row.Kind, pending.Row.Extension, pending.Row.Body);
        pending.Row = pending.Row with { Device = self.Device, Seq = pending.Entry.Header.Seq, Entry = pending.Entry.Id };
        _window.Enqueue(pending);
        if (pending.Row.Kind == EntryKind.Delete && pending.Row.Extension.Target is { } target)
        {
            Deletions.Apply(context, context.Store.Entries.Find(target), target, self.Account);
            Reread(room, target);
        }

        context.Views.Numbered(room, pending.Entry);
        context.AfterCommit(() => context.Options.Fault?.Invoke(FaultPoints.Numbered));
    }

    // What was written about a message while it had another entry, in another space or of another device, names the one it has now.
    private void GiveEntry(long no, EntryId entry)
    {
        if (!_awaited.Remove(no))
        {
            return;
        }

        context.Store.Outbox.GiveEntry(no, entry);
        foreach (var pending in _rows.Values.Where(pending => pending.Row.About == no))
        {
            pending.Row = pending.Row with { Extension = pending.Row.Extension with { Target = entry }, About = null };
        }
    }

    // What waits to be published, or to be published again, must not be published with a text that was deleted.
    private void Reread(RoomState room, EntryId deleted)
    {
        foreach (var pending in _rows.Values.Where(pending => pending.Entry is not null && (pending.Row.Entry == deleted || (pending.Row.Kind == EntryKind.Edit && pending.Row.Extension.Target == deleted))))
        {
            pending.Entry = context.Store.Entries.Get(context.Self!.Space, room.Room, pending.Row.Entry!.Value);
        }
    }

    // Entry 0 of every log is its author's card.
    private Log Birth(RoomState room, Self self)
    {
        var log = OwnLogs.Begin(room);
        var entry = OwnLogs.Sign(room, log, EntryKind.Card, EntryExtension.None, self.Card.Bytes);
        var row = context.Store.Outbox.Draft(slot, room.No, EntryKind.Card, EntryExtension.None, self.Card.Bytes, context.Wall) with { Device = self.Device, Seq = 0, Entry = entry.Id };
        context.Store.Outbox.Add(row);
        var pending = new Pending(row) { Entry = entry };
        _rows.Add(row.No, pending);
        _window.Enqueue(pending);
        return log;
    }

    // A state is told only when it is durable.
    private void Tell(RoomState room, OutboxRow row)
    {
        if (row.Kind is EntryKind.Card or EntryKind.Commit)
        {
            context.AfterCommit(HeldCheck.CompleteWaiters);
            return;
        }

        context.AfterCommit(() => context.Emit(new StateChanged(room.Room, row.No, row.Entry, row.State, row.Problem)));
        context.AfterCommit(HeldCheck.CompleteWaiters);
    }
}
