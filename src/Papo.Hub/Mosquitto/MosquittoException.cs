// Owns: why Mosquitto cannot be run, as facts.
// Must never: carry wording for people; the program has its own tables.
namespace Papo.Hub;

/// <summary>Why not.</summary>
public enum MosquittoProblem
{
    /// <summary>Another hub of this home runs one already.</summary>
    InUse,

    /// <summary>It ended at once, or took no connection in time.</summary>
    DoesNotStart,
}

/// <summary>Mosquitto cannot be run; the message is its own last line.</summary>
public sealed class MosquittoException(MosquittoProblem problem, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>Why.</summary>
    public MosquittoProblem Problem { get; } = problem;
}
