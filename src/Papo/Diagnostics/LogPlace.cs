// Owns: where the platform wants logs: XDG_STATE_HOME, ~/Library/Logs, %LOCALAPPDATA%.
// Must never: fail where HOME is unset.
namespace Papo.Diagnostics;

/// <summary>The log folder.</summary>
internal static class LogPlace
{
    /// <summary>The folder; <paramref name="home"/> is an explicit home of the profiles (<c>--home</c>, <c>PAPO_HOME</c>), which keeps its logs inside.</summary>
    public static string Folder(Func<string, string?> variable, string? home)
    {
        if (!string.IsNullOrEmpty(home))
        {
            return Path.Combine(home, "logs");
        }

        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "Papo", "logs");
        }

        // With HOME unset the system's user database answers.
        var user = variable("HOME") is { Length: > 0 } given ? given : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        user = user.Length > 0 ? user : Path.GetTempPath();
        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(user, "Library", "Logs", "Papo");
        }

        // The XDG specification: a relative path in the variable is invalid and ignored.
        var state = variable("XDG_STATE_HOME") is { } path && Path.IsPathRooted(path) ? path : Path.Combine(user, ".local", "state");
        return Path.Combine(state, "papo");
    }
}
