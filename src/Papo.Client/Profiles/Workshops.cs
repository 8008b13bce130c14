// Owns: the folders in which profiles of linked copies are made, and taking away those of processes that died in the middle.
// Must never: take away the folder of a process that lives.
using System.Diagnostics;
using System.Globalization;

namespace Papo.Client;

/// <summary>One folder a process, beside the profiles: it holds keys until they are moved into place whole.</summary>
internal static class Workshops
{
    private const string Prefix = "linking-";

    /// <summary>The one of this process.</summary>
    public static string Own(string home) => Path.Combine(home, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}"));

    /// <summary>Takes away what was left by processes that are no more.</summary>
    public static void Sweep(string home)
    {
        foreach (var folder in Directory.EnumerateDirectories(home, Prefix + "*"))
        {
            if (int.TryParse(Path.GetFileName(folder)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !Lives(process) && !Profile.IsInUse(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static bool Lives(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false; // that is how it says so
        }
    }
}
