// Owns the one or two connections a session consists of at a time: one that subscribes and, where needed, one that only publishes.
// Must never let one outlive the other.
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Papo.Client.Wire;

/// <summary>Main and publishing connection; the same one where the platform can acknowledge segments at once (docs/decisions/0012).</summary>
internal sealed partial class Pair : IAsyncDisposable
{
    private volatile bool _closing;

    private Pair(Connection main, Connection publisher) => (Main, Publisher) = (main, publisher);

    /// <summary>Holds the subscriptions, the queue and the will.</summary>
    public Connection Main { get; }

    /// <summary>Publishes.</summary>
    public Connection Publisher { get; }

    private bool IsTwo => Main != Publisher;

    /// <summary>Connects both.</summary>
    /// <exception cref="ConnectFailedException">It did not work.</exception>
    /// <exception cref="OperationCanceledException">The session ends.</exception>
    public static async Task<Pair> ConnectAsync(SessionOptions options, long generation, CancellationToken cancellationToken)
    {
        var main = await Handshake.ConnectAsync(options, publisher: false, generation, cancellationToken).ConfigureAwait(false);
        if (!(options.SeparatePublishConnection ?? !main.IsPrompt))
        {
            return new Pair(main, main);
        }

        LogTwo(options.Logger ?? NullLogger.Instance, options.Address);
        try
        {
            return new Pair(main, await Handshake.ConnectAsync(options, publisher: true, generation, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception)
        {
            await main.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Receives on both until one ends; see <see cref="Connection.ReceiveAsync"/>.</summary>
    public async Task<ConnectFailure> ReceiveAsync(Func<InboundMessage, ValueTask> arrived, Action drained, CancellationToken stop)
    {
        var side = IsTwo ? ReceiveSideAsync(stop) : Task.CompletedTask;
        try
        {
            return await Main.ReceiveAsync(arrived, drained, stop).ConfigureAwait(false);
        }
        finally
        {
            Publisher.End(new ConnectFailure(ConnectFailureKind.Lost, "the main connection ended"));
            await side.ConfigureAwait(false);
        }
    }

    /// <summary>Publishes a last message and says goodbye on both.</summary>
    public async Task CloseAsync(PublishMessage? last, CancellationTokenSource noMore, CancellationToken cancellationToken)
    {
        try
        {
            if (last is not null)
            {
                await Publisher.PublishAsync(last, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Patience is over; the farewell below does not wait either.
        }

        // From here on a closed connection is not a reason to connect again, nor for one to pull down the other.
        _closing = true;
        await noMore.CancelAsync().ConfigureAwait(false);
        if (IsTwo)
        {
            await Publisher.CloseAsync(cancellationToken).ConfigureAwait(false);
        }

        await Main.CloseAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Cuts both at once; the first reason counts.</summary>
    public void End(ConnectFailure reason)
    {
        Main.End(reason);
        Publisher.End(reason);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Main.DisposeAsync().ConfigureAwait(false);
        await Publisher.DisposeAsync().ConfigureAwait(false);
    }

    private async Task ReceiveSideAsync(CancellationToken stop)
    {
        // Nothing is subscribed there, so nothing arrives.
        var failure = await Publisher.ReceiveAsync(static _ => default, static () => { }, stop).ConfigureAwait(false);
        if (!_closing)
        {
            Main.End(failure);
        }
    }

    [LoggerMessage(EventId = 1003, Level = LogLevel.Information, Message = "This system does not acknowledge segments at once, or it was asked for: publishing to {Address} on a connection of its own")]
    private static partial void LogTwo(ILogger logger, BrokerAddress address);
}
