// Owns: answering what other devices ask: heads, ranges, pages; at a bounded pace.
// Must never: answer anybody but the signer, at his own inbox; or serve one question twice.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Serving other devices from the store.</summary>
internal sealed class Answering(EngineContext context)
{
    private const int PeerPace = 2_000;
    private const int HubPace = 20_000;
    private const int MaxQueue = 64;
    private const int MaxServed = 4_096;
    private const int MostAtOnce = 2_048; // of the smallest entries no more fit into a reply
    private readonly PageAnswer _pages = new(context);
    private readonly SyncAnswer _sync = new(context);
    private readonly SecretAnswer _secrets = new(context);
    private readonly Queue<(Request Request, byte[] Nonce)> _queue = [];
    private readonly RecentSet<UInt128> _served = new(MaxServed);
    private readonly int _entriesPerSecond = context.Options.Hub is null ? PeerPace : HubPace;
    private double _allowance;
    private long _allowanceAt;

    private sealed record Gathered(List<RoomEntries> Entries, ReplyStatus Status, bool More, ReadOnlyMemory<byte> Cursor, IReadOnlyList<SealedSecret> Secrets, ReadOnlyMemory<byte> Said);

    /// <summary>When the next waiting question may be answered.</summary>
    public long NextAt { get; private set; } = long.MaxValue;

    /// <summary>A question came in.</summary>
    public void Take(InboundMessage message, SignedContent split)
    {
        var self = context.Self!;
        var nonce = message.CorrelationData.ToArray();
        if (!Request.TryRead(self.Space, self.Device, nonce, split, context.Roster.Known, out var request))
        {
            context.Intake.Refusals.Count(NoticeKind.BadSignature, null);
            context.Options.Figures?.WasRefused();
            return;
        }

        if (message.ResponseTopic != context.Topics.Inbox(request.Asker.Account, request.Asker.Device) || !_served.Add(Hashing.First16(nonce)))
        {
            return;
        }

        if (request.Body is not LinkRequest)
        {
            context.Roster.Learn(request.Asker); // who wants to be linked has no name of his own here
        }

        if (_queue.Count >= MaxQueue)
        {
            context.Options.Figures?.WasRefused();
            Send(request, nonce, new Gathered([], ReplyStatus.Busy, More: false, default, [], default), [[]]);
            return;
        }

        _queue.Enqueue((request, nonce));
        Tick(context.Now);
    }

    /// <summary>Answers as far as the pace allows.</summary>
    public void Tick(long now)
    {
        _allowance = Math.Min(_entriesPerSecond, _allowance + ((now - _allowanceAt) * _entriesPerSecond / 1_000.0));
        _allowanceAt = now;
        while (_allowance > 0 && _queue.TryDequeue(out var next))
        {
            _allowance -= Answer(next.Request, next.Nonce);
        }

        NextAt = _queue.Count == 0 ? long.MaxValue : now + 1 + (long)(-Math.Min(0, _allowance) * 1_000 / _entriesPerSecond);
    }

    private int Answer(Request request, byte[] nonce)
    {
        var space = new ReplySpace(context);
        while (true)
        {
            var answer = Gather(request, nonce, space);
            if (space.Cut(answer.Entries) is { } frames)
            {
                Send(request, nonce, answer, frames);
                return 1 + frames.Sum(static frame => frame.Sum(static room => room.Entries.Count));
            }

            space.Shrink();
        }
    }

    private Gathered Gather(Request request, byte[] nonce, ReplySpace space)
    {
        var entries = new List<RoomEntries>();
        ReadOnlyMemory<byte> cursor = default;
        IReadOnlyList<SealedSecret> secrets = [];
        ReadOnlyMemory<byte> said = default;
        bool MayHear(Room room) => !room.IsPrivate || MayHearOf(room, request.Asker);
        var (status, more) = request.Body switch
        {
            HaveRequest have => Have(have with { Rooms = [.. have.Rooms.Where(MayHear)] }, entries, space),
            GetRequest get when MayHear(get.Room) => Get(get, entries, space),
            PageRequest page when MayHear(page.Room) => _pages.Page(page, entries, space),
            SyncRequest sync => _sync.Answer(sync with { Rooms = [.. sync.Rooms.Where(MayHear)] }, entries, space, out cursor),
            SearchRequest search => _pages.Search(search, entries, space),
            CommitsRequest commits when MayHear(commits.Room) => _secrets.Commits(commits, entries, space),
            SecretsRequest asked when MayHear(asked.Room) => _secrets.Secrets(request.Asker, asked, nonce, space, out secrets),
            LinkRequest link => (context.Linking.Claim(request.Asker, link, space, out said), false),
            RenewRequest renew => (context.OwnCopies.List(request.Asker, renew, out said), false),
            RoomsRequest => (context.OwnRooms.Tell(request.Asker, space, out said), false),
            EnterRequest enter => (context.Links.Enter(request.Asker, enter), false),
            CompareRequest compare => (context.EmojiComparing.Take(request.Asker, compare, out said), false),
            GetRequest or PageRequest or CommitsRequest or SecretsRequest => (ReplyStatus.Gone, false), // a stranger does not learn whether the room is here
            _ => (ReplyStatus.UnknownOp, false),
        };
        return new Gathered(entries, status, more, cursor, secrets, said);
    }

