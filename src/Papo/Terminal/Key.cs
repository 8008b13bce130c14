// Owns: what a person can press.
// Must never: know bytes or escape sequences.
namespace Papo.Terminal;

/// <summary>What a key means to a line of input.</summary>
internal enum KeyKind
{
    /// <summary>Text to insert.</summary>
    Text,

    /// <summary>Pasted text, possibly of several lines.</summary>
    Paste,

    Enter,
    NewLine,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    WordLeft,
    WordRight,
    Home,
    End,
    Up,
    Down,
    DeleteWordBack,
    DeleteWordForward,
    KillToEnd,
    KillToStart,
    Yank,
    Interrupt,
    EndOfInput,
    Suspend,
    Redraw,

    /// <summary>A key without a meaning here.</summary>
    Other,
}

/// <summary>One key; <paramref name="Text"/> only with <see cref="KeyKind.Text"/> and <see cref="KeyKind.Paste"/>.</summary>
internal readonly record struct Key(KeyKind Kind, string Text = "");
