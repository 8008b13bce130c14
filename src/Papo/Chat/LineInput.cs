// Owns: what one finished line of input means: a message, a command, or an error that is not sent.
// Must never: send a line that begins with one slash.
using Papo.Client;
using Papo.Commands;
using Papo.Output;

namespace Papo.Chat;

/// <summary>Reads lines of input.</summary>
internal static class LineInput
{
    /// <summary>Takes one line (or several, as one message).</summary>
    public static void Apply(ChatModel model, string line, ChatStep step)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        if (line.StartsWith("//", StringComparison.Ordinal))
        {
            Send(model, line[1..], line, step);
        }
        else if (line.StartsWith('/'))
        {
            Run(model, line, step);
        }
        else
        {
            Send(model, line, line, step);
        }
    }

    private static void Send(ChatModel model, string text, string typed, ChatStep step)
    {
        if (model.Current is not { } room)
        {
            step.Remark(model.Words.NoRoomLeft, Ink.Warning);
            step.Restore = typed;
            return;
        }

        step.Effects.Add(new SendEffect(room, new Draft(text), typed));
    }

    private static void Run(ChatModel model, string line, ChatStep step)
    {
        var end = line.IndexOfAny([' ', '\t', '\n']);
        var name = end < 0 ? line : line[..end];
        if (SlashCommand.Find(name) is { } command)
        {
            command.Run(model, end < 0 ? "" : line[end..].Trim(), step);
            return;
        }

        var near = Nearest.To(name, SlashCommand.All.Select(static command => command.Name));
        step.Remark(model.Words.UnknownSlash(Harmless.Line(name), near), Ink.Warning);
        step.Restore = line;
        model.Code = ExitCode.Failed;
    }
}
