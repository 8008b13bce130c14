// Owns: the events that wait for the loop, of whichever engine runs.
// Must never: lose one that was looked at and not taken; the next engine takes it.
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Papo.Client.Engine;

/// <summary>A bounded queue with one reader, who may look ahead. Writers wait when it is full.</summary>
internal sealed class EventQueue
{
    private const int Bound = 4_096;
    private readonly Channel<EngineEvent> _channel = Channel.CreateBounded<EngineEvent>(new BoundedChannelOptions(Bound) { SingleReader = true });
    private readonly Queue<EngineEvent> _ahead = [];

    /// <summary>The way in.</summary>
    public ChannelWriter<EngineEvent> Writer => _channel.Writer;

    /// <summary>Closed, and nothing waits any more.</summary>
    public bool HasEnded => _ahead.Count == 0 && _channel.Reader.Completion.IsCompleted;

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
    public ValueTask<bool> WaitAsync() => _ahead.Count > 0 ? new(true) : _channel.Reader.WaitToReadAsync();
}
