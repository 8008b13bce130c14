// Owns: the events that wait for the loop, of whichever engine runs, and waking the loop up.
// Must never: lose one that was looked at and not taken; the next engine takes it.
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using System.Threading.Tasks.Sources;

namespace Papo.Client.Engine;

/// <summary>
/// A bounded queue with one reader, who may look ahead. Writers wait when it is full. The reader wakes up on a thread of the pool, or, where the
/// writer has nothing better to do, on the writer's own: no message waits then until another thread is awake (docs/decisions/0101).
/// </summary>
internal sealed class EventQueue : IValueTaskSource<bool>
{
    private const int Bound = 4_096;
    private readonly Channel<EngineEvent> _channel = Channel.CreateBounded<EngineEvent>(new BoundedChannelOptions(Bound) { SingleReader = true });
    private readonly Queue<EngineEvent> _ahead = [];
    private ManualResetValueTaskSourceCore<bool> _bell;
    private int _isWaiting;

    /// <summary>Closed, and nothing waits any more.</summary>
    public bool HasEnded => _ahead.Count == 0 && _channel.Reader.Completion.IsCompleted;

    private bool HasSome => _ahead.Count > 0 || _channel.Reader.TryPeek(out _);

    /// <summary>Adds an event and wakes the loop; false when the queue is full or closed.</summary>
    public bool TryWrite(EngineEvent what)
    {
        var isWritten = TryPut(what);
        Ring(here: false);
        return isWritten;
    }

    /// <summary>Adds an event without waking the loop: the caller rings when it has no more.</summary>
    public bool TryPut(EngineEvent what) => _channel.Writer.TryWrite(what);

    /// <summary>Adds an event, after waiting for room, and wakes the loop.</summary>
    /// <exception cref="ChannelClosedException">The queue is closed.</exception>
    public async ValueTask WriteAsync(EngineEvent what)
    {
        await _channel.Writer.WriteAsync(what).ConfigureAwait(false);
        Ring(here: false);
    }

    /// <summary>Wakes the loop if it waits.</summary>
    /// <param name="here">It runs in this call until it waits again, for a disk too.</param>
    public void Ring(bool here)
    {
        if (Interlocked.Exchange(ref _isWaiting, 0) == 1)
        {
            _bell.RunContinuationsAsynchronously = !here;
            _bell.SetResult(true);
        }
    }

    /// <summary>Takes no more; false when that was so before.</summary>
    public bool TryComplete()
    {
        var isClosed = _channel.Writer.TryComplete();
        Ring(here: false);
        return isClosed;
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

    /// <summary>Waits until there may be one (true) or the queue has ended (false).</summary>
    public ValueTask<bool> WaitAsync()
    {
        if (HasSome || HasEnded)
        {
            return new(!HasEnded);
        }

        _bell.Reset();
        Interlocked.Exchange(ref _isWaiting, 1);

        // Whoever wrote before that did not see anybody wait.
        return (HasSome || HasEnded) && Interlocked.Exchange(ref _isWaiting, 0) == 1 ? new(!HasEnded) : new(this, _bell.Version);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _bell.GetResult(token) && !HasEnded;

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _bell.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _bell.OnCompleted(continuation, state, token, flags);
}
