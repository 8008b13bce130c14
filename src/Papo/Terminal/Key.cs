// Owns: what a person does to a keyboard, as the terminal tells it: strokes.
// Must never: know bytes, or what a stroke is good for.
namespace Papo.Terminal;

/// <summary>Which key.</summary>
internal enum KeyCode
{
    /// <summary>Something the terminal sent that is no key known here; never text.</summary>
    Unknown,

    /// <summary>A character: as typed, or with Ctrl or Alt the letter in lower case.</summary>
    Text,

    /// <summary>Pasted text, possibly of several lines.</summary>
    Paste,

    Enter,
    Tab,
    Escape,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    F1,
    F2,
    F3,
    F4,
    F5,
    F6,
    F7,
    F8,
    F9,
    F10,
    F11,
    F12,

    /// <summary>The mouse: see <see cref="Key.Pointer"/>.</summary>
    Mouse,

    /// <summary>The window of the terminal is the one in use again.</summary>
    FocusIn,

    /// <summary>Another window is in use.</summary>
    FocusOut,

    /// <summary>What the terminal answered to a question; the text is all of it between the escape and the terminator.</summary>
    Answer,
}

/// <summary>Keys held down with another.</summary>
[Flags]
internal enum Modifiers
{
    None = 0,
    Shift = 1,
    Alt = 2,
    Ctrl = 4,
}

/// <summary>One stroke.</summary>
/// <param name="Code">Which key.</param>
/// <param name="Modifiers">What was held down; not Shift where the text tells it already.</param>
/// <param name="Text">With <see cref="KeyCode.Text"/> (one code point), <see cref="KeyCode.Paste"/> and <see cref="KeyCode.Answer"/>.</param>
internal readonly record struct Key(KeyCode Code, Modifiers Modifiers = Modifiers.None, string Text = "")
{
    /// <summary>What the mouse did, with <see cref="KeyCode.Mouse"/>.</summary>
    public Pointer Pointer { get; init; }

    /// <summary>Whether it is a character to insert as it stands.</summary>
    public bool IsTyped => Code == KeyCode.Text && Modifiers == Modifiers.None;
}
