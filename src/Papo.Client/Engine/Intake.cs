// Owns: what becomes of an entry that arrives, live or in a reply: known, waiting for its card, refused, stored, told.
// Must never: store or tell anything as somebody's before its signature was verified.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The way in for entries of others (and of one's own, when they come back).</summary>
internal sealed class Intake(EngineContext context)
{
    private const int MaxNear = 16;
    private readonly CardQueue _queue = new(context);
    private readonly Amendments _amendments = new(context);
    private readonly Sorting _sorting = new(context);
    private readonly Refusals _refusals = new(context);

    /// <summary>Counts what was refused, and says it once in a while.</summary>
    public Refusals Refusals => _refusals;

    /// <summary>When a waiting entry has waited long enough.</summary>
    public long NextAt => _queue.NextAt;

    /// <summary>
    /// An entry in its live form. The message is acknowledged with this batch, whatever became of it: one that waits for a card must not take up
    /// the broker's window, or twenty forged ones would stop everybody. What is lost then in a crash is healed as a gap.
    /// </summary>
    public void TakeLive(RoomState room, TopicKind topic, InboundMessage message)
    {
        context.AcknowledgeAfterCommit(message);
        if (context.Checks.Read(room, message) is not { } entry
            || (topic == TopicKind.Text) != (entry.Header.Kind == EntryKind.Text))
        {
            _refusals.Count(NoticeKind.Malformed, room.Room);
            return;
        }

        Take(room, entry, live: true);
    }

    /// <summary>An entry of a reply; true when it was new here. A birth (entry 0) that comes along for its card opens no log.</summary>
    public bool TakeReplied(RoomState room, Entry entry, bool isHead) =>
        entry.Header.Seq == 0 && !isHead && !room.Book.TryGet(entry.Header.Device, out _) && !BeganAfter(room, entry.Header.Hlc)
            ? TakeBirth(room, entry)
            : Take(room, entry, live: false);

    /// <summary>A card became known: whoever waited for it goes on.</summary>
    public void CardLearnt(DeviceId device)
    {
        foreach (var (room, entry, live) in _queue.TakeOut(device))
        {
            Take(room, entry, live);
        }
    }

    /// <summary>Gives up on cards that nobody showed in time.</summary>
    public void Tick(long now) => _queue.Tick(now);

    // True when the entry was new.
    private bool Take(RoomState room, Entry entry, bool live)
    {
        var header = entry.Header;
        if (room.Book.TryGet(header.Device, out var log) && IsHeld(room, log, entry))
        {
            if (live)
            {
                context.StoredNotes.Add(entry, live); // sent again because its author has not heard of it
            }

            return false;
        }

        if (!TryCard(entry, out var card))
        {
            _queue.Add(room, entry, live);
            return false;
        }

        if (!context.Checks.Verifies(entry, card))
        {
            _refusals.Count(NoticeKind.BadSignature, room.Room);
            return false;
        }

        if (!context.Epochs.Counts(room, header))
        {
            _refusals.Count(NoticeKind.OutsiderRefused, room.Room);
            return false;
        }

        return TakeVerified(room, log, entry, live);
    }

    /// <summary>What a stored entry says can be read now.</summary>
    public void Opened(RoomState room, Entry entry, Hlc sort)
    {
        Apply(room, entry);
        if (room.Book.TryGet(entry.Header.Device, out var log))
        {
            context.Views.Tell(room, log, entry, sort, live: false);
        }
    }

    private bool IsHeld(RoomState room, Log log, Entry entry) =>
        log.NewestId == entry.Id
        || (log.Covers(entry.Header.Seq) && context.Store.Entries.IdsAt(room.No, log.Device, entry.Header.Seq).Contains(entry.Id));

    private bool TakeBirth(RoomState room, Entry entry)
    {
        if (!entry.TryReadCard(context.Self!.Space, out var card) || !entry.Verifies(context.Self.Space, card))
        {
            _refusals.Count(NoticeKind.BadSignature, room.Room);
            return false;
        }

        context.Roster.Learn(card);
        var added = context.Store.Entries.Add(room.No, entry, entry.Header.Hlc, context.Wall);
        CardLearnt(card.Device);
        return added;
    }

    private bool TakeVerified(RoomState room, Log? log, Entry entry, bool live)
    {
        if (entry.TryReadCard(context.Self!.Space, out var inside))
        {
            context.Roster.Learn(inside);
        }

        if (entry.Header.Device == context.Self.Device)
        {
            context.Outbox.OwnLogs.Surprised();
            return false;
        }

        log ??= Open(room, entry);
        if (log is null)
        {
            _refusals.Count(NoticeKind.FloodRefused, room.Room);
            return false;
        }

        if (entry.Body is null && !_amendments.MayLackBody(entry))
        {
            _amendments.PutAside(entry);
            return false;
        }

        if (entry.Body is not null && context.Options.Hub is not null && context.Hubs.HasExpired(entry))
        {
            entry = entry.WithoutBody(context.Self.Space); // its place in the log is kept, its text is not
        }

        var taken = room.Book.Admit(log, entry, context.Now) switch
        {
            Admission.Fresh => Admitted(room, log, entry, live),
            Admission.Compare => Compared(room, log, entry, live),
            Admission.Fork => Forked(room, log, entry),
            _ => false,
        };
        if (inside is not null)
        {
            CardLearnt(inside.Device);
        }

        return taken;
    }

