// Owns: the numbers in which terminals tell the mouse (xterm's SGR form and the old one).
// Must never: give a cell outside the terminal's first row or column.
using System.Globalization;

namespace Papo.Terminal;

/// <summary>Mouse reports.</summary>
internal static class MouseCodes
{
    private const int ShiftBit = 4;
    private const int AltBit = 8;
    private const int CtrlBit = 16;
    private const int MotionBit = 32;
    private const int WheelBit = 64;
    private const int OtherButtonsBit = 128;
    private const int NoButton = 3;
    private const int OldOffset = 32;

    /// <summary>Reads <c>button;column;row</c>, counted from 1.</summary>
    public static Key Read(string report, bool released)
    {
        var parts = report.Split(';');
        return parts.Length == 3 && TryNumber(parts[0], out var button) && TryNumber(parts[1], out var column) && TryNumber(parts[2], out var row)
            ? Of(button, column, row, released)
            : new Key(KeyCode.Unknown);
    }

    /// <summary>Reads the three bytes of the old form, which does not tell the button that was let go.</summary>
    public static Key ReadOld(byte button, byte column, byte row)
    {
        var code = button - OldOffset;
        var released = (code & (WheelBit | MotionBit | NoButton)) == NoButton;
        return Of(code, column - OldOffset, row - OldOffset, released);
    }

    private static Key Of(int code, int column, int row, bool released)
    {
        if (column < 1 || row < 1 || code < 0 || (code & OtherButtonsBit) != 0)
        {
            return new Key(KeyCode.Unknown);
        }

        var modifiers = ((code & ShiftBit) != 0 ? Modifiers.Shift : Modifiers.None)
            | ((code & AltBit) != 0 ? Modifiers.Alt : Modifiers.None)
            | ((code & CtrlBit) != 0 ? Modifiers.Ctrl : Modifiers.None);
        var number = code & NoButton;
        var button = (code & WheelBit) != 0 || number == NoButton ? PointerButton.None : PointerButton.Left + number;
        var kind = (code & WheelBit) != 0 ? PointerKind.WheelUp + number
            : released ? PointerKind.Release
            : (code & MotionBit) == 0 ? PointerKind.Press
            : button == PointerButton.None ? PointerKind.Move : PointerKind.Drag;
        return new Key(KeyCode.Mouse, modifiers) { Pointer = new Pointer(kind, button, column - 1, row - 1) };
    }

    private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
