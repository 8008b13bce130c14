// Owns: one stroke, or two after each other, and what they ask for.
// Must never: decide which of two bindings wins.
using System.Diagnostics.CodeAnalysis;

namespace Papo.Terminal;

/// <summary>A binding.</summary>
/// <param name="First">The stroke.</param>
/// <param name="Second">The one after it, or null.</param>
/// <param name="Action">What they ask for.</param>
internal sealed record KeyBinding(Key First, Key? Second, KeyAction Action)
{
    /// <summary>The strokes as people read them: <c>Ctrl+X Ctrl+U</c>.</summary>
    public string Name => Second is { } second ? $"{KeyName.Of(First)} {KeyName.Of(second)}" : KeyName.Of(First);

    /// <summary>Reads the strokes of a name.</summary>
    public static bool TryParse(string name, KeyAction action, [NotNullWhen(true)] out KeyBinding? binding)
    {
        binding = null;
        var names = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length is 0 or > 2 || !KeyName.TryParse(names[0], out var first))
        {
            return false;
        }

        Key? second = null;
        if (names.Length == 2)
        {
            if (!KeyName.TryParse(names[1], out var key))
            {
                return false;
            }

            second = key;
        }

        binding = new KeyBinding(first, second, action);
        return true;
    }
}
