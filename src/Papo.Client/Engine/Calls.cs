// Owns: the way into the loop: the events that wait for it, and the calls of the face among them.
// Must never: drop a call unrefused when no engine can run it.
using System.Threading.Channels;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>What callers want done in the loop; outlives the engines.</summary>
internal sealed class Calls(bool inline)
{
    private readonly EventQueue _events = new();

    /// <summary>What the engine that runs reads.</summary>
    public EventQueue Events => _events;

    /// <summary>Closed, and nothing waits any more.</summary>
    public bool HaveEnded => _events.HasEnded;

    /// <summary>Takes no more calls; false when that was so before.</summary>
    public bool Close() => _events.TryComplete();

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

    /// <summary>Puts a draft into the outbox; completes when it is on disk, or refused.</summary>
    public Task<SendReceipt> SendAsync(Room room, Draft draft, CancellationToken cancellation)
    {
        var receipt = new TaskCompletionSource<SendReceipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Refuse() => receipt.TrySetResult(new SendReceipt(null, HaveEnded ? SendProblem.Ending : SendProblem.StoreFailed));
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

    /// <summary>No engine can run: whoever waits hears it.</summary>
    public void RefuseAll()
    {
        while (_events.TryTake(out var what))
        {
            if (what is EngineEvent.Command command)
            {
                command.Refuse();
            }
        }
    }

    private void Post(EngineEvent.Command command)
    {
        if (_events.TryPut(command))
        {
            _events.Ring(inline);
        }
        else
        {
            _ = PostLaterAsync(command);
        }
    }

    private async Task PostLaterAsync(EngineEvent.Command command)
    {
        try
        {
            await _events.WriteAsync(command).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            command.Refuse();
        }
    }
}
