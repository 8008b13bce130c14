// Owns: when the index of words catches up with what was written.
// Must never: make a message wait for it.
namespace Papo.Client.Engine;

/// <summary>Indexes behind the writes, a little at a time, so that a search has little left to do.</summary>
internal sealed class Indexing(EngineContext context)
{
    private const long Quiet = 1_000; // after a write; those that follow soon are indexed with it
    private const long Pause = 20;
    private const int AtATime = 128;

    /// <summary>When to index.</summary>
    public long NextAt { get; private set; } = Quiet;

    /// <summary>Something was written.</summary>
    public void Wrote() => NextAt = Math.Min(NextAt, context.Now + Quiet);

    /// <summary>Indexes some when it is time.</summary>
    public void Tick(long now)
    {
        if (now >= NextAt)
        {
            NextAt = context.Store.Words.CatchUp(AtATime) ? now + Pause : long.MaxValue;
        }
    }
}
