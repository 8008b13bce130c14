// Owns: reading a person's own keys from settings: key.ctrl+k = palette.
// Must never: fail on a line; it says what is wrong with it and keeps the map as it was.
using Papo.Output;
using Papo.Texts;

namespace Papo.Terminal;

/// <summary>Own keys.</summary>
internal static class KeySettings
{
    /// <summary>What the names of such settings begin with; strokes follow: <c>key.ctrl+x ctrl+u</c>.</summary>
    public const string Prefix = "key.";

    /// <summary>Binds; where it cannot, the map comes back as it was, with the reason.</summary>
    /// <param name="map">The map so far.</param>
    /// <param name="name">The whole name of the setting.</param>
    /// <param name="value">The name of an action; <c>none</c> takes the strokes' meaning away.</param>
    /// <param name="words">The language of the reason.</param>
    public static (KeyMap Map, string? Problem) Bind(KeyMap map, string name, string value, Words words)
    {
        var strokes = name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? name[Prefix.Length..] : name;
        if (!KeyActions.TryParse(value, out var action))
        {
            return (map, words.ActionUnknown(Harmless.Line(value)));
        }

        if (!KeyBinding.TryParse(strokes, action, out var binding))
        {
            return (map, words.KeyUnknown(Harmless.Line(strokes)));
        }

        return binding.First.IsTyped && action is not (KeyAction.None or KeyAction.HelpOrInsert)
            ? (map, words.KeyIsText(binding.Name))
            : (map.With(binding), null);
    }
}
