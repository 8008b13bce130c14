// Owns: the names of strokes, for settings and for people: Ctrl+Alt+Up.
// Must never: give a name that it would not read again.
using System.Buffers;
using System.Text;

namespace Papo.Terminal;

/// <summary>Names of strokes.</summary>
internal static class KeyName
{
    private const string Space = "Space";
    private const string Plus = "Plus";

    private static readonly Dictionary<string, KeyCode> Codes =
        Enum.GetValues<KeyCode>().Where(static code => code is >= KeyCode.Enter and <= KeyCode.F12)
            .ToDictionary(static code => code.ToString(), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, KeyCode> ShortForms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["esc"] = KeyCode.Escape,
        ["return"] = KeyCode.Enter,
        ["del"] = KeyCode.Delete,
        ["ins"] = KeyCode.Insert,
        ["pgup"] = KeyCode.PageUp,
        ["pgdn"] = KeyCode.PageDown,
    };

    /// <summary>The name of a stroke.</summary>
    public static string Of(Key key)
    {
        var name = new StringBuilder();
        name.Append(key.Modifiers.HasFlag(Modifiers.Ctrl) ? "Ctrl+" : "").Append(key.Modifiers.HasFlag(Modifiers.Alt) ? "Alt+" : "");
        name.Append(key.Modifiers.HasFlag(Modifiers.Shift) ? "Shift+" : "");
        return name.Append(key.Code == KeyCode.Text ? OfText(key) : key.Code.ToString()).ToString();
    }

    /// <summary>Reads a name; case does not matter but for a letter alone.</summary>
    public static bool TryParse(string name, out Key key)
    {
        key = default;
        var parts = name.Trim().Split('+').Select(static part => part.Trim()).ToArray();
        var modifiers = Modifiers.None;
        foreach (var part in parts[..^1])
        {
            var modifier = Modifier(part);
            if (modifier == Modifiers.None)
            {
                return false;
            }

            modifiers |= modifier;
        }

        return TryParse(parts[^1], modifiers, out key);
    }

    private static bool TryParse(string last, Modifiers modifiers, out Key key)
    {
        key = default;
        if (Codes.TryGetValue(last, out var code) || ShortForms.TryGetValue(last, out code))
        {
            key = new Key(code, modifiers);
            return true;
        }

        var text = last.Equals(Space, StringComparison.OrdinalIgnoreCase) ? " " : last.Equals(Plus, StringComparison.OrdinalIgnoreCase) ? "+" : last;
        if (Rune.DecodeFromUtf16(text, out var character, out var length) != OperationStatus.Done || length != text.Length || Rune.IsControl(character))
        {
            return false;
        }

        var chord = (modifiers & (Modifiers.Ctrl | Modifiers.Alt)) != 0;
        key = KeyCodes.Chord(chord ? Rune.ToLowerInvariant(character) : character, modifiers);
        return true;
    }

    private static Modifiers Modifier(string name) => name.ToUpperInvariant() switch
    {
        "CTRL" or "CONTROL" => Modifiers.Ctrl,
        "ALT" or "META" => Modifiers.Alt,
        "SHIFT" => Modifiers.Shift,
        _ => Modifiers.None,
    };

    private static string OfText(Key key) => key.Text switch
    {
        " " => Space,
        "+" => Plus,
        "_" when key.Modifiers.HasFlag(Modifiers.Ctrl) => "/", // the same stroke to a terminal, and the one people know
        [>= 'a' and <= 'z' and var letter] when key.Modifiers != Modifiers.None => char.ToUpperInvariant(letter).ToString(),
        var typed => typed,
    };
}
