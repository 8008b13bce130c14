// Owns: questions put to other devices and the frames of their answers.
// Must never: believe a frame from a device that was not asked.
using System.Security.Cryptography;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>How a question ended.</summary>
/// <param name="Status">Null when nobody answered in time or the connection ended.</param>
/// <param name="Fresh">Entries that were new here.</param>
/// <param name="More">The other side has more than fits one answer.</param>
/// <param name="Lines">Lowest and highest stamp of the messages in it; null when there are none.</param>
/// <param name="Cursor">Of an answer to a <see cref="SyncRequest"/>: where to go on.</param>
internal readonly record struct AskOutcome(ReplyStatus? Status, int Fresh, bool More, (Hlc Lowest, Hlc Highest)? Lines = null, ReadOnlyMemory<byte> Cursor = default)
{
    /// <summary>Messages in the answer, new here or not.</summary>
    public int Count { get; init; }

    /// <summary>Commits in the answer, new here or not.</summary>
    public int Commits { get; init; }

    /// <summary>Of an answer to a <see cref="SecretsRequest"/>: what was handed over, bound to <see cref="Nonce"/>.</summary>
    public IReadOnlyList<SealedSecret>? Secrets { get; init; }

    /// <summary>Of an answer to what copies ask each other: what it says.</summary>
    public ReadOnlyMemory<byte> Answer { get; init; }

    /// <summary>The nonce of the question.</summary>
    public ReadOnlyMemory<byte> Nonce { get; init; }
}

/// <summary>Outstanding questions.</summary>
internal sealed class Asking(EngineContext context)
{
    // Patience with a device between two frames. A hub serves many and reads from a disk.
    private const long PeerPatience = 1_000;
    private const long HubPatience = 3_000;

    private readonly Dictionary<UInt128, Question> _questions = [];

    private sealed class Question(DeviceCard peer, RequestBody body, long deadline, Action<AskOutcome, IReadOnlyList<RoomEntries>> done)
    {
        public DeviceCard Peer { get; } = peer;

        public RequestBody Body { get; } = body;

        public long Deadline { get; set; } = deadline;

        public Action<AskOutcome, IReadOnlyList<RoomEntries>> Done { get; } = done;

        public HashSet<int> Frames { get; } = [];

        public int? LastFrame { get; set; }

        public bool More { get; set; }

        public ReadOnlyMemory<byte> Cursor { get; set; }

        public (Hlc Lowest, Hlc Highest)? Lines { get; set; }

        public int Count { get; set; }

        public int Fresh { get; set; }

        public int Commits { get; set; }

        public List<RoomEntries> Heads { get; } = [];
    }

    /// <summary>When a question runs out of patience.</summary>
    public long NextAt => _questions.Count == 0 ? long.MaxValue : _questions.Values.Min(static question => question.Deadline);

    /// <summary>Asks a device; <paramref name="done"/> runs in the loop, with the entries only for a <see cref="HaveRequest"/>.</summary>
    public void Ask(DeviceCard peer, RequestBody body, Action<AskOutcome, IReadOnlyList<RoomEntries>> done)
    {
        var self = context.Self!;
        var nonce = RandomNumberGenerator.GetBytes(Request.NonceSize);
        var key = Hashing.First16(nonce);
        _questions.Add(key, new Question(peer, body, context.Now + PatienceWith(peer), done));
        var message = new PublishMessage(
            context.Topics.Inbox(peer.Account, peer.Device), new Request(self.Card, body).Sign(self.Space, peer.Device, nonce, self.DeviceKey))
        {
            ResponseTopic = context.Topics.Inbox(self.Account, self.Device),
            CorrelationData = nonce,
            MessageExpirySeconds = 30,
        };
        context.Publish(message, outcome =>
        {
            // "Nobody subscribes" is a hint that saves a second of patience; a lost connection ends every question anyway.
            if (outcome.Status != PublishStatus.Sent)
            {
                End(key, new AskOutcome(null, 0, false));
            }
        });
    }

