// Owns: everything that can reach an engine's loop.
// Must never: carry a decision; the loop decides.
using Papo.Client.Wire;

namespace Papo.Client.Engine;

/// <summary>One event for the loop.</summary>
internal abstract record EngineEvent
{
    /// <summary>The session of an engine told something. The next engine must not take it for its own.</summary>
    public sealed record FromSession(SessionEvent What, EngineContext Owner) : EngineEvent;

    /// <summary>A caller wants something done in the loop, or to hear that it cannot be done (the store has failed, or the client has ended).</summary>
    public sealed record Command(Action<Engine> Run, Action Refuse) : EngineEvent;

    /// <summary>Something asked for in the loop of an engine has finished outside; nothing of it concerns the next engine, whose store is another.</summary>
    public sealed record Finished(Action Run, EngineContext Owner) : EngineEvent;

    /// <summary>A time that a module named has come.</summary>
    public sealed record Tick : EngineEvent;
}
