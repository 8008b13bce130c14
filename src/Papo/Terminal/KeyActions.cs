// Owns: the names of the actions in settings.
// Must never: hold text for people.
using System.Text;

namespace Papo.Terminal;

/// <summary>Actions and their names.</summary>
internal static class KeyActions
{
    private static readonly KeyAction[] Unbound = [KeyAction.Insert, KeyAction.Paste];

    /// <summary>Every action that a stroke can be bound to, in the order of the help.</summary>
    public static IReadOnlyList<KeyAction> All { get; } = [.. Enum.GetValues<KeyAction>().Except(Unbound)];

    private static readonly Dictionary<string, KeyAction> ByName = All.ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name in settings: <c>kill-to-end</c>.</summary>
    public static string NameOf(KeyAction action)
    {
        var name = new StringBuilder();
        foreach (var c in action.ToString())
        {
            name.Append(name.Length > 0 && !char.IsAsciiLetterLower(c) ? "-" : "").Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    /// <summary>The action of a name.</summary>
    public static bool TryParse(string name, out KeyAction action) => ByName.TryGetValue(name.Trim(), out action);
}
