// Owns: the one loop in which everything of a device's state changes, batch after batch, and when it has to wake up.
// Must never: be entered by two threads, or tell something as done before its batch is committed.
using System.Data.Common;
using System.Threading.Channels;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Why an engine's loop ended.</summary>
internal abstract record EngineEnd
{
    /// <summary>The client was closed.</summary>
    public sealed record Closed : EngineEnd;

    /// <summary>The broker carries this space: go on with its store.</summary>
    public sealed record OtherSpace(SpaceCard Space) : EngineEnd;

    /// <summary>This device's log was continued elsewhere: go on as a new device.</summary>
    public sealed record Retired : EngineEnd;

    /// <summary>The store, or a file beside it, could not be written.</summary>
    public sealed record StoreFailed(Exception Failure) : EngineEnd
    {
        /// <summary>Whether an exception means that, rather than a fault of the program.</summary>
        public static bool Is(Exception failure) => failure is DbException or ProfileException or IOException or UnauthorizedAccessException;
    }
}

/// <summary>One device in one space of one broker, until its loop ends.</summary>
internal sealed class Engine
{
    private const int BatchSize = 256;
    private readonly EventQueue _events;
    private readonly ChannelWriter<ChatChange> _changes;
    private readonly ITimer _timer;
    private readonly Arrival _arrival;
    private readonly Routing _routing;
    private readonly Action<Connection> _connectionTold;
    private readonly CancellationToken _closing;
    private long _wakeAt = long.MaxValue;
    private volatile Author _me;
    private EngineEnd? _end;

