// Owns: what a chat needs of the place it is shown in: a terminal with the line editor, or plain streams.
// Must never: know messages.
using Papo.Output;

namespace Papo.Chat;

/// <summary>Where a chat is shown.</summary>
internal interface IChatSurface
{
    /// <summary>Whether own lines can be kept up to date in place.</summary>
    bool IsLive { get; }

    /// <summary>Whether own lines are still in the live part.</summary>
    bool HasTail { get; }

    /// <summary>Prints lines of the conversation, then remarks about it.</summary>
    void Print(IReadOnlyList<StyledLine> lines, IReadOnlyList<StyledLine> remarks);

    /// <summary>Shows own lines at the bottom.</summary>
    void SetTail(TailChange tail);

    /// <summary>What stands before the input, and the hint at its right.</summary>
    void SetPrompt(string prompt, string hint);

    /// <summary>Puts text back into the input that could not be sent.</summary>
    void Restore(string text);

    /// <summary>Ends the live part.</summary>
    void Close();
}