    private bool Admitted(RoomState room, Log log, Entry entry, bool live)
    {
        var wall = context.Wall;
        var sort = _sorting.OfAdmitted(room, entry);
        entry = context.Epochs.Read(room, entry);
        context.Clock.Observe(entry.Header.Hlc, wall);
        if (entry.Body is null && !_amendments.WasDeleted(entry))
        {
            context.Store.Entries.Add(room.No, entry, sort, wall, isShown: false); // expired: nothing to show
        }
        else if (entry.Header.Kind == EntryKind.Guest && IsSeenLive(room, entry, live))
        {
            context.Store.Entries.Add(room.No, entry, sort, wall);
        }
        else if (entry is { IsSealed: true, Opened: null })
        {
            context.Store.Entries.Add(room.No, entry, sort, wall);
            context.Epochs.Of(room)?.Untold(entry, sort); // told once its key is here
        }
        else if (entry.Header.Kind == EntryKind.Text)
        {
            // Said before it is written; the broker hears of it only afterwards.
            context.Views.Tell(room, log, entry, sort, live);
            context.Store.Entries.AddLater(room.No, entry, sort, wall);
            Apply(room, entry);
        }
        else
        {
            context.Store.Entries.Add(room.No, entry, sort, wall);
            Apply(room, entry);
            context.Views.Tell(room, log, entry, sort, live);
            context.Epochs.Take(room, entry);
        }

        context.Took(entry);
        context.Indexing.Wrote();
        context.StoredNotes.Add(entry, live);
        room.Trickle.Reset(context.Now);
        context.Healing.Changed(room);
        return true;
    }

    // Only of a hub that is believed: anybody could hide a guest's line behind an entry of his own.
    private bool IsSeenLive(RoomState room, Entry entry, bool live) =>
        entry.Header.Account == context.Hubs.Pinned && GuestLine.TryRead((entry.Body ?? default).Span, out var line)
        && context.Store.Guests.Replace(room.No, line, entry.Header.Hlc.Milliseconds, live ? context.Wall : null);

    // Memory alone could not tell: what the store holds at this place and beside it decides.
    private bool Compared(RoomState room, Log log, Entry entry, bool live)
    {
        var seq = entry.Header.Seq;
        var near = context.Store.Entries.Range(context.Self!.Space, room.No, room.Room, new EntryRange(log.Device, Math.Max(0, seq - 1), seq + 1), MaxNear)
            .Where(other => other.Id != entry.Id).ToList(); // another process of the profile may have stored it a moment ago: it is new here all the same
        switch (room.Book.Compare(log, entry, near))
        {
            case Admission.Fork:
                return Forked(room, log, entry);
            case Admission.Fresh when seq >= log.Base:
                return Admitted(room, log, entry, live);
            case Admission.Fresh:
                entry = context.Epochs.Read(room, entry);
                context.Store.Entries.Add(room.No, entry, _sorting.OfKept(room, entry), context.Wall, entry.Body is not null || _amendments.WasDeleted(entry));
                Apply(room, entry);
                context.Epochs.Take(room, entry);
                break;
            default:
                return false;
        }

        if (seq == 0 && BeganAfter(room, entry.Header.Hlc))
        {
            CountFromBirth(room, log, entry);
        }

        return true;
    }

    private bool Forked(RoomState room, Log log, Entry entry)
    {
        entry = context.Epochs.Read(room, entry);
        context.Store.Entries.Add(room.No, entry, _sorting.OfKept(room, entry), context.Wall);
        context.Epochs.Take(room, entry);
        context.Store.Logs.Keep(room.No, log);
        context.Emit(new Noticed(new Notice(NoticeKind.Forked, room.Room, context.Roster.NameOf(log.Account))));
        context.Healing.Changed(room);
        return true;
    }

    // A log's base is the first place seen of it, unless it began after this device joined: then whatever of it is not here is missing.
    private Log? Open(RoomState room, Entry entry)
    {
        var header = entry.Header;
        if (!room.Book.TryOpen(header.Device, header.Account, header.Seq, context.Roster.IsPinned(header.Account), context.Now, out var log))
        {
            return null;
        }

        if (header.Seq > 0)
        {
            var birth = context.Store.Entries.Range(context.Self!.Space, room.No, room.Room, new EntryRange(header.Device, 0, 0), 1).FirstOrDefault();
            if (birth is null)
            {
                context.Healing.WantBirth(room, header.Device);
            }
            else if (BeganAfter(room, birth.Header.Hlc))
            {
                CountFromBirth(room, log, birth);
            }
        }

        context.Store.Logs.Keep(room.No, log);
        return log;
    }

    private void CountFromBirth(RoomState room, Log log, Entry birth)
    {
        room.Book.LowerBase(log, 0);
        room.Book.Admit(log, birth, context.Now);
        foreach (var held in context.Store.Entries.Range(context.Self!.Space, room.No, room.Room, new EntryRange(log.Device, 1, log.Newest), int.MaxValue).ToList())
        {
            room.Book.Admit(log, held, context.Now);
        }

        context.Store.Logs.Keep(room.No, log);
        context.Healing.Changed(room);
    }

    private static bool BeganAfter(RoomState room, Hlc birth) =>
        room.Baseline != default && birth.Milliseconds >= room.Baseline.Milliseconds - Hlc.MaxAheadMilliseconds;

    private bool TryCard(Entry entry, out DeviceCard card)
    {
        if (context.Roster.TryCard(entry.Header.Device, out card!))
        {
            return true;
        }

        // An entry 0 brings its own card; it is proven by that card's signatures.
        return entry.TryReadCard(context.Self!.Space, out card!) && card.Device == entry.Header.Device;
    }

    private void Apply(RoomState room, Entry entry)
    {
        foreach (var explained in _amendments.Apply(room, entry))
        {
            Take(room, explained, live: false);
        }
    }
}
