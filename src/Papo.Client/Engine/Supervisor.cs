// Owns: which engine runs: opens store and slot, starts an engine, and when one cannot go on, starts the next in its place.
// Must never: lose a draft on the way from one engine to the next.
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Papo.Client.Store;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The life of a client over its engines.</summary>
internal sealed class Supervisor : IDisposable
{
    private const int EventsBound = 4_096;
    private const uint SevenDays = 7 * 24 * 3_600;
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(2);
    private readonly ChatOptions _options;
    private readonly ChannelWriter<ChatChange> _changes;
    private readonly Channel<EngineEvent> _events = Channel.CreateBounded<EngineEvent>(new BoundedChannelOptions(EventsBound) { SingleReader = true });
    private readonly Told _told = new();
    private readonly Waits _waits = new();
    private readonly Topics _topics;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _closing = new();
    private SpaceFolder _folder;
    private SpaceStore? _store;
    private Engine? _engine;

    public Supervisor(ChatOptions options, ChannelWriter<ChatChange> changes)
    {
        _options = options;
        _changes = changes;
        _log = options.Log ?? NullLogger.Instance;
        if (!Topics.TryMake(options.Root, out _topics))
        {
            throw new ArgumentException("the root is not one MQTT topic level", nameof(options));
        }

        try
        {
            _folder = SpaceFolder.ForBroker(options.Profile, options.Broker.ToString());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.From(failure, options.Profile.Path);
        }

        Start(wasHere: false);
    }

    public Author Me => _engine?.Me ?? new Author(_options.Profile.Name.Text, _options.Profile.Account, null, Trust.Signed);

    public Connection Connection => _engine?.Connection ?? new Connection(false, null, null);

    public IReadOnlyList<Room> Joined => [.. (_engine?.Context.Rooms.Joined ?? []).Select(static room => room.Room)];

    /// <summary>Runs engines until the client is closed.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var end = await _engine!.RunAsync().ConfigureAwait(false);
                if (end is EngineEnd.Closed || _events.Reader.Completion.IsCompleted)
                {
                    return;
                }

