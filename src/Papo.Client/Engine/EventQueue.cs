// Owns: the events that wait for the loop, of whichever engine runs, and waking the loop up.
// Must never: lose one that was looked at and not taken; the next engine takes it.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using System.Threading.Tasks.Sources;

namespace Papo.Client.Engine;

/// <summary>A bounded queue with one reader, who may look ahead. Writers wait when it is full.</summary>
/// <remarks>A writer that has several events for the loop puts them without waking it and wakes it once, if it likes on its own thread
/// (docs/decisions/0100-the-way-of-a-message.md).</remarks>
internal sealed class EventQueue : IValueTaskSource
{
    private const int Bound = 4_096;
    private readonly Channel<EngineEvent> _channel = Channel.CreateBounded<EngineEvent>(new BoundedChannelOptions(Bound) { SingleReader = true });
    private readonly Queue<EngineEvent> _ahead = [];
    private ManualResetValueTaskSourceCore<bool> _sleep;
    private int _asleep;

    /// <summary>Closed, and nothing waits any more.</summary>
    public bool HasEnded => _ahead.Count == 0 && _channel.Reader.Completion.IsCompleted;

    /// <summary>Puts an event and wakes the loop; false when the queue is full or closed.</summary>
    public bool TryPut(EngineEvent what)
    {
        if (!TryPutQuietly(what))
        {
            return false;
        }

        Wake(here: false);
        return true;
    }

    /// <summary>Puts an event and leaves the loop asleep: whoever does so wakes it soon.</summary>
    public bool TryPutQuietly(EngineEvent what) => _channel.Writer.TryWrite(what);

    /// <summary>Puts an event, waits for room where there is none, and wakes the loop.</summary>
    /// <exception cref="ChannelClosedException">The queue is closed.</exception>
    public async ValueTask PutAsync(EngineEvent what)
    {
        Wake(here: false);
        await _channel.Writer.WriteAsync(what).ConfigureAwait(false);
        Wake(here: false);
    }

    /// <summary>Takes no more; false when that was so before.</summary>
    public bool Close()
    {
        var closed = _channel.Writer.TryComplete();
        Wake(here: false);
        return closed;
    }

    /// <summary>Wakes the loop if it sleeps; <paramref name="here"/>: it goes on inside this call, until it has something to wait for.</summary>
    public void Wake(bool here)
    {
        if (Interlocked.Exchange(ref _asleep, 0) == 1)
        {
            _sleep.RunContinuationsAsynchronously = !here;
            _sleep.SetResult(true);
        }
    }

    /// <summary>What comes next, at most so many; they stay in the queue.</summary>
    public IReadOnlyCollection<EngineEvent> Look(int most)
    {
        while (_ahead.Count < most && _channel.Reader.TryRead(out var what))
        {
            _ahead.Enqueue(what);
        }

        return _ahead;
    }

    /// <summary>Takes the next one, if there is one now.</summary>
    public bool TryTake([NotNullWhen(true)] out EngineEvent? what) => _ahead.TryDequeue(out what) || _channel.Reader.TryRead(out what);

    /// <summary>Waits until there is one (true) or the queue has ended (false).</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> WaitAsync()
    {
        while (!HasEnded)
        {
            if (HasSome)
            {
                return true;
            }

            _sleep.Reset();
            Volatile.Write(ref _asleep, 1);
            Interlocked.MemoryBarrier();
            if (HasSome || HasEnded)
            {
                Wake(here: true); // completes what is awaited next, unless somebody else just did
            }

            await new ValueTask(this, _sleep.Version).ConfigureAwait(false);
        }

        return false;
    }

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => _sleep.GetResult(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _sleep.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _sleep.OnCompleted(continuation, state, token, flags);

    private bool HasSome => _ahead.Count > 0 || _channel.Reader.TryPeek(out _);
}
