// Owns: vi's normal mode: which keys, one or two after each other, ask for which actions.
// Must never: know a text; what the cursor of this mode may stand on is the editor's.
namespace Papo.Terminal;

/// <summary>One command of normal mode.</summary>
/// <param name="Keys">The letters.</param>
/// <param name="Meaning">What it is good for, for the help.</param>
/// <param name="Steps">What it does, in order.</param>
internal sealed record ViCommand(string Keys, KeyAction Meaning, params IReadOnlyList<KeyAction> Steps)
{
    /// <summary>A command of one step.</summary>
    public ViCommand(string keys, KeyAction step)
        : this(keys, step, [step])
    {
    }
}

/// <summary>The modes of vi; it begins in insert mode, where the key map decides.</summary>
internal sealed class ViKeys
{
    /// <summary>The stroke that does again what <c>u</c> undid.</summary>
    public static Key RedoKey { get; } = new(KeyCode.Text, Modifiers.Ctrl, "r");

    /// <summary>Every command, for the help.</summary>
    public static IReadOnlyList<ViCommand> All { get; } =
    [
        new("i", KeyAction.InsertMode),
        new("a", KeyAction.Append),
        new("I", KeyAction.InsertMode, KeyAction.InsertMode, KeyAction.LineStart),
        new("A", KeyAction.Append, KeyAction.InsertMode, KeyAction.LineEnd),
        new("o", KeyAction.NewLine, KeyAction.InsertMode, KeyAction.LineEnd, KeyAction.NewLine),
        new("O", KeyAction.NewLine, KeyAction.InsertMode, KeyAction.LineStart, KeyAction.NewLine, KeyAction.Left),
        new("h", KeyAction.Left),
        new("j", KeyAction.DownOrNextMessage),
        new("k", KeyAction.UpOrPreviousMessage),
        new("l", KeyAction.Right),
        new("w", KeyAction.NextWord),
        new("b", KeyAction.WordLeft),
        new("e", KeyAction.WordRight, KeyAction.InsertMode, KeyAction.Right, KeyAction.WordRight, KeyAction.NormalMode),
        new("0", KeyAction.LineStart),
        new("^", KeyAction.LineStart),
        new("$", KeyAction.LineEnd),
        new("x", KeyAction.DeleteForward),
        new("dd", KeyAction.KillLine),
        new("dw", KeyAction.DeleteToNextWord),
        new("db", KeyAction.DeleteWordBack),
        new("d$", KeyAction.KillToEnd),
        new("D", KeyAction.KillToEnd),
        new("cw", KeyAction.DeleteWordForward, KeyAction.InsertMode, KeyAction.DeleteWordForward),
        new("cc", KeyAction.KillLine, KeyAction.InsertMode, KeyAction.LineStart, KeyAction.KillToEnd),
        new("C", KeyAction.KillToEnd, KeyAction.InsertMode, KeyAction.KillToEnd),
        new("u", KeyAction.Undo),
        new("yy", KeyAction.CopyLine),
        new("p", KeyAction.PutAfter),
        new("P", KeyAction.Yank),
        new("gg", KeyAction.StartOrOldest),
        new("G", KeyAction.EndOrNewest),
        new("/", KeyAction.Search),
        new("n", KeyAction.NextMatch),
        new("N", KeyAction.PreviousMatch),
        new(":", KeyAction.Palette),
        new("?", KeyAction.Help),
    ];

    /// <summary>Whether normal mode is on.</summary>
    public bool IsNormal { get; private set; }

    /// <summary>The first letter of a command of two.</summary>
    public string Begun { get; private set; } = "";

    /// <summary>What a stroke does; null when the key map decides.</summary>
    public IReadOnlyList<KeyAction>? Press(Key key, ComposerState composer)
    {
        if (key is { Code: KeyCode.Escape, Modifiers: Modifiers.None })
        {
            return Escape(composer);
        }

        if (!IsNormal)
        {
            return null;
        }

        if (key == RedoKey)
        {
            return Take([KeyAction.Redo]);
        }

        if (!key.IsTyped)
        {
            Begun = "";
            return key is { Code: KeyCode.Backspace, Modifiers: Modifiers.None } ? [KeyAction.Left] : null;
        }

        var typed = Begun + key.Text;
        Begun = All.Any(command => command.Keys.Length > typed.Length && command.Keys.StartsWith(typed, StringComparison.Ordinal)) ? typed : "";
        return All.FirstOrDefault(command => command.Keys == typed) is { } found ? Take(found.Steps) : [];
    }

    /// <summary>Leaves normal mode; the action that tells the editor.</summary>
    public KeyAction Insert()
    {
        Take([KeyAction.InsertMode]);
        return KeyAction.InsertMode;
    }

    private IReadOnlyList<KeyAction> Escape(ComposerState composer)
    {
        if (composer.MayCancel || Begun.Length > 0 || IsNormal)
        {
            Begun = "";
            return composer.MayCancel ? [KeyAction.Cancel] : [];
        }

        return Take([KeyAction.NormalMode]);
    }

    private IReadOnlyList<KeyAction> Take(IReadOnlyList<KeyAction> steps)
    {
        Begun = "";
        foreach (var step in steps)
        {
            IsNormal = step switch
            {
                KeyAction.NormalMode => true,
                KeyAction.InsertMode or KeyAction.Append => false,
                _ => IsNormal,
            };
        }

        return steps;
    }
}
