// Owns: the key map that the preferences ask for.
// Must never: fail because of a binding that makes no sense: it says so and keeps the rest.
using Papo.Terminal;
using Papo.Texts;

namespace Papo.FullScreen;

/// <summary>Key maps by preference.</summary>
internal static class KeyChoice
{
    /// <summary>The map, and what is wrong with lines that could not be taken.</summary>
    public static (KeyMap Map, IReadOnlyList<string> Problems) Of(Preferences preferences, Words words)
    {
        var map = preferences.Vi ? KeyMap.Vi : KeyMap.Emacs;
        List<string> problems = [];
        foreach (var (key, action) in preferences.Keys)
        {
            (map, var problem) = KeySettings.Bind(map, KeySettings.Prefix + key, action, words);
            if (problem is not null)
            {
                problems.Add(problem);
            }
        }

        return (map, problems);
    }
}
