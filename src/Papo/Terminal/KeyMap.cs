// Owns: which strokes ask for which actions; the defaults.
// Must never: change once it is made, or know what stands in the composer.
namespace Papo.Terminal;

/// <summary>Strokes and what they ask for.</summary>
internal sealed class KeyMap
{
    private static readonly (string Strokes, KeyAction Action)[] Defaults =
    [
        ("Enter", KeyAction.Submit),
        ("Alt+Enter", KeyAction.NewLine), ("Shift+Enter", KeyAction.NewLine), ("Ctrl+Enter", KeyAction.NewLine), ("Ctrl+J", KeyAction.NewLine),
        ("Backspace", KeyAction.DeleteBack), ("Delete", KeyAction.DeleteForward),
        ("Ctrl+W", KeyAction.DeleteWordBack), ("Alt+Backspace", KeyAction.DeleteWordBack), ("Ctrl+Backspace", KeyAction.DeleteWordBack),
        ("Alt+D", KeyAction.DeleteWordForward), ("Alt+Delete", KeyAction.DeleteWordForward), ("Ctrl+Delete", KeyAction.DeleteWordForward),
        ("Ctrl+U", KeyAction.KillToStart), ("Ctrl+Y", KeyAction.Yank), ("Alt+Y", KeyAction.YankEarlier),
        ("Left", KeyAction.Left), ("Ctrl+B", KeyAction.Left), ("Right", KeyAction.Right),
        ("Alt+B", KeyAction.WordLeft), ("Ctrl+Left", KeyAction.WordLeft), ("Alt+Left", KeyAction.WordLeft),
        ("Alt+F", KeyAction.WordRight), ("Ctrl+Right", KeyAction.WordRight), ("Alt+Right", KeyAction.WordRight),
        ("Ctrl+A", KeyAction.LineStart), ("Home", KeyAction.LineStart), ("Ctrl+E", KeyAction.LineEnd), ("End", KeyAction.LineEnd),
        ("Ctrl+P", KeyAction.Up), ("Down", KeyAction.Down), ("Ctrl+N", KeyAction.Down),
        ("Ctrl+/", KeyAction.Undo), ("Ctrl+X Ctrl+U", KeyAction.Undo), ("Alt+/", KeyAction.Redo), ("Ctrl+Alt+/", KeyAction.Redo),
        ("Ctrl+T", KeyAction.Transpose), ("Tab", KeyAction.Complete), ("Shift+Tab", KeyAction.CompleteBack),
        ("Escape", KeyAction.Cancel), ("Ctrl+G", KeyAction.Cancel), ("Ctrl+C", KeyAction.Interrupt), ("Ctrl+D", KeyAction.EndOfInput),
        ("Ctrl+Z", KeyAction.Suspend), ("Ctrl+L", KeyAction.Redraw),
        ("Ctrl+K", KeyAction.KillOrPalette), ("Ctrl+F", KeyAction.RightOrSearch), ("?", KeyAction.HelpOrInsert), ("Up", KeyAction.UpOrEditLast),
        ("Ctrl+Home", KeyAction.StartOrOldest), ("Alt+<", KeyAction.StartOrOldest), ("Ctrl+End", KeyAction.EndOrNewest), ("Alt+>", KeyAction.EndOrNewest),
        ("Alt+Down", KeyAction.NextRoom), ("Alt+Up", KeyAction.PreviousRoom), ("Alt+A", KeyAction.NextUnreadRoom),
        ("Alt+1", KeyAction.Room1), ("Alt+2", KeyAction.Room2), ("Alt+3", KeyAction.Room3), ("Alt+4", KeyAction.Room4), ("Alt+5", KeyAction.Room5),
        ("Alt+6", KeyAction.Room6), ("Alt+7", KeyAction.Room7), ("Alt+8", KeyAction.Room8), ("Alt+9", KeyAction.Room9),
        ("Shift+Up", KeyAction.ScrollUp), ("Shift+Down", KeyAction.ScrollDown), ("PageUp", KeyAction.PageUp), ("PageDown", KeyAction.PageDown),
        ("Alt+M", KeyAction.NextMention), ("Alt+U", KeyAction.FirstUnread), ("Alt+N", KeyAction.NextMessage), ("Alt+P", KeyAction.PreviousMessage),
        ("Alt+X", KeyAction.Palette), ("F1", KeyAction.Help), ("Ctrl+R", KeyAction.Search), ("F2", KeyAction.ToggleRooms), ("F3", KeyAction.TogglePeople),
        ("F9", KeyAction.CopyMode), ("Alt+R", KeyAction.Reply), ("Ctrl+X Ctrl+E", KeyAction.EditLast), ("Alt+E", KeyAction.React),
    ];

    private readonly Dictionary<(Key First, Key? Second), KeyAction> _actions;
    private readonly HashSet<Key> _prefixes;

    private KeyMap(IReadOnlyList<KeyBinding> bindings, bool isModal)
    {
        Bindings = bindings;
        IsModal = isModal;
        _actions = bindings.ToDictionary(static binding => (binding.First, binding.Second), static binding => binding.Action);
        _prefixes = [.. bindings.Where(static binding => binding.Second is not null).Select(static binding => binding.First)];
    }

    /// <summary>What people's fingers know from shells and Emacs, and the screen's own keys.</summary>
    public static KeyMap Emacs { get; } = new(
        [.. Defaults.Select(static each => KeyBinding.TryParse(each.Strokes, each.Action, out var binding) ? binding : throw new FormatException(each.Strokes))],
        isModal: false);

    /// <summary>The same with the normal mode of vi before it (<see cref="ViKeys"/>).</summary>
    public static KeyMap Vi { get; } = new(Emacs.Bindings, isModal: true);

    /// <summary>Every binding, for the help.</summary>
    public IReadOnlyList<KeyBinding> Bindings { get; }

    /// <summary>Whether vi's modes come first.</summary>
    public bool IsModal { get; }

    /// <summary>This map with a binding more, in place of those it contradicts.</summary>
    public KeyMap With(KeyBinding binding)
    {
        // A stroke cannot both act at once and begin a pair.
        var others = Bindings.Where(other => other.First != binding.First || (other.Second is not null && binding.Second is not null && other.Second != binding.Second));
        return new KeyMap(binding.Action == KeyAction.None ? [.. others] : [.. others, binding], IsModal);
    }

    /// <summary>What a stroke, or two after each other, ask for; null when nothing.</summary>
    public KeyAction? Find(Key first, Key? second = null)
    {
        foreach (var stroke in (Key[])[first, first with { Modifiers = first.Modifiers & ~Modifiers.Shift }])
        {
            if (_actions.TryGetValue((stroke, second), out var action))
            {
                return action;
            }
        }

        return null;
    }

    /// <summary>Whether a stroke begins a pair.</summary>
    public bool Begins(Key stroke) => _prefixes.Contains(stroke);
}