    public Engine(EngineParts parts)
    {
        _events = parts.Events;
        _changes = parts.Changes;
        _connectionTold = parts.ConnectionTold;
        _closing = parts.Closing;
        var session = parts.Connect(parts.SessionOptions, what => Deliver(parts.Events, new EngineEvent.FromSession(what, Context!)), () => parts.Events.Ring(here: true));
        Context = new EngineContext(parts.Options, parts.Store, parts.Events, parts.Topics, parts.Log) { Session = session, Self = parts.Self, Waits = parts.Waits };
        Wire(parts);
        _arrival = new Arrival(Context, Presence, parts.WasHere, end => _end ??= end);
        _routing = new Routing(Context, Presence, _arrival, parts.Options.Profile.Slot);
        _me = Context.Views.Me;
        _timer = parts.Options.Time.CreateTimer(_ => parts.Events.TryWrite(new EngineEvent.Tick()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public EngineContext Context { get; }

    public OwnPresence Presence { get; private set; } = null!;

    public Connection Connection => _arrival.Connection;

    /// <summary>Who this is, as of the last batch; for any thread.</summary>
    public Author Me => _me;

    /// <summary>Tells the loop to end; commands before it are still done.</summary>
    public void End(EngineEnd end) => _end ??= end;

    /// <summary>Joins a room on disk, in memory, and with the broker.</summary>
    public void Join(Room room) => _arrival.Join(room);

    /// <summary>Leaves it likewise.</summary>
    public void Leave(Room room) => _arrival.Leave(room);

    /// <summary>One turn of the loop, for whoever turns many engines on a clock of his own; nothing is waited for.</summary>
    public void Turn()
    {
        HandleBatch();
        Commit();
        Wake();
        Commit();
        TellNow();
        Sleep();
    }

    /// <summary>Runs until the client is closed or the engine cannot go on as it is.</summary>
    public async Task<EngineEnd> RunAsync()
    {
        Context.Session.Start();
        try
        {
            while (true)
            {
                // What is due by time comes after the batch, so that no message waits for it.
                Wake();
                Commit();
                await TellAsync().ConfigureAwait(false);
                if (_end is not null)
                {
                    Context.Settle(long.MaxValue);
                    return _end;
                }

                Sleep();
                if (!await _events.WaitAsync().ConfigureAwait(false))
                {
                    Context.Settle(long.MaxValue);
                    return new EngineEnd.Closed();
                }

                HandleBatch();
                if (TellNow() && !Context.Options.Inline)
                {
                    // The reader goes on where the message is warm, instead of waiting until another thread has woken up.
                    await Task.Yield();
                }

                Commit();
            }
        }
        catch (Exception failure) when (EngineEnd.StoreFailed.Is(failure))
        {
            Context.Store.Rollback();
            Context.Fail();
            return new EngineEnd.StoreFailed(failure);
        }
        finally
        {
            await TellAsync().ConfigureAwait(false);
            await _timer.DisposeAsync().ConfigureAwait(false);
            await Context.Session.EndAsync(Presence.Goodbye()).ConfigureAwait(false);
        }
    }

    // Messages wait until the session has handed over all that one read brought: they are one batch.
    private static ValueTask Deliver(EventQueue events, EngineEvent.FromSession occurrence)
    {
        var isTaken = occurrence.What is SessionEvent.Arrived ? events.TryPut(occurrence) : events.TryWrite(occurrence);
        return isTaken ? ValueTask.CompletedTask : DeliverLaterAsync(events, occurrence);
    }

    private static async ValueTask DeliverLaterAsync(EventQueue events, EngineEvent occurrence)
    {
        events.Ring(here: false);
        try
        {
            await events.WriteAsync(occurrence).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The client has ended; what was not acknowledged comes again next time.
        }
    }

    private void Wire(EngineParts parts)
    {
        Context.Hubs = new Hubs(Context);
        Context.StoredNotes = new StoredNotes(Context);
        Context.WaitingGuests = new WaitingGuests(Context);
        Context.Trusted = new Trusted(Context);
        Context.Roster = new Roster(Context);
        Context.Rooms = new Rooms(Context);
        Context.Checks = new Checks(Context);
        Context.Intake = new Intake(Context);
        Context.Asking = new Asking(Context);
        Context.Answering = new Answering(Context);
        Context.Healing = new Healing(Context);
        Context.Elders = new Elders(Context);
        Context.CatchingUp = new CatchingUp(Context);
        Context.Syncing = new Syncing(Context);
        Context.Retention = new Retention(Context);
        Context.Indexing = new Indexing(Context);
        Context.OrphanSearch = new OrphanSearch(Context);
        Context.Beacons = new Beacons(Context);
        Context.Views = new Views(Context, parts.Told);
        Context.Outbox = new Outbox(Context, parts.Options.Profile.Slot, () => _end ??= new EngineEnd.Retired());
        Context.Epochs = new Epochs(Context);
        Context.DeviceLists = new DeviceLists(Context);
        Context.KeyHealing = new KeyHealing(Context);
        Context.Invites = new Invites(Context, room => _arrival.Join(room));
        Context.Links = new RoomLinks(Context);
        Context.Linking = new Linking(Context);
        Context.EmojiComparing = new EmojiComparing(Context);
        Context.OwnCopies = new OwnCopies(Context);
        Context.OwnRooms = new OwnRooms(Context, room => _arrival.Join(room));
        Context.Outbox.Load();
        Presence = new OwnPresence(Context, parts.PresenceSession);
        if (parts.Self is { } self)
        {
            Context.Roster.Load(self.Space);
            Context.Roster.Learn(self.Card);
            Context.DeviceLists.Begin(self);
            Context.Epochs.Begin();
            Context.Outbox.OwnLogs.ResumeClock();
        }

        Context.Commit();
    }

    private void HandleBatch()
    {
        Context.Checks.Prepare(_events.Look(BatchSize));
        for (var handled = 0; handled < BatchSize && _end is null && _events.TryTake(out var what); handled++)
        {
            Handle(what);
        }
    }

    private void Commit()
    {
        Context.Commit();
        if (Context.Views.Me is var me && me != _me)
        {
            _me = me;
        }
    }

    private void Handle(EngineEvent what)
    {
        switch (what)
        {
            case EngineEvent.FromSession { Owner: var owner } when owner != Context:
            case EngineEvent.Finished { Owner: var asker } when asker != Context:
                break; // an engine that has ended had asked for it; a message that it did not acknowledge comes again
            case EngineEvent.FromSession(SessionEvent.Arrived arrived, _):
                _routing.Route(arrived.Message);
                break;
            case EngineEvent.FromSession(SessionEvent.Up up, _):
                _arrival.Up(up.Broker);
                break;
            case EngineEvent.FromSession(SessionEvent.Down down, _):
                _arrival.Down(down);
                break;
            case EngineEvent.Command command:
                command.Run(this);
                break;
            case EngineEvent.Finished finished:
                finished.Run();
                break;
            case EngineEvent.Tick:
                // The timer has fired, perhaps a moment early: it has to be set again.
                _wakeAt = long.MaxValue;
                break;
        }
    }

    // Every part names when it wants to be looked at; whoever's time has come is.
    private void Wake()
    {
        var now = Context.Now;
        _arrival.Tick(now);
        Context.Roster.Tick(now);
        Context.Intake.Tick(now);
        Context.Asking.Tick(now);
        Context.Answering.Tick(now);
        Context.Healing.Tick(now);
        Context.CatchingUp.Tick(now);
        Context.Syncing.Tick(now);
        Context.Retention.Tick(now);
        Context.Indexing.Tick(now);
        Context.OrphanSearch.Tick(now);
        Context.Outbox.HeldCheck.Tick(now);
        Context.Beacons.Tick(now);
        Context.Views.Tick(now);
        Context.DeviceLists.Tick(now);
        Context.KeyHealing.Tick(now);
        Context.OwnCopies.Tick(now);
        Context.OwnRooms.Tick(now);
        Context.Invites.Tick(now);
        Context.EmojiComparing.Tick(now);
        Context.Epochs.Tick();
        Context.StoredNotes.Tick(now);
        Context.WaitingGuests.Tick(now);
        Presence.Tick(now);
        Context.Settle(now);
    }

    private void Sleep()
    {
        ReadOnlySpan<long> due =
        [
            _arrival.NextAt, Context.Roster.NextAt, Context.Intake.NextAt, Context.Asking.NextAt, Context.Answering.NextAt, Context.Healing.NextAt,
            Context.CatchingUp.NextAt, Context.Syncing.NextAt, Context.Retention.NextAt, Context.Indexing.NextAt, Context.OrphanSearch.NextAt, Context.Outbox.HeldCheck.NextAt, Context.Beacons.NextAt, Context.Views.NextAt, Context.DeviceLists.NextAt, Context.KeyHealing.NextAt, Context.OwnCopies.NextAt, Context.OwnRooms.NextAt, Context.Invites.NextAt, Context.EmojiComparing.NextAt, Context.Epochs.NextAt, Context.StoredNotes.NextAt, Context.WaitingGuests.NextAt, Presence.NextAt, Context.SettleAt,
        ];
        var next = long.MaxValue;
        foreach (var at in due)
        {
            next = Math.Min(next, at);
        }

        if (next == _wakeAt && next > Context.Now)
        {
            return;
        }

        _wakeAt = next;
        _timer.Change(next == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(Math.Max(1, next - Context.Now)), Timeout.InfiniteTimeSpan);
    }

    // A reader that has stopped reading must not keep the client from ending; everything told is on the disk.
    private async Task<bool> WaitForReaderAsync(ChatChange change)
    {
        try
        {
            await _changes.WriteAsync(change, _closing).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Before the commit only as far as there is room: the store is locked for the other processes of the profile.
    private bool TellNow()
    {
        var told = false;
        while (Context.Changes.TryPeek(out var change) && _changes.TryWrite(change))
        {
            Context.Changes.Dequeue();
            TellConnection(change);
            told = true;
        }

        return told;
    }

    private async Task TellAsync()
    {
        TellNow();
        while (Context.Changes.TryDequeue(out var change))
        {
            TellConnection(change);
            if (!await WaitForReaderAsync(change).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private void TellConnection(ChatChange change)
    {
        if (change is ConnectionChanged changed)
        {
            _connectionTold(changed.Connection);
        }
    }
}
