// Owns: which engine runs: starts one, and when it cannot go on, starts the next in its place.
// Must never: lose a draft on the way from one engine to the next.
using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The life of a client over its engines.</summary>
internal sealed class Supervisor : IDisposable
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(2);
    private readonly ChatOptions _options;
    private readonly ChannelWriter<ChatChange> _changes;
    private readonly EngineMaker _maker;
    private readonly ILogger _log;
    private readonly ConcurrentBag<TaskCompletionSource<bool>> _arrivals = [];
    private readonly CancellationTokenSource _closing = new();
    private SpaceFolder _folder;
    private SpaceStore? _store;
    private Engine? _engine;

    public Supervisor(ChatOptions options, ChannelWriter<ChatChange> changes)
    {
        _options = options;
        _changes = changes;
        _log = options.Log ?? NullLogger.Instance;
        Calls = new Calls(options.Inline);
        _maker = new EngineMaker(options, Calls.Events, changes, ConnectionTold, _closing.Token);
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

    /// <summary>The way into the loop of whichever engine runs.</summary>
    public Calls Calls { get; }

    public Author Me => _engine?.Me ?? new Author(_options.Profile.Name.Text, _options.Profile.Account, null, Trust.Signed);

    /// <summary>The space of the folder that is used, once it is known.</summary>
    public SpaceCard? Space => _folder.Space;

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
                if (end is EngineEnd.Closed || Calls.HaveEnded)
                {
                    return;
                }

                await GoOnAsync(end).ConfigureAwait(false);
                if (Calls.HaveEnded)
                {
                    return; // closed while no engine could run
                }
            }
        }
        finally
        {
            Close();
            Calls.RefuseAll();
            _store?.Dispose();
            _changes.TryComplete();
        }
    }

    /// <summary>Ends the client; what was posted before is still done.</summary>
    public void Close()
    {
        if (Calls.Close())
        {
            _closing.Cancel();
        }
    }

    public void Dispose()
    {
        _store?.Dispose();
        _closing.Dispose();
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

        await Calls.DoAsync(engine => Renaming.Apply(engine, _options.Profile, _folder), cancellation).ConfigureAwait(false);
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

    private void Start(bool wasHere)
    {
        _engine = _maker.Make(_folder, wasHere);
        _store = _engine.Context.Store;
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
        _options.Figures?.SetStoreFails(kind == NoticeKind.StoreFailed);
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
        while (!Calls.HaveEnded)
        {
            Calls.RefuseAll();
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

    private static readonly Action<ILogger, ProfileProblem, string, Exception?> StillFailing =
        LoggerMessage.Define<ProfileProblem, string>(LogLevel.Warning, new EventId(2001, "StoreStillFailing"), "The store cannot be written yet: {Problem}: {Detail}");

    private static void LogStillFailing(ILogger log, ProfileProblem problem, string detail) => StillFailing(log, problem, detail, null);
}
