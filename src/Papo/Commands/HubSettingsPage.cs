// Owns: the settings in effect as a file that can be used as one.
// Must never: print a password.
using Papo.Hub;
using Papo.Texts;

namespace Papo.Commands;

/// <summary><c>papo hub --print-config</c>.</summary>
internal static class HubSettingsPage
{
    /// <summary>The lines of the file; a setting that nobody made stands there as a comment.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<(string Key, HubSetting? Setting)> settings, Words words)
    {
        foreach (var line in words.SettingsHead)
        {
            yield return $"# {line}";
        }

        foreach (var (key, setting) in settings)
        {
            var (option, about) = HelpPage.HubOption("--" + key, words);
            yield return "";
            yield return $"# {about}";
            if (setting is null)
            {
                yield return $"#{key} = {option.Split(' ', 2)[1]}";
                continue;
            }

            var shown = PostgresAddress.WithoutPassword(setting.Value);
            if (shown != setting.Value)
            {
                yield return $"# {words.SettingsPassword}";
            }

            yield return $"# {words.SettingsFrom(setting.Origin)}";
            yield return $"{key} = {shown}";
        }
    }
}
