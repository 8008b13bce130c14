// Owns: the queue of the loop under writers on many threads, some of whom run the loop themselves.
// Must never: depend on which thread is faster.
using Papo.Client.Engine;

namespace Papo.Tests.Store;

public sealed class EventQueueTests
{
    private const int Writers = 4;
    private const int Each = 20_000;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_overtaken_whoever_runs_the_loop()
    {
        var queue = new EventQueue();
        var last = new int[Writers];
        var running = 0;
        var loop = LoopAsync();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(writer))));
        Assert.True(queue.TryComplete());
        await loop.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Stop);
        Assert.All(last, static count => Assert.Equal(Each, count));
        Assert.True(queue.HasEnded);
        Assert.False(queue.TryComplete());

        async Task LoopAsync()
        {
            while (await queue.WaitAsync())
            {
                Assert.Equal(1, Interlocked.Increment(ref running));
                while (queue.TryTake(out var what))
                {
                    ((EngineEvent.Command)what).Run(null!);
                }

                Interlocked.Decrement(ref running);
            }
        }

        async Task WriteAsync(int writer)
        {
            for (var number = 1; number <= Each; number++)
            {
                var own = number;
                var what = new EngineEvent.Command(_ => Assert.Equal(own, ++last[writer]), static () => { });
                if (!queue.TryPut(what))
                {
                    queue.Ring(here: false);
                    await queue.WriteAsync(what);
                }
                else if (number % 3 == writer % 3)
                {
                    queue.Ring(here: writer % 2 == 0);
                }
            }

            queue.Ring(here: true);
        }
    }

    [Fact]
    public async Task A_loop_that_waits_when_the_queue_is_closed_ends()
    {
        var queue = new EventQueue();
        var waiting = queue.WaitAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        queue.TryComplete();
        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Stop));
        Assert.False(queue.TryWrite(new EngineEvent.Tick()));
    }
}
