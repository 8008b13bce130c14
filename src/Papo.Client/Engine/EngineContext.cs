// Owns: what the parts of one engine share: store, clock, session, identity, and the effects of the batch being handled.
// Must never: be used outside the engine's loop, except Post and Now.
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Papo.Client.Store;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>This device in its space; exists once the space is known.</summary>
internal sealed record Self(SpaceCard SpaceCard, DeviceCard Card, KeyPair DeviceKey)
{
    public SpaceId Space => SpaceCard.Space;

    public AccountId Account => Card.Account;

    public DeviceId Device => Card.Device;
}

/// <summary>Shared by the parts of an engine; see architecture, "Loops and ownership".</summary>
internal sealed class EngineContext(ChatOptions options, SpaceStore store, EventQueue events, Topics topics, ILogger log)
{
    private const int MostTopics = 4_096;
    private const long SettleAfter = 20; // ms
    private readonly Dictionary<string, ParsedTopic> _topics = new(StringComparer.Ordinal);
    private readonly long _origin = options.Time.GetTimestamp();
    private readonly List<InboundMessage> _toAcknowledge = [];
    private readonly List<Action> _afterCommit = [];
    private readonly List<Action> _onFailure = [];
    private readonly List<ChatChange> _staged = [];
    private readonly Queue<ChatChange> _changes = [];
    private bool _tookText;
    private int _taken;

    public ChatOptions Options { get; } = options;

    public SpaceStore Store { get; } = store;

    public Topics Topics { get; } = topics;

    /// <summary>Which topic a message came on. Few topics carry nearly all messages.</summary>
    public ParsedTopic TopicOf(InboundMessage message)
    {
        if (!_topics.TryGetValue(message.Topic, out var topic))
        {
            if (_topics.Count >= MostTopics)
            {
                _topics.Clear();
            }

            _topics.Add(message.Topic, topic = Topics.Parse(message.Topic));
        }

        return topic;
    }

    public ILogger Log { get; } = log;

    public HybridClock Clock { get; } = new();

    /// <summary>Null until the space is known.</summary>
    public Self? Self { get; set; }

    public required ISession Session { get; init; }

    public required Waits Waits { get; init; }

    public Trusted Trusted { get; set; } = null!;

    public Roster Roster { get; set; } = null!;

    public Rooms Rooms { get; set; } = null!;

    public Intake Intake { get; set; } = null!;

    public Syncing Syncing { get; set; } = null!;

    public Retention Retention { get; set; } = null!;

    public Indexing Indexing { get; set; } = null!;

    public OrphanSearch OrphanSearch { get; set; } = null!;

    public Checks Checks { get; set; } = null!;

    public Asking Asking { get; set; } = null!;

    public Answering Answering { get; set; } = null!;

    public Healing Healing { get; set; } = null!;

    public CatchingUp CatchingUp { get; set; } = null!;

    public Elders Elders { get; set; } = null!;

    public Outbox Outbox { get; set; } = null!;

    public Epochs Epochs { get; set; } = null!;

    public DeviceLists DeviceLists { get; set; } = null!;

    public KeyHealing KeyHealing { get; set; } = null!;

    public Invites Invites { get; set; } = null!;

    public RoomLinks Links { get; set; } = null!;

    public Linking Linking { get; set; } = null!;

    public EmojiComparing EmojiComparing { get; set; } = null!;

    public OwnRooms OwnRooms { get; set; } = null!;

    public OwnCopies OwnCopies { get; set; } = null!;

    public Beacons Beacons { get; set; } = null!;

    public Views Views { get; set; } = null!;

    public Hubs Hubs { get; set; } = null!;

    public StoredNotes StoredNotes { get; set; } = null!;

    public WaitingGuests WaitingGuests { get; set; } = null!;

    /// <summary>When what needed no commit of its own has waited long enough for another.</summary>
    public long SettleAt { get; private set; } = long.MaxValue;

    /// <summary>When this connection began, in Unix milliseconds.</summary>
    public long ConnectedAt { get; set; }

    /// <summary>Connected, subscribed, in a known space, and the retained presences have come.</summary>
    public bool IsUp { get; set; }

    /// <summary>Monotonic milliseconds since the engine began.</summary>
    public long Now => (long)Options.Time.GetElapsedTime(_origin).TotalMilliseconds;