    /// <summary>A frame came in.</summary>
    public void Take(InboundMessage message, SignedContent split)
    {
        var self = context.Self!;
        if (message.CorrelationData.Length != Request.NonceSize
            || !_questions.TryGetValue(Hashing.First16(message.CorrelationData.Span), out var question)
            || !Reply.TryRead(self.Space, split, out var reply)
            || !reply.IsSignedBy(question.Peer, self.Space, self.Device, message.CorrelationData.Span, split))
        {
            return;
        }

        if (!question.Frames.Add(reply.Index))
        {
            return;
        }

        question.Deadline = context.Now + PatienceWith(question.Peer);
        if (question.Body is not HaveRequest)
        {
            context.Checks.Prepare(reply.Rooms.SelectMany(static room => room.Entries));
        }

        foreach (var entries in reply.Rooms)
        {
            question.Fresh += TakeEntries(question, entries);
            question.Commits += entries.Entries.Count(static entry => entry.Header.Kind == EntryKind.Commit);
        }

        if (reply.Last)
        {
            question.LastFrame = reply.Index;
            question.More = reply.More;
            question.Cursor = reply.Cursor;
        }

        if (question.LastFrame is { } last && question.Frames.Count == last + 1)
        {
            End(Hashing.First16(message.CorrelationData.Span), new AskOutcome(reply.Status, question.Fresh, question.More, question.Lines, question.Cursor)
            {
                Count = question.Count,
                Commits = question.Commits,
                Secrets = reply.Secrets,
                Answer = reply.Answer,
                Nonce = message.CorrelationData,
            });
        }
    }

    /// <summary>Gives up on who did not answer.</summary>
    public void Tick(long now)
    {
        foreach (var (key, question) in _questions.Where(pair => pair.Value.Deadline <= now).ToList())
        {
            End(key, new AskOutcome(null, question.Fresh, false));
        }
    }

    /// <summary>The connection ended: nobody will answer.</summary>
    public void EndAll()
    {
        foreach (var (key, question) in _questions.ToList())
        {
            End(key, new AskOutcome(null, question.Fresh, false));
        }
    }

    private long PatienceWith(DeviceCard peer) => context.Hubs.Replica(peer.Device) is null ? PeerPatience : HubPatience;

    private int TakeEntries(Question question, RoomEntries entries)
    {
        if (question.Body is HaveRequest)
        {
            // What of a device comes last is its head: known when all frames are here.
            question.Heads.Add(entries);
            return 0;
        }

        foreach (var stamp in entries.Entries.Where(static entry => entry.IsLine).Select(static entry => entry.Header.Hlc))
        {
            question.Count++;
            question.Lines = question.Lines is var (lowest, highest) ? (stamp < lowest ? stamp : lowest, stamp > highest ? stamp : highest) : (stamp, stamp);
        }

        return context.Rooms.TryGet(entries.Room, out var room) ? entries.Entries.Count(entry => context.Intake.TakeReplied(room, entry, isHead: false)) : 0;
    }

    private int TakeHeads(Question question)
    {
        var fresh = 0;
        foreach (var group in question.Heads.GroupBy(static entries => entries.Room))
        {
            if (!context.Rooms.TryGet(group.Key, out var room))
            {
                continue;
            }

            // A device's last entry is its head; an entry 0 before it came along for its card.
            foreach (var log in group.SelectMany(static entries => entries.Entries).GroupBy(static entry => entry.Header.Device).Select(static log => log.ToList()))
            {
                NameHead(room, question, log);
                fresh += log.Count(entry => context.Intake.TakeReplied(room, entry, entry.Id == log[^1].Id));
            }
        }

        return fresh;
    }

    // To a question that named logs the answer shows where the run without a gap begins: the entry before the head. Its begin may stand alone.
    private void NameHead(RoomState room, Question question, List<Entry> log)
    {
        var (first, head) = (log[0], log[^1]);
        var foot = question.Body is HaveRequest { Logs.Count: > 0 } && log.Count > 1 ? log[^2] : head;
        if (first.Header.Seq == 0)
        {
            context.Outbox.HeadNamed(room, new Head(first.Header.Device, 0, first.Id), 0, question.Peer.Account);
        }

        if (foot.Header.Seq <= head.Header.Seq && (foot.Header.Seq == head.Header.Seq || context.Store.Entries.IdsAt(room.No, foot.Header.Device, foot.Header.Seq).Contains(foot.Id)))
        {
            context.Outbox.HeadNamed(room, new Head(head.Header.Device, head.Header.Seq, head.Id), foot.Header.Seq, question.Peer.Account);
        }
    }

    private void End(UInt128 key, AskOutcome outcome)
    {
        if (_questions.Remove(key, out var question))
        {
            var whole = outcome with { Fresh = outcome.Fresh + TakeHeads(question) };
            context.Options.Figures?.WasHealed(whole.Fresh);
            question.Done(whole, question.Heads);
        }
    }
}
