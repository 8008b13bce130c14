// Owns one device's connection to one broker: connects, tells what happens, and connects again, for ever.
// Must never make a chat decision, know a topic, or send a message twice.
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Papo.Client.Wire;

/// <summary>An MQTT 5 session. All members may be called from any thread.</summary>
internal sealed partial class Session : ISession, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly SessionOptions _options;
    private readonly Func<SessionEvent, ValueTask> _sink;
    private readonly Action _drained;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly BackOff _backOff;
    private readonly Rivalry _rivalry = new();
    private Task _loop = Task.CompletedTask;
    private Pair? _pair;
    private TaskCompletionSource _wake = new();
    private int _started;
    private long _generation;

    /// <summary>Makes a session that does nothing until <see cref="Start"/>.</summary>
    /// <param name="options">Its settings.</param>
    /// <param name="sink">Takes the events one after the other. While it makes the session wait, nothing is read from the broker; it must therefore not
    /// await an answer of this session. What it throws ends the session and comes out of <see cref="DisposeAsync"/>.</param>
    /// <param name="drained">Called when all that one read from the broker brought has been told; nothing is read until it returns.</param>
    public Session(SessionOptions options, Func<SessionEvent, ValueTask> sink, Action? drained = null)
    {
        (_options, _sink, _drained, _logger) = (options, sink, drained ?? (static () => { }), options.Logger ?? NullLogger.Instance);
        _backOff = new BackOff(options);
    }

    /// <summary>What the broker of the current connection said of itself; null while there is none.</summary>
    public BrokerFacts? Broker => Volatile.Read(ref _pair)?.Main.Broker;

    /// <summary>How long the broker took to answer last; null while there is no connection or it has not answered yet.</summary>
    public TimeSpan? RoundTrip => Volatile.Read(ref _pair) is { } pair ? pair.Publisher.RoundTrip ?? pair.Main.RoundTrip : null;

    /// <summary>Starts to connect. Once.</summary>
    public void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
        {
            throw new InvalidOperationException("The session was started before.");
        }

        _loop = RunAsync();
    }

    /// <summary>Ends the wait before the next try, for instance when the network came back. Does nothing while connected or connecting.</summary>
    public void RetryNow() => Volatile.Read(ref _wake).TrySetResult();

    /// <summary>Publishes one message. QoS 1 completes with the PUBACK, QoS 0 when written. At most <see cref="SessionOptions.Window"/> QoS 1 messages are
    /// unacknowledged; more wait in order. Never sent twice: after <see cref="PublishStatus.Lost"/> and <see cref="PublishStatus.NotSent"/> it is the caller's turn.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Frees the caller; a message not written yet is then not sent.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<PublishOutcome> PublishAsync(PublishMessage message, CancellationToken cancellationToken = default) =>
        Volatile.Read(ref _pair) is { } pair
            ? pair.Publisher.PublishAsync(message, cancellationToken)
            : Task.FromResult(new PublishOutcome(PublishStatus.NotSent));

    /// <summary>Subscribes, with one SUBSCRIBE a QoS because some brokers answer sorted by QoS.</summary>
    /// <returns>The answers in the order asked; unanswered when there is no connection or it ends.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SubscribeOutcome> SubscribeAsync(IReadOnlyList<Subscription> filters, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _pair) is not { } pair)
        {
            return SubscribeOutcome.Unanswered;
        }

        var codes = new byte[filters.Count];
        foreach (var group in Enumerable.Range(0, filters.Count).GroupBy(i => filters[i].Qos))
        {
            var indices = group.ToArray();
            var answer = await pair.Main.SubscribeAsync(indices.Select(i => filters[i]), cancellationToken).ConfigureAwait(false);
            if (answer is null || answer.Count != indices.Length)
            {
                return SubscribeOutcome.Unanswered;
            }

            for (var i = 0; i < indices.Length; i++)
            {
                codes[indices[i]] = answer[i];
            }
        }

        return new SubscribeOutcome(true, codes);
    }

    /// <summary>Unsubscribes.</summary>
    /// <returns>False when there is no connection or it ends before the answer.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<bool> UnsubscribeAsync(IReadOnlyList<string> filters, CancellationToken cancellationToken = default) =>
        Volatile.Read(ref _pair)?.Main.UnsubscribeAsync(filters, cancellationToken) ?? Task.FromResult(false);

    /// <summary>Leaves in order: publishes a last message if connected, says goodbye so that no will is published, and connects no more.</summary>
    /// <param name="last">For instance the presence "offline"; or null.</param>
    /// <param name="cancellationToken">Ends the patience (2 s at most); the connection is then cut.</param>
    public async Task EndAsync(PublishMessage? last, CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _pair) is { } pair)
        {
            using var limit = new CancellationTokenSource(Patience, _options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await pair.CloseAsync(last, _stop, either.Token).ConfigureAwait(false);
        }

        await StopAsync().ConfigureAwait(false);
    }

    /// <summary>Cuts the connection if there is one (the broker then publishes the will) and frees everything. Idempotent.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Volatile.Read(ref _pair)?.End(new ConnectFailure(ConnectFailureKind.Lost, "closed by us"));
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var (failure, lived) = await ConnectOnceAsync().ConfigureAwait(false);
            if (failure is null || _stop.IsCancellationRequested)
            {
                return;
            }

            failure = _rivalry.Judge(failure, lived);
            var wait = _options.FirstFailureIsFinal ? Timeout.InfiniteTimeSpan : _backOff.Next(failure.Permanent, lived);
            var wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref _wake, wake);
            LogDown(_logger, _options.Address, failure.Kind, failure.Detail, wait.TotalSeconds);
            await TellAsync(new SessionEvent.Down(failure, wait, lived is not null)).ConfigureAwait(false);
            if (_options.FirstFailureIsFinal)
            {
                return;
            }

            await WaitAsync(wait, wake.Task).ConfigureAwait(false);
        }
    }

    // One connection from the first try to its end. Lived is null when it never came up; Failure is null when the session ended meanwhile.
    private async Task<(ConnectFailure? Failure, TimeSpan? Lived)> ConnectOnceAsync()
    {
        Pair pair;
        try
        {
            pair = await Pair.ConnectAsync(_options, _generation + 1, _stop.Token).ConfigureAwait(false);
        }
        catch (ConnectFailedException failed)
        {
            return (failed.Failure, null);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return (null, null);
        }

        await using (pair)
        {
            var generation = ++_generation;
            var began = _options.Time.GetTimestamp();
            Interlocked.Exchange(ref _pair, pair);
            try
            {
                EndIfStopped(pair);
                LogUp(_logger, _options.Address, generation, pair.Main.Broker.SessionPresent);
                await TellAsync(new SessionEvent.Up(pair.Main.Broker)).ConfigureAwait(false);
                var failure = await pair.ReceiveAsync(message => _sink(new SessionEvent.Arrived(message, generation)), _drained, _stop.Token).ConfigureAwait(false);
                return (failure, _options.Time.GetElapsedTime(began));
            }
            finally
            {
                Volatile.Write(ref _pair, null);
            }
        }
    }

    // Whoever stops the session cancels first and looks for the pair then; we set the pair first and look then: one of both sees the other.
    private void EndIfStopped(Pair pair)
    {
        if (_stop.IsCancellationRequested)
        {
            pair.End(new ConnectFailure(ConnectFailureKind.Lost, "closed by us"));
        }
    }

    private async Task TellAsync(SessionEvent what)
    {
        var told = _sink(what);
        if (told.IsCompletedSuccessfully)
        {
            return;
        }

        var task = told.AsTask();
        try
        {
            await task.WaitAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The session ends; the owner may still refuse the event later, which then concerns nobody.
            _ = task.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private async Task WaitAsync(TimeSpan wait, Task wake)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        await Task.WhenAny(wake, Task.Delay(wait, _options.Time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "Connected to {Address}, connection {Generation}, session present: {SessionPresent}")]
    private static partial void LogUp(ILogger logger, BrokerAddress address, long generation, bool sessionPresent);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "No connection to {Address}: {Kind}, {Detail}; next try in {Seconds} s")]
    private static partial void LogDown(ILogger logger, BrokerAddress address, ConnectFailureKind kind, string detail, double seconds);
}