    /// <summary>Wall clock in Unix milliseconds.</summary>
    public long Wall => Options.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Changes that wait for the caller to make room.</summary>
    public Queue<ChatChange> Changes => _changes;

    /// <summary>Uniform in [0, 1), for back-off and choice of peers; nothing secret hangs on it.</summary>
    public double Chance() => Options.Chance();

    /// <summary>
    /// Tells the caller something, perhaps before the commit: what others said is not acknowledged before it is durable, so nothing is lost. It
    /// does not overtake what waits in <see cref="EmitDurable"/>.
    /// </summary>
    /// <returns>False when it waits for the commit.</returns>
    public bool Emit(ChatChange change)
    {
        if (_staged.Count > 0)
        {
            _staged.Add(change);
            return false;
        }

        _changes.Enqueue(change);
        return true;
    }

    /// <summary>Tells the caller something once the batch is committed: what he said himself.</summary>
    public void EmitDurable(ChatChange change) => _staged.Add(change);

    /// <summary>Hands a completion back to the loop, from any thread.</summary>
    public void Post(Action run)
    {
        if (!events.TryWrite(new EngineEvent.Finished(run, this)))
        {
            _ = PostLaterAsync(run);
        }
    }

    /// <summary>The broker may forget this message once the batch is committed.</summary>
    public void AcknowledgeAfterCommit(InboundMessage message)
    {
        Options.Figures?.Received(message);
        _toAcknowledge.Add(message);
    }

    /// <summary>Runs once what has been written is durable.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>Runs when the batch could not be made durable: undo a promise to a caller.</summary>
    public void OnFailure(Action action) => _onFailure.Add(action);

    /// <summary>Publishes QoS 1 and hands the outcome to the loop.</summary>
    public void Publish(PublishMessage message, Action<PublishOutcome>? done)
    {
        var sending = Session.PublishAsync(message);
        if (done is null)
        {
            return;
        }

        _ = WatchAsync(sending, done);
    }

    /// <summary>Somebody's entry became part of this batch.</summary>
    public void Took(Entry entry)
    {
        _taken++;
        if (Options.Fault is { } fault && entry.Header.Kind == EntryKind.Text)
        {
            fault(FaultPoints.Received);
            _tookText = true;
        }
    }

    /// <summary>Commits the batch, then acknowledges and runs what waited for it.</summary>
    public void Commit()
    {
        if (Store.MayWait())
        {
            SettleAt = Math.Min(SettleAt, Now + SettleAfter);
        }
        else
        {
            Store.Commit();
            SettleAt = long.MaxValue;
        }

        if (_tookText)
        {
            Options.Fault?.Invoke(FaultPoints.Stored);
        }

        Views.Committed();
        TellStaged();
        Options.Figures?.Committed(_toAcknowledge, _taken);
        _taken = 0;
        InboundMessage.AcknowledgeAll(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_toAcknowledge));
        _toAcknowledge.Clear();
        _onFailure.Clear();

        // Effects may have effects: what they write opens the next batch.
        for (var i = 0; i < _afterCommit.Count; i++)
        {
            _afterCommit[i]();
        }

        _afterCommit.Clear();
        TellStaged();
    }

    /// <summary>Commits what has waited long enough.</summary>
    public void Settle(long now)
    {
        if (now >= SettleAt)
        {
            Store.Commit();
            SettleAt = long.MaxValue;
        }
    }

    /// <summary>The batch failed: nothing of it is acknowledged or told as done.</summary>
    public void Fail()
    {
        foreach (var undo in _onFailure)
        {
            undo();
        }

        _onFailure.Clear();
        _afterCommit.Clear();
        _toAcknowledge.Clear();
        Options.Figures?.Failed();
        _taken = 0;
        _staged.Clear();
        Views.Failed();
    }

    private void TellStaged()
    {
        _staged.ForEach(_changes.Enqueue);
        _staged.Clear();
    }

    private async Task WatchAsync(Task<PublishOutcome> sending, Action<PublishOutcome> done)
    {
        var outcome = await sending.ConfigureAwait(false);
        Post(() => done(outcome));
    }

    private async Task PostLaterAsync(Action run)
    {
        try
        {
            await events.WriteAsync(new EngineEvent.Finished(run, this)).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The client has ended; nobody waits for this completion any more.
        }
    }
}
