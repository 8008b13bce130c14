// Owns: the order in which one connection ends: its sender stands still, then its receiver ends.
// Must never: wait longer than a close may take.
using System.Runtime.ExceptionServices;
using MQTTnet.Packets;

namespace Papo.Hub;

/// <summary>
/// MQTTnet ends the receiver of a connection, cancels the sender and does not wait for it. A sender that was just about to take the next
/// message then takes it out of the session's queue when the client is already back, and sends it to nobody: it would not arrive until
/// the client comes back once more. So the end of a connection whose session is kept is told to the library in three steps: a ping, which
/// makes it send an answer; the sender that comes with the answer, or with anything else, is kept until it is cancelled; then the end.
/// </summary>
internal sealed class LastPacket(EmbeddedBrokerOptions options)
{
    private readonly TaskCompletionSource _senderStands = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<MqttPacket?>? _end;

    /// <summary>The receiver has ended; the sender should come and stay.</summary>
    public bool Awaited => Volatile.Read(ref _end) is not null;

    /// <summary>The sender stands still.</summary>
    public Task SenderStands => _senderStands.Task;

    /// <summary>The receiver got <paramref name="last"/>; what the library is given instead.</summary>
    public MqttPacket Await(MqttPacket? last) => Await(() => last);

    /// <summary>The receiver failed; what the library is given instead.</summary>
    public MqttPacket Await(Exception failure)
    {
        var captured = ExceptionDispatchInfo.Capture(failure);
        return Await(() =>
        {
            captured.Throw();
            return null;
        });
    }

    /// <summary>The real end, once the sender stands still or the time a close may take is over.</summary>
    /// <param name="untilCancelled">A goodbye is still to be sent: not before the library cancels this connection.</param>
    /// <param name="cancellationToken">The library's, for this connection.</param>
    public async Task<MqttPacket?> TakeAsync(bool untilCancelled, CancellationToken cancellationToken)
    {
        var wait = untilCancelled ? Task.Delay(options.CloseTimeout * 2, options.Time, cancellationToken) : _senderStands.Task.WaitAsync(options.CloseTimeout, options.Time, cancellationToken);
        await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _end!();
    }

    /// <summary>Called by the sender: never returns, throws when it is cancelled.</summary>
    public async Task StandAsync(CancellationToken cancellationToken)
    {
        _senderStands.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, options.Time, cancellationToken);
    }

    private MqttPingReqPacket Await(Func<MqttPacket?> end)
    {
        Volatile.Write(ref _end, end);
        return MqttPingReqPacket.Instance;
    }
}
