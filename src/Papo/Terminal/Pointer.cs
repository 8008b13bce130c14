// Owns: what a person does with the mouse, in cells of the terminal.
// Must never: know what is drawn in a cell.
namespace Papo.Terminal;

/// <summary>What the mouse did.</summary>
internal enum PointerKind
{
    Press,
    Release,

    /// <summary>Moved with a button down.</summary>
    Drag,

    /// <summary>Moved without one.</summary>
    Move,

    WheelUp,
    WheelDown,
    WheelLeft,
    WheelRight,
}

/// <summary>With which button.</summary>
internal enum PointerButton
{
    /// <summary>None, or one the terminal does not tell.</summary>
    None,
    Left,
    Middle,
    Right,
}

/// <summary>One thing the mouse did.</summary>
/// <param name="Kind">What.</param>
/// <param name="Button">With which button.</param>
/// <param name="Column">From 0.</param>
/// <param name="Row">From 0.</param>
internal readonly record struct Pointer(PointerKind Kind, PointerButton Button, int Column, int Row);
