// Owns: finding an installed Mosquitto and asking it for its version.
// Must never: install, change or start a service of the system.
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Papo.Hub;

/// <summary>An installed Mosquitto.</summary>
/// <param name="Path">The program file.</param>
/// <param name="Version">What it says of itself.</param>
public sealed partial record MosquittoProgram(string Path, Version Version)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The oldest one that speaks MQTT 5.</summary>
    public static Version Oldest { get; } = new(1, 6);

    /// <summary>Whether it speaks MQTT 5.</summary>
    public bool IsRecent => Version >= Oldest;

    /// <summary>Looks in the search path and where packages put it outside of a plain user's path.</summary>
    /// <param name="searchPath">The variable PATH, or null.</param>
    /// <param name="cancellation">Ends the look.</param>
    /// <returns>The first one found that runs and says its version, or null.</returns>
    public static async Task<MosquittoProgram?> FindAsync(string? searchPath, CancellationToken cancellation)
    {
        foreach (var file in Places(searchPath).Where(File.Exists))
        {
            if (await AskVersionAsync(file, cancellation).ConfigureAwait(false) is { } version)
            {
                return new MosquittoProgram(file, version);
            }
        }

        return null;
    }

    private static IEnumerable<string> Places(string? searchPath)
    {
        var name = OperatingSystem.IsWindows() ? "mosquitto.exe" : "mosquitto";
        string[] usual = OperatingSystem.IsWindows()
            ? [System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "mosquitto")]
            : ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin", "/opt/homebrew/opt/mosquitto/sbin", "/usr/local/opt/mosquitto/sbin"];
        return (searchPath ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(usual).Where(System.IO.Path.IsPathRooted).Distinct(StringComparer.Ordinal).Select(folder => System.IO.Path.Combine(folder, name));
    }

    // Its help begins with the version, and is the same from 1.6 to today.
    private static async Task<Version?> AskVersionAsync(string file, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = new ProcessStartInfo(file, ["-h"]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            process.Start();
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            var said = FirstVersion().Match(await output.ConfigureAwait(false) + await error.ConfigureAwait(false));
            return said.Success ? Version.Parse(said.Groups[1].Value) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // not a program for this machine, or not for this user
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            process.Kill();
            return null;
        }
    }

    [GeneratedRegex(@"mosquitto version ([0-9]{1,4}\.[0-9]{1,4}(?:\.[0-9]{1,4})?)", RegexOptions.CultureInvariant)]
    private static partial Regex FirstVersion();
}