    private bool MayHearOf(Room name, DeviceCard asker) =>
        !context.DeviceLists.IsRemoved(asker) && context.Rooms.TryGet(name, out var room) && (context.Epochs.MayHear(room, asker.Account) || context.Hubs.Replica(asker.Device) is not null);

    private (ReplyStatus Status, bool More) Have(HaveRequest have, List<RoomEntries> answer, ReplySpace space)
    {
        var budget = space.Budget;
        var any = false;
        foreach (var name in have.Rooms)
        {
            if (!context.Rooms.TryGet(name, out var room))
            {
                continue;
            }

            any = true;
            var heads = new List<Entry>();
            answer.Add(new RoomEntries(name, heads));
            foreach (var log in Wanted(room, have))
            {
                var part = (have.Logs.Count == 0 ? HeadOf(room, log) : HeldRun(room, log)).FindAll(space.Fits);
                budget -= part.Sum(PackedEntry.MaxSize);
                if (budget < 0)
                {
                    return (ReplyStatus.Ok, true);
                }

                heads.AddRange(part);
            }
        }

        return (any ? ReplyStatus.Ok : ReplyStatus.Gone, false);
    }

    private static IEnumerable<Log> Wanted(RoomState room, HaveRequest have)
    {
        var logs = have.Logs.Count == 0
            ? room.Book.Logs
            : have.Logs.Select(device => room.Book.TryGet(device, out var log) ? log : null).OfType<Log>();
        return logs.Where(log => log.Device > have.After && log.Newest >= log.Base).OrderBy(static log => log.Device.Value);
    }

    private (ReplyStatus Status, bool More) Get(GetRequest get, List<RoomEntries> answer, ReplySpace space)
    {
        if (!context.Rooms.TryGet(get.Room, out var room))
        {
            return (ReplyStatus.Gone, false);
        }

        var births = get.Ranges.Select(static range => range.Device).Distinct().SelectMany(device => Birth(room, device)).ToList();
        var budget = space.Budget - births.Sum(PackedEntry.MaxSize);
        var found = new List<Entry>(births);
        answer.Add(new RoomEntries(get.Room, found));
        foreach (var range in get.Ranges)
        {
            foreach (var entry in context.Store.Entries.Range(context.Self!.Space, room.No, room.Room, range, MostAtOnce).Where(space.Fits))
            {
                budget -= PackedEntry.MaxSize(entry);
                if (budget < 0)
                {
                    return (ReplyStatus.Ok, true);
                }

                if (entry.Header.Seq > 0)
                {
                    found.Add(entry);
                }
            }
        }

        return (found.Count > 0 ? ReplyStatus.Ok : ReplyStatus.Gone, false);
    }

    private List<Entry> Birth(RoomState room, DeviceId device) =>
        [.. context.Store.Entries.Range(context.Self!.Space, room.No, room.Room, new EntryRange(device, 0, 0), 2)];

    // Of a closed log everything stored at the place where it closed and at the one above: that is the proof.
    private List<Entry> HeadOf(RoomState room, Log log) => [.. Birth(room, log.Device)
        .Concat(At(room, log, log.Newest, 2))
        .Concat(log.ClosedAt is null ? [] : At(room, log, log.Newest + 1, 2))
        .DistinctBy(static entry => entry.Id)];

    // Whoever asks for a log by name wants to know what is held for sure: the entry before the head is where the run without a gap begins.
    private List<Entry> HeldRun(RoomState room, Log log)
    {
        var foot = log.Missing == 0 ? log.Base : log.Holes().Last().To + 1;
        foot = foot == log.Base ? context.Store.Entries.LowestBelow(room.No, log.Device, foot) : foot;
        return log.ClosedAt is not null || foot == 0 ? HeadOf(room, log) : [.. Birth(room, log.Device), .. At(room, log, foot, 1), .. At(room, log, log.Newest, 1)];
    }

    private IEnumerable<Entry> At(RoomState room, Log log, long seq, int most) =>
        context.Store.Entries.Range(context.Self!.Space, room.No, room.Room, new EntryRange(log.Device, seq, seq), most);

    private void Send(Request request, byte[] nonce, Gathered answer, List<List<RoomEntries>> frames)
    {
        var self = context.Self!;
        for (var index = 0; index < frames.Count; index++)
        {
            var last = index == frames.Count - 1;
            var frame = new Reply(self.Device, index, last, last && answer.More, answer.Status, frames[index]) { Cursor = last ? answer.Cursor : default, Secrets = last ? answer.Secrets : [], Answer = last ? answer.Said : default };
            var message = new PublishMessage(
                context.Topics.Inbox(request.Asker.Account, request.Asker.Device), frame.Sign(self.Space, request.Asker.Device, nonce, self.DeviceKey))
            {
                CorrelationData = nonce,
                MessageExpirySeconds = 30,
            };
            context.AfterCommit(() => context.Publish(message, null)); // it shows what is held here: that has to be on the disk
        }
    }
}
