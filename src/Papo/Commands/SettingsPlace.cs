// Owns: where the platform wants settings: XDG_CONFIG_HOME, ~/Library/Application Support, %LOCALAPPDATA%.
// Must never: fail where HOME is unset.
using Papo.Client;

namespace Papo.Commands;

/// <summary>The settings file of a hub.</summary>
internal static class SettingsPlace
{
    private const string FileName = "hub.conf";

    /// <summary>The file; <paramref name="home"/> is an explicit home of the profiles (<c>--home</c>, <c>PAPO_HOME</c>), which keeps its settings inside.</summary>
    public static string File(Func<string, string?> variable, string? home)
    {
        if (!string.IsNullOrEmpty(home))
        {
            return Path.Combine(home, FileName);
        }

        if (OperatingSystem.IsWindows() || OperatingSystem.IsMacOS())
        {
            return Path.Combine(Home.DefaultPath, FileName);
        }

        // The XDG specification: a relative path in the variable is invalid and ignored.
        var user = variable("HOME") is { Length: > 0 } given ? given : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var settings = variable("XDG_CONFIG_HOME") is { } path && Path.IsPathRooted(path) ? path : Path.Combine(user, ".config");
        return Path.Combine(settings, "papo", FileName);
    }
}
