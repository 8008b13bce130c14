// Owns: entries as messages: folding amendments in, who is shown how, and in which order and when they are told.
// Must never: tell one entry twice.
using System.Text;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>What the caller sees.</summary>
internal sealed class Views(EngineContext context, Told told)
{
    private const int QuoteLength = 80;
    private const int MostStored = 256;
    private readonly long _top = context.Store.Entries.Top; // what was stored when this engine began

    /// <summary>When a message that waits for an earlier one of its log has waited long enough.</summary>
    public long NextAt
    {
        get
        {
            var next = long.MaxValue;
            foreach (var room in context.Rooms.Joined)
            {
                foreach (var held in room.HeldBack)
                {
                    next = Math.Min(next, held.Until);
                }
            }

            return next;
        }
    }

    /// <summary>A new entry was stored: tell it, now or in its turn.</summary>
    public void Tell(RoomState room, Log log, Entry entry, Hlc sort, bool live)
    {
        if ((entry.Header.Kind is EntryKind.Card or EntryKind.Commit && entry.IsSupported) || context.Options.Hub is not null)
        {
            return; // a hub keeps what people say; nobody reads along with it
        }

        var place = new Place(sort, entry.Header.Device, entry.Header.Seq);
        var catchingUp = room.Stage is CatchUpStage.Asking or CatchUpStage.Healing;
        if (catchingUp || (live && !log.IsWholeTo(entry.Header.Seq)))
        {
            HoldBack(room, log, entry, place, catchingUp ? long.MaxValue : context.Now + Healing.ReorderMilliseconds);
            return;
        }

        // What came now was amended before only if the amendment waits for it.
        if (told.Add(entry.Id) && context.Emit(Change(room, entry, sort, IsLate(room, place), room.Orphans.MayHold(entry.Id))))
        {
            told.Keep();
        }

        if (room.HeldBack.Count > 0)
        {
            TellHeldBack(room, held => held.Log.IsWholeTo(held.Seq));
        }
    }

    /// <summary>A guest's line was stored. It gets another id when it comes again, so it is told only when it is durable.</summary>
    public void TellGuest(RoomState room, StoredLine line)
    {
        var place = new Place(line.Sort, line.Device, line.Seq);
        var late = IsLate(room, place);
        context.EmitDurable(new MessageArrived(Fold(room.Room, line) with { Late = late }));
    }

    /// <summary>Tells what another process of the profile has stored of a room since this one started: it will not come here again.</summary>
    public void TellStored(RoomState room)
    {
        var fresh = context.Store.Entries.Since(context.Self!.Space, room.No, room.Room, _top, long.MaxValue, MostStored).Select(static item => item.Entry.Id).ToList();
        foreach (var line in fresh.Select(context.Store.Entries.Find).OfType<StoredLine>().Where(static line => line is { IsLocked: false, Kind: EntryKind.Text }).OrderBy(static line => line.Sort))
        {
            TellNow(room, new Place(line.Sort, line.Device, line.Seq), line.Id, late => new MessageArrived(Fold(room.Room, line) with { Late = late }));
        }
    }

    /// <summary>The batch is durable: what it told has been told.</summary>
    public void Committed() => told.Keep();

    /// <summary>The batch failed: nothing of it has been told.</summary>
    public void Failed() => told.Undo();

    /// <summary>Tells everything held back in a room, in order.</summary>
    public void TellHeldBack(RoomState room) => TellHeldBack(room, static _ => true);

    public void Tick(long now)
    {
        if (NextAt > now)
        {
            return;
        }

        foreach (var room in context.Rooms.Joined)
        {
            TellHeldBack(room, held => held.Until <= now);
        }
    }

    /// <summary>One's own entry got its number: it has its place now.</summary>
    public void Numbered(RoomState room, Entry entry)
    {
        told.Add(entry.Id);
        IsLate(room, new Place(entry.Header.Hlc, entry.Header.Device, entry.Header.Seq));
        if (entry.Header.Kind is EntryKind.Edit or EntryKind.Delete or EntryKind.Reaction)
        {
            context.EmitDurable(Amended(room, Parse(entry, entry.Header.Hlc)));
        }
    }

