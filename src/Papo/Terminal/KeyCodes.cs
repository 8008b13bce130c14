// Owns: the numbers and letters by which terminals name keys (xterm, rxvt, fixterms and kitty, Linux console).
// Must never: know where a sequence begins or ends.
using System.Globalization;
using System.Text;

namespace Papo.Terminal;

/// <summary>Keys by their codes.</summary>
internal static class KeyCodes
{
    private const int HeldKeys = 7; // Shift, Alt, Ctrl in the terminal's modifier number less one
    private const int SystemKeys = 0x38; // Super, Hyper, Meta: strokes that belong to the desktop
    private const int ModifiedOther = 27; // xterm's modifyOtherKeys: ESC [ 27 ; modifiers ; code ~

    /// <summary>A control character as the key that sends it.</summary>
    public static Key Control(byte code, Modifiers modifiers) => code switch
    {
        0x7F => new Key(KeyCode.Backspace, modifiers),
        0x00 => new Key(KeyCode.Text, modifiers | Modifiers.Ctrl, " "),
        _ => Chord(new Rune(code is >= 1 and <= 26 ? 'a' + code - 1 : '@' + code), modifiers | Modifiers.Ctrl),
    };

    /// <summary>A character with something held down; what terminals send alike comes out alike.</summary>
    public static Key Chord(Rune character, Modifiers modifiers)
    {
        if ((modifiers & (Modifiers.Ctrl | Modifiers.Alt)) == 0)
        {
            var typed = (modifiers & Modifiers.Shift) != 0 ? Rune.ToUpperInvariant(character) : character;
            return new Key(KeyCode.Text, Modifiers.None, typed.ToString());
        }

        var lower = Rune.ToLowerInvariant(character);
        modifiers = !Rune.IsLetter(character) ? modifiers & ~Modifiers.Shift : lower == character ? modifiers : modifiers | Modifiers.Shift;
        var held = modifiers & ~Modifiers.Ctrl;
        return (char)(lower.IsBmp ? lower.Value : 0) switch
        {
            _ when modifiers == held => new Key(KeyCode.Text, modifiers, lower.ToString()),
            'h' => new Key(KeyCode.Backspace, held),
            'i' => new Key(KeyCode.Tab, held),
            'm' => new Key(KeyCode.Enter, held),
            '[' => new Key(KeyCode.Escape, held),
            '/' => new Key(KeyCode.Text, modifiers, "_"), // one byte for both where a key is one byte
            '@' => new Key(KeyCode.Text, modifiers, " "),
            _ => new Key(KeyCode.Text, modifiers, lower.ToString()),
        };
    }

    /// <summary>Whether the parameters say that a key was let go (kitty: an event type after the modifiers).</summary>
    public static bool IsRelease(string parameters) =>
        parameters.Split(';') is [_, var modifiers, ..] && modifiers.Split(':') is [_, "3", ..];

    /// <summary>The key of a control sequence; null when it is the answer to a question.</summary>
    public static Key? Control(string parameters, char final)
    {
        var fields = parameters.Split(';');
        var held = Held(fields);
        switch (final)
        {
            case '~' when fields.Length == 3 && Number(fields[0]) == ModifiedOther:
                return Unicode(Number(fields[2]), fields);
            case '~':
                return new Key(Tilde(Number(fields[0])), held);
            case 'u':
                return Unicode(fields);
            case '^':
                return Rxvt(parameters, Modifiers.Ctrl);
            case '@':
                return Rxvt(parameters, Modifiers.Ctrl | Modifiers.Shift);
            case 'Z':
                return new Key(KeyCode.Tab, held | Modifiers.Shift);
            case 'I' or 'O' when parameters.Length == 0:
                return new Key(final == 'I' ? KeyCode.FocusIn : KeyCode.FocusOut);
            case >= 'a' and <= 'd' when parameters.Length == 0:
                return new Key(Letter(char.ToUpperInvariant(final)), Modifiers.Shift); // rxvt
            case 'R' when !IsModifiedF3(fields): // where the cursor is
            case 'c' or 'n' or 't' or 'y':
                return null;
            default:
                return new Key(Letter(final), held);
        }
    }

    /// <summary>A key of rxvt, which puts what is held down into the last character.</summary>
    public static Key Rxvt(string number, Modifiers modifiers) => new(Tilde(Number(number)), modifiers);