                await GoOnAsync(end).ConfigureAwait(false);
                if (_events.Reader.Completion.IsCompleted)
                {
                    return; // closed while no engine could run
                }
            }
        }
        finally
        {
            Close();
            RefuseAll();
            _store?.Dispose();
            _changes.TryComplete();
        }
    }

    /// <summary>Ends the client; what was posted before is still done.</summary>
    public void Close()
    {
        if (_events.Writer.TryComplete())
        {
            _closing.Cancel();
        }
    }

    public void Dispose()
    {
        _store?.Dispose();
        _closing.Dispose();
    }

    /// <summary>Runs something in the loop.</summary>
    public void Post(Action<Engine> run) => Post(new EngineEvent.Command(run, static () => { }));

    /// <summary>Runs something in the loop and answers with its result; default when the client has ended or the store has failed.</summary>
    public Task<T> AskAsync<T>(Func<Engine, T> ask, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Refuse() => answer.TrySetCanceled(cancellation);
        Post(new EngineEvent.Command(
            engine =>
            {
                engine.Context.OnFailure(Refuse);
                answer.TrySetResult(ask(engine));
            },
            Refuse));
        return answer.Task.WaitAsync(cancellation);
    }

    /// <summary>Runs something that writes; completes when it is on disk.</summary>
    public Task DoAsync(Action<Engine> run, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Refuse() => done.TrySetCanceled(cancellation);
        Post(new EngineEvent.Command(
            engine =>
            {
                engine.Context.OnFailure(Refuse);
                run(engine);
                engine.Context.AfterCommit(() => done.TrySetResult());
            },
            Refuse));
        return done.Task.WaitAsync(cancellation);
    }

    public Task<SendReceipt> SendAsync(Room room, Draft draft, CancellationToken cancellation)
    {
        var receipt = new TaskCompletionSource<SendReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Refuse() => receipt.TrySetResult(new SendReceipt(null, _events.Reader.Completion.IsCompleted ? SendProblem.Ending : SendProblem.StoreFailed));
        Post(new EngineEvent.Command(
            engine =>
            {
                if (!engine.Context.Rooms.TryGet(room, out var state))
                {
                    receipt.TrySetResult(new SendReceipt(null, SendProblem.NotJoined));
                    return;
                }

                engine.Context.OnFailure(Refuse);
                var (number, problem) = engine.Context.Outbox.Accept(state, draft);
                engine.Context.AfterCommit(() => receipt.TrySetResult(new SendReceipt(number, problem)));
            },
            Refuse));
        return receipt.Task.WaitAsync(cancellation);
    }

    public async Task RenameAsync(DisplayName name, CancellationToken cancellation)
    {
        try
        {
            _options.Profile.Rename(name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.From(failure, _options.Profile.Path);
        }

        await DoAsync(engine => Renaming.Apply(engine, _options.Profile, _folder), cancellation).ConfigureAwait(false);
    }

    public async Task<bool> WaitConnectedAsync(TimeSpan limit, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _arrivals.Add(answer);
        if (Connection.Up)
        {
            return true;
        }

        try
        {
            return await answer.Task.WaitAsync(limit, _options.Time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return Connection.Up;
        }
    }

    private readonly System.Collections.Concurrent.ConcurrentBag<TaskCompletionSource<bool>> _arrivals = [];

    private void ConnectionTold(Connection connection)
    {
        if (!connection.Up && connection.Failure is null)
        {
            return;
        }

        while (_arrivals.TryTake(out var waiter))
        {
            waiter.TrySetResult(connection.Up);
        }
    }

    private void Post(EngineEvent.Command command)
    {
        if (!_events.Writer.TryWrite(command))
        {
            _ = PostLaterAsync(command);
        }
    }

    private async Task PostLaterAsync(EngineEvent.Command command)
    {
        try
        {
            await _events.Writer.WriteAsync(command).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            command.Refuse();
        }
    }

    private void Start(bool wasHere)
    {
        var store = SpaceStore.Open(_folder.StorePath);
        try
        {
            var session = OwnPresence.NextSession(store, _options.Time.GetUtcNow().ToUnixTimeMilliseconds());
            store.Commit();
            var self = _folder.Space is { } card ? MakeSelf(card) : null;
            _store = store;
            _engine = new Engine(new EngineParts
            {
                Options = _options,
                Store = store,
                Topics = _topics,
                SessionOptions = MakeSession(self, session),
                Self = self,
                PresenceSession = session,
                Events = _events,
                Changes = _changes,
                Told = _told,
                Waits = _waits,
                Closing = _closing.Token,
                Log = _log,
                WasHere = wasHere,
                ConnectionTold = ConnectionTold,
            });
        }
        catch (Exception failure)
        {
            _store = null;
            store.Dispose();
            if (failure is SqliteException sqlite)
            {
                throw SpaceStore.Unusable(sqlite, _folder.StorePath);
            }

            throw;
        }
    }

    private Self MakeSelf(SpaceCard space)
    {
        var profile = _options.Profile;
        var device = _folder.DeviceKey(profile.Slot);
        var card = DeviceCards.ReadOrMake(_folder, profile, space.Space, device, _options.Time.GetUtcNow().ToUnixTimeMilliseconds());
        return new Self(space, card, device);
    }

    private SessionOptions MakeSession(Self? self, long presenceSession)
    {
        var credentials = _options.Credentials;
        var transient = _options.OneShot || self is null;
        return new SessionOptions
        {
            Address = _options.Broker,
            ClientId = transient ? Base32.Encode(RandomNumberGenerator.GetBytes(16))[..23] : _folder.ClientId(_options.Profile.Slot),
            CleanStart = transient,
            SessionExpirySeconds = transient ? 0 : SevenDays,
            User = credentials.User ?? _options.Broker.User,
            Password = credentials.Password,
            CaFile = credentials.CaFile,
            CertFile = credentials.CertFile,
            KeyFile = credentials.KeyFile,
            Will = self is null ? null : OwnPresence.Will(_options, _topics, self, presenceSession, _options.Time.GetUtcNow().ToUnixTimeMilliseconds()),
            Time = _options.Time,
            Logger = _log,
        };
    }

    private async Task GoOnAsync(EngineEnd end)
    {
        var before = _folder.Space;
        try
        {
            Follow(end);
            Forsake();
            if (end is not EngineEnd.StoreFailed failed)
            {
                Start(IsSame(before));
                return;
            }

            await NoticeAsync(NoticeKind.StoreFailed, failed.Failure.Message).ConfigureAwait(false);
        }
        catch (Exception failure) when (EngineEnd.StoreFailed.Is(failure))
        {
            Forsake();
            await NoticeAsync(NoticeKind.StoreFailed, failure.Message).ConfigureAwait(false);
        }

        await RecoverAsync(IsSame(before)).ConfigureAwait(false);
    }

    private bool IsSame(SpaceCard? before) => _folder.Space is not null && _folder.Space == before;

    // To the folder of another space, or to another device in this one.
    private void Follow(EngineEnd end)
    {
        if (end is EngineEnd.OtherSpace other)
        {
            _folder = SpaceChange.Follow(_options, _folder, _store!, other.Space, _changes);
        }
        else if (end is EngineEnd.Retired)
        {
            SpaceChange.Retire(_options.Profile, _folder, _store!, _engine!.Context.Self!.Device);
            _changes.TryWrite(new Noticed(new Notice(NoticeKind.SlotRetired)));
        }
    }

    private void Forsake()
    {
        _store?.Dispose();
        _store = null;
    }

    private async Task NoticeAsync(NoticeKind kind, string? detail)
    {
        try
        {
            await _changes.WriteAsync(new Noticed(new Notice(kind, null, detail)), _closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The client is being closed and nobody reads.
        }
    }

    // Nothing is accepted until the store can write again; what the broker holds for us stays there.
    private async Task RecoverAsync(bool wasHere)
    {
        while (!_events.Reader.Completion.IsCompleted)
        {
            RefuseAll();
            await Task.Delay(StoreRetry, _options.Time, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                _folder.TryRoom();
                Start(wasHere);
                await NoticeAsync(NoticeKind.StoreRecovered, null).ConfigureAwait(false);
                return;
            }
            catch (Exception again) when (EngineEnd.StoreFailed.Is(again))
            {
                LogStillFailing(_log, (again as ProfileException)?.Problem ?? ProfileProblem.ReadOnly, again.Message);
            }
        }
    }

    private void RefuseAll()
    {
        while (_events.Reader.TryRead(out var what))
        {
            if (what is EngineEvent.Command command)
            {
                command.Refuse();
            }
        }
    }

    private static readonly Action<ILogger, ProfileProblem, string, Exception?> StillFailing =
        LoggerMessage.Define<ProfileProblem, string>(LogLevel.Warning, new EventId(2001, "StoreStillFailing"), "The store cannot be written yet: {Problem}: {Detail}");

    private static void LogStillFailing(ILogger log, ProfileProblem problem, string detail) => StillFailing(log, problem, detail, null);
}
