// Owns: who may touch a client's queue at this moment: the publishers that add to it, or the one connection that resumes it.
// Must never: hold a publisher longer than a resumption takes, or for ever when one does not end.
namespace Papo.Hub;

/// <summary>
/// Keeps publishers out of a session's queue while MQTTnet resumes it. It empties its list of unacknowledged messages and its queue in
/// two steps and fills both again: a message that arrives between the two steps stays in the list and leaves the queue, and is not sent
/// until the client comes back once more; one that arrives between the following steps overtakes older ones.
/// Clients share a fixed number of gates, so that nothing has to be remembered for each.
/// </summary>
internal sealed class QueueGates(EmbeddedBrokerOptions options)
{
    private const int Count = 64;
    private readonly Gate[] _gates = [.. Enumerable.Range(0, Count).Select(static _ => new Gate())];

    /// <summary>A message is about to be added. Complete at once unless the session is being resumed.</summary>
    public ValueTask EnterAsync(string client) => Of(client).EnterAsync();

    /// <summary>It was added.</summary>
    public void Leave(string client) => Of(client).Leave();

    /// <summary>Keeps publishers out from now on; complete when none is inside. The hold ends by itself after the time a close may take.</summary>
    public async Task<IDisposable> HoldAsync(string client)
    {
        var gate = Of(client);
        var hold = new Holding(gate, options);
        await gate.EmptyAsync().WaitAsync(options.CloseTimeout, options.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return hold;
    }

    private Gate Of(string client) => _gates[(uint)string.GetHashCode(client, StringComparison.Ordinal) % Count];

    private sealed class Holding : IDisposable
    {
        private readonly Gate _gate;
        private readonly ITimer _end;
        private int _over;

        public Holding(Gate gate, EmbeddedBrokerOptions options)
        {
            _gate = gate;
            gate.Close();
            _end = options.Time.CreateTimer(static hold => ((Holding)hold!).Dispose(), this, options.CloseTimeout, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _over, 1) == 0)
            {
                _end?.Dispose();
                _gate.Open();
            }
        }
    }

    private sealed class Gate
    {
        private readonly Lock _lock = new();
        private int _inside;
        private int _holds;
        private TaskCompletionSource? _empty;
        private TaskCompletionSource? _open;

        public ValueTask EnterAsync()
        {
            lock (_lock)
            {
                if (_holds == 0)
                {
                    _inside++;
                    return ValueTask.CompletedTask;
                }

                _open ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return new ValueTask(AgainAsync(_open.Task));
            }
        }

        public void Leave()
        {
            lock (_lock)
            {
                _inside = Math.Max(0, _inside - 1);
                if (_inside == 0)
                {
                    _empty?.TrySetResult();
                    _empty = null;
                }
            }
        }

        public void Close()
        {
            lock (_lock)
            {
                _holds++;
            }
        }

        public void Open()
        {
            lock (_lock)
            {
                if (--_holds == 0)
                {
                    _open?.TrySetResult();
                    _open = null;
                }
            }
        }

        public Task EmptyAsync()
        {
            lock (_lock)
            {
                return _inside == 0
                    ? Task.CompletedTask
                    : (_empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }

        private async Task AgainAsync(Task open)
        {
            await open;
            await EnterAsync();
        }
    }
}
