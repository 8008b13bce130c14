// Owns: a chat on a terminal: the keyboard, the line editor and the screen around it.
// Must never: be used from two threads; the loop owns it.
using Papo.Output;
using Papo.Terminal;

namespace Papo.Chat;

/// <summary>Lines above, the input below.</summary>
internal sealed class TerminalSurface(TextSink output, LineEditor editor, Keyboard keyboard) : IChatSurface
{
    private readonly Screen _screen = new(output.Palette);
    private string _prompt = "> ";
    private string _hint = "";

    public bool IsLive => true;

    public bool HasTail => _screen.HasTail;

    /// <summary>The editor.</summary>
    public LineEditor Editor => editor;

    /// <summary>What strokes ask of the editor, in order.</summary>
    public IReadOnlyList<KeyCommand> Press(Key key) => keyboard.Press(key, editor.State(isFullScreen: false));

    private InputView Input => new(_prompt, editor.Text, editor.Cursor, _hint);

    public void Print(IReadOnlyList<StyledLine> lines, IReadOnlyList<StyledLine> remarks) =>
        output.Raw(_screen.Print([.. lines.Concat(remarks).SelectMany(line => line.Wrapped(_screen.Columns))], Input));

    public void SetTail(TailChange tail) => output.Raw(_screen.SetTail(tail.Lines, tail.Replace, Input));

    public void SetPrompt(string prompt, string hint)
    {
        if (prompt != _prompt || hint != _hint)
        {
            (_prompt, _hint) = (prompt, hint);
            Redraw();
        }
    }

    public void Restore(string text)
    {
        editor.Restore(text);
        Redraw();
    }

    public void Close() => output.Raw(_screen.Close());

    /// <summary>Draws the input again, as after a key.</summary>
    public void Redraw() => output.Raw(_screen.Redraw(Input));

    /// <summary>Asks the terminal for its size and draws again; after a stop from where the shell left the cursor.</summary>
    public void Resize(bool afterStop)
    {
        if (afterStop)
        {
            _screen.Forget();
        }

        var (columns, rows) = RawTerminal.Size();
        _screen.Resize(columns, rows);
        Redraw();
    }

    /// <summary>Clears the screen; what was said stays in the scrollback.</summary>
    public void Clear()
    {
        output.Raw("\e[H\e[2J");
        _screen.Forget();
        Redraw();
    }
}
