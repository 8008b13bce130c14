// Owns: asking a person at the terminal before the chat begins: names, yes or no, passwords.
// Must never: ask where nobody can answer, or echo a password.
using Papo.Output;
using Papo.Terminal;

namespace Papo.Commands;

/// <summary>Questions on standard error, answers from the terminal.</summary>
internal sealed class Questions(Descriptor input, Descriptor output, TextSink error)
{
    /// <summary>Asks; null when the terminal was closed (Ctrl+D).</summary>
    public async Task<string?> AskAsync(string question, CancellationToken cancellation)
    {
        error.Raw(question);
        return await Task.Run(ReadLine, CancellationToken.None).WaitAsync(cancellation);
    }

    /// <summary>Asks without echo.</summary>
    /// <exception cref="OperationCanceledException">Ctrl+C.</exception>
    public async Task<string> AskSecretAsync(string question, CancellationToken cancellation)
    {
        error.Raw(question);
        var answer = await Task.Run(ReadSecret, CancellationToken.None).WaitAsync(cancellation);
        error.Raw("\n");
        return answer ?? throw new OperationCanceledException();
    }

    // A terminal that is not in raw mode gives one line a read.
    private string? ReadLine()
    {
        var joiner = new LineJoiner(4096);
        var buffer = new byte[4096];
        int count;
        while ((count = input.Read(buffer)) > 0)
        {
            var lines = joiner.Add(buffer.AsSpan(0, count));
            if (lines.Count > 0)
            {
                return lines[0];
            }
        }

        return joiner.Rest();
    }

    private string? ReadSecret()
    {
        using var raw = new RawTerminal(output, [TerminalMode.BracketedPaste], static _ => { });
        var parser = new KeyParser();
        var secret = "";
        var buffer = new byte[1024];
        int count;
        while ((count = input.Read(buffer)) > 0)
        {
            foreach (var key in parser.Parse(buffer.AsSpan(0, count)))
            {
                switch (key)
                {
                    case { Code: KeyCode.Enter }:
                        return secret;
                    case { Code: KeyCode.Text, Modifiers: Modifiers.Ctrl, Text: "c" or "d" }:
                        return null;
                    case { IsTyped: true } or { Code: KeyCode.Paste }:
                        secret += key.Text;
                        break;
                    case { Code: KeyCode.Backspace }:
                        secret = secret[..TextBorders.Previous(secret, secret.Length)];
                        break;
                    case { Code: KeyCode.Text, Modifiers: Modifiers.Ctrl, Text: "u" }:
                        secret = "";
                        break;
                }
            }
        }

        return null;
    }
}