    /// <summary>A key in application mode: ESC O letter.</summary>
    public static Key SingleShift(string parameters, char final)
    {
        if (final is >= 'j' and <= 'y')
        {
            return new Key(KeyCode.Text, Modifiers.None, ((char)(final - 'j' + '*')).ToString()); // the keypad: * + , - . / 0 to 9
        }

        var held = Held(parameters.Contains(';', StringComparison.Ordinal) ? parameters.Split(';') : ["", parameters]);
        return final switch
        {
            'M' => new Key(KeyCode.Enter, held),
            'X' => new Key(KeyCode.Text, Modifiers.None, "="),
            >= 'a' and <= 'd' => new Key(Letter(char.ToUpperInvariant(final)), Modifiers.Ctrl), // rxvt
            _ => new Key(Letter(final), held),
        };
    }

    private static Modifiers Held(string[] fields) =>
        fields.Length < 2 ? Modifiers.None : (Modifiers)(Math.Max(0, Number(fields[1].Split(':')[0]) - 1) & HeldKeys);

    private static bool IsModifiedF3(string[] fields) => fields.Length < 2 || (fields.Length == 2 && Number(fields[0]) == 1 && Number(fields[1]) is > 1 and <= 8);

    private static int Number(string text) =>
        text.Length == 0 ? 1 : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static KeyCode Letter(char letter) => letter switch
    {
        'A' => KeyCode.Up,
        'B' => KeyCode.Down,
        'C' => KeyCode.Right,
        'D' => KeyCode.Left,
        'F' => KeyCode.End,
        'H' => KeyCode.Home,
        >= 'P' and <= 'S' => KeyCode.F1 + (letter - 'P'),
        _ => KeyCode.Unknown,
    };

    private static KeyCode Tilde(int number) => number switch
    {
        1 or 7 => KeyCode.Home,
        2 => KeyCode.Insert,
        3 => KeyCode.Delete,
        4 or 8 => KeyCode.End,
        5 => KeyCode.PageUp,
        6 => KeyCode.PageDown,
        >= 11 and <= 15 => KeyCode.F1 + (number - 11),
        >= 17 and <= 21 => KeyCode.F6 + (number - 17),
        23 or 24 => KeyCode.F11 + (number - 23),
        _ => KeyCode.Unknown,
    };

    // ESC [ code : shifted code : … ; modifiers : event ; text u
    private static Key Unicode(string[] fields)
    {
        var codes = fields[0].Split(':');
        if (fields.Length > 2 && Number(fields[2].Split(':')[0]) is >= ' ' and not 0x7F and var text && (Held(fields) & (Modifiers.Ctrl | Modifiers.Alt)) == 0)
        {
            return Rune.IsValid(text) ? new Key(KeyCode.Text, Modifiers.None, new Rune(text).ToString()) : new Key(KeyCode.Unknown);
        }

        var shifted = codes.Length > 1 && codes[1].Length > 0 && (Held(fields) & Modifiers.Shift) != 0;
        return Unicode(Number(codes[shifted ? 1 : 0]), fields);
    }

    private static Key Unicode(int code, string[] fields)
    {
        var held = Held(fields);
        var system = fields.Length > 1 && (Math.Max(0, Number(fields[1].Split(':')[0]) - 1) & SystemKeys) != 0;
        return code switch
        {
            9 => new Key(KeyCode.Tab, held),
            13 => new Key(KeyCode.Enter, held),
            27 => new Key(KeyCode.Escape, held),
            8 or 127 => new Key(KeyCode.Backspace, held),
            >= 57344 and <= 63743 => Functional(code, held),
            >= ' ' when !system && Rune.IsValid(code) && !Rune.IsControl(new Rune(code)) => Chord(new Rune(code), held),
            _ => new Key(KeyCode.Unknown),
        };
    }

    // kitty's numbers for the keypad; what else lies there are keys that only hold down others, or of media players.
    private static Key Functional(int code, Modifiers held) => code switch
    {
        >= 57399 and <= 57408 => Chord(new Rune('0' + code - 57399), held),
        >= 57409 and <= 57413 => Chord(new Rune("./*-+"[code - 57409]), held),
        57414 => new Key(KeyCode.Enter, held),
        57415 => Chord(new Rune('='), held),
        57417 => new Key(KeyCode.Left, held),
        57418 => new Key(KeyCode.Right, held),
        57419 => new Key(KeyCode.Up, held),
        57420 => new Key(KeyCode.Down, held),
        57421 => new Key(KeyCode.PageUp, held),
        57422 => new Key(KeyCode.PageDown, held),
        57423 => new Key(KeyCode.Home, held),
        57424 => new Key(KeyCode.End, held),
        57425 => new Key(KeyCode.Insert, held),
        57426 => new Key(KeyCode.Delete, held),
        _ => new Key(KeyCode.Unknown),
    };
}
