// Owns: a chat on plain streams: pipes, files, dumb terminals.
// Must never: write an escape sequence, a prompt or the same line twice.
using Papo.Output;

namespace Papo.Chat;

/// <summary>Lines to standard output, remarks to standard error.</summary>
internal sealed class StreamSurface(TextSink output, TextSink error) : IChatSurface
{
    public bool IsLive => false;

    public bool HasTail => false;

    public void Print(IReadOnlyList<StyledLine> lines, IReadOnlyList<StyledLine> remarks)
    {
        output.Write(lines);
        error.Write(remarks);
    }

    public void SetTail(TailChange tail) => output.Write(tail.Lines);

    public void SetPrompt(string prompt, string hint)
    {
        // no prompt where output is not a terminal
    }

    public void Restore(string text)
    {
        // the sender still has what it piped; the remark says why it was not taken
    }

    public void Close()
    {
        // nothing is live
    }
}
