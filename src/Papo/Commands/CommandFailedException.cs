// Owns: the end of a command with one sentence and an exit code.
// Must never: be used for faults of the program itself.
namespace Papo.Commands;

/// <summary>The command cannot go on; the message is for people.</summary>
internal sealed class CommandFailedException(int code, string sentence) : Exception(sentence)
{
    /// <summary>The exit code.</summary>
    public int Code { get; } = code;
}