    /// <summary>An own message as it goes into the outbox.</summary>
    public ChatMessage Own(RoomState room, OutboxRow row, Entry? entry)
    {
        var text = Encoding.UTF8.GetString(row.Body.Span);
        return new ChatMessage
        {
            Id = entry?.Id,
            Number = row.No,
            Room = room.Room,
            From = Me,
            At = DateTimeOffset.FromUnixTimeMilliseconds(entry?.Header.Hlc.Milliseconds ?? row.MadeAt),
            Text = text,
            ReplyTo = row.Extension.Target,
            Quote = Quote(room.Room, row.Extension.Target),
            State = row.State,
            Mine = true,
            IsAction = row.Extension.IsAction,
        };
    }

    /// <summary>Who this account is, as shown.</summary>
    public Author Me => context.Self is { } self
        ? context.Roster.AuthorOf(self.Account, self.Device)
        : new Author(context.Options.Profile.Name.Text, context.Options.Profile.Account, null, Trust.Signed);

    /// <summary>A message whose author's card nobody could show.</summary>
    public static ChatMessage Unproven(RoomState room, Entry entry) => new()
    {
        Id = entry.Id,
        Room = room.Room,
        From = new Author(entry.Header.Account.ToString()[..8], entry.Header.Account, entry.Header.Device, Trust.Unknown),
        At = entry.Header.Hlc.Time,
        Text = Encoding.UTF8.GetString((entry.Body ?? default).Span),
    };

    /// <summary>A stored line with everything applied that amends it.</summary>
    public ChatMessage Fold(Room room, StoredLine line) => line.Guest is { } guest
        ? new ChatMessage { LocalId = line.Id, Room = room, From = new Author(guest, null, null, Trust.Guest), At = line.Sort.Time, Text = TextOf(line.Said) }
        : line.TryHeader(out var header) ? Folding.Apply(Bare(room, line, header), header.Account, context) : throw new InvalidDataException("a stored header is malformed");

    /// <summary>What is stored counts no longer, or again.</summary>
    public MessageAmended Reconsidered(RoomState room, StoredLine line, EntryHeader header)
    {
        var kind = context.Epochs.Counts(room, header) ? MessageKind.Restored : MessageKind.Withdrawn;
        if (line.Kind != EntryKind.Text)
        {
            var change = Amended(room, line);
            return change with { Amendment = change.Amendment with { Kind = kind } };
        }

        var message = Fold(room.Room, line);
        return new MessageAmended(message with { Kind = kind }, message);
    }

    private void HoldBack(RoomState room, Log log, Entry entry, Place place, long until) =>
        room.HeldBack.Add(new HeldBack(entry.Id, place, log, entry.Header.Seq, until, late => Change(room, entry, place.Sort, late, mayBeAmended: true)));

    private ChatChange Change(RoomState room, Entry entry, Hlc sort, bool late, bool mayBeAmended)
    {
        var line = Parse(entry, sort);
        if (!entry.IsLine)
        {
            return Amended(room, line);
        }

        context.Beacons.StopTyping(room.Room, entry.Header.Account);
        line.TryHeader(out var header);
        var message = Bare(room.Room, line, header!, late);
        var isAmended = mayBeAmended && context.Store.Entries.About(entry.Id).Count > 0;
        return new MessageArrived(isAmended ? Folding.Apply(message, entry.Header.Account, context) : message);
    }

    private MessageAmended Amended(RoomState room, StoredLine line)
    {
        line.TryHeader(out var header);
        var target = header!.Extension.Target is { } id && context.Store.Entries.Find(id) is { } found && found.Room == room.No ? Fold(room.Room, found) : null;
        var amendment = Bare(room.Room, line, header) with
        {
            Kind = line.Kind switch { EntryKind.Edit => MessageKind.Edit, EntryKind.Delete => MessageKind.Delete, _ => MessageKind.Reaction },
            Quote = null,
        };
        return new MessageAmended(amendment, target);
    }

    private ChatMessage Bare(Room room, StoredLine line, EntryHeader header, bool late = false)
    {
        var mine = header.Account == context.Options.Profile.Account;
        var supported = header.Version == EntryHeader.CurrentVersion && (room.IsPrivate ? line.Opened is not null || line.Body is null : header.Epoch is null) && header.Kind is <= EntryKind.Reaction or EntryKind.Guest;
        var guest = supported && header.Kind == EntryKind.Guest && GuestLine.TryRead((line.Said ?? default).Span, out var said) ? said : null;
        var outbox = mine ? context.Store.Outbox.StateOf(line.Id) : null;
        var counts = context.Epochs.Counts(room, header);
        return new ChatMessage
        {
            Id = line.Id,
            Number = outbox?.No,
            Room = room,
            Kind = supported ? MessageKind.Text : line.IsLocked ? MessageKind.Locked : MessageKind.Unsupported,
            From = guest is null ? context.Roster.AuthorOf(header.Account, header.Device) : new Author(guest.Name, null, null, Trust.Guest),
            At = header.Hlc.Time,
            Text = guest is not null ? guest.Text : supported && counts ? TextOf(line.Said) : null,
            Deleted = !counts,
            ReplyTo = header.Extension.Target,
            Quote = Quote(room, header.Extension.Target),
            State = mine ? outbox?.State ?? MessageState.Held : null,
            Mine = mine,
            IsAction = header.Extension.IsAction,
            Late = late,
            ClockDoubtful = line.Sort != header.Hlc,
            MentionsMe = header.Extension.Mentions.Contains(context.Options.Profile.Account),
        };
    }

    private (string Name, string Line)? Quote(Room room, EntryId? target)
    {
        if (target is not { } id || context.Store.Entries.Find(id) is not { } line || (room.IsPrivate && line.TryHeader(out var quoted) && !context.Epochs.Counts(room, quoted)))
        {
            return null;
        }

        if (line.Kind == EntryKind.Guest && GuestLine.TryRead((line.Said ?? default).Span, out var said))
        {
            return (said.Name, First(said.Text));
        }

        var name = line.Guest ?? (line.TryHeader(out var header) ? context.Roster.NameOf(header.Account) : "");
        return (name, First(TextOf(line.Said) ?? ""));
    }

    private static string First(string text)
    {
        var first = text.Split('\n')[0];
        return first.Length > QuoteLength ? first[..QuoteLength] + "…" : first;
    }

    private void TellNow(RoomState room, Place place, EntryId id, Func<bool, ChatChange> change)
    {
        if (!told.Add(id))
        {
            return;
        }

        var late = IsLate(room, place);
        if (context.Emit(change(late)))
        {
            told.Keep();
        }
    }

    private static bool IsLate(RoomState room, Place place)
    {
        var late = place.CompareTo(room.LastTold) < 0;
        room.LastTold = late ? room.LastTold : place;
        return late;
    }

    private void TellHeldBack(RoomState room, Predicate<HeldBack> due)
    {
        var ready = room.HeldBack.FindAll(due);
        if (ready.Count == 0)
        {
            return;
        }

        room.HeldBack.RemoveAll(due);
        foreach (var held in ready.Where(held => context.Epochs.Of(room)?.Withdrawn.ContainsKey(held.Id) != true).OrderBy(static held => held.Place))
        {
            TellNow(room, held.Place, held.Id, held.Tell);
        }
    }

    private static StoredLine Parse(Entry entry, Hlc sort) => new(
        0, entry.Id, 0, entry.Header.Device, entry.Header.Seq, entry.Header.Kind, sort, entry.HeaderBytes, entry.Body, null)
    {
        Opened = entry.Opened,
        Parsed = entry.Opened is { } opened ? entry.Header with { Extension = opened.Extension } : entry.Header,
        IsLocked = entry is { IsSealed: true, Opened: null, Body: not null },
    };

    private static string? TextOf(ReadOnlyMemory<byte>? body) => body is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;
}
