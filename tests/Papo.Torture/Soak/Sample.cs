// Owns: what a process takes up at a moment, read from /proc and from its folder.
// Must never: fail because the process has just gone.
using System.Globalization;

namespace Papo.Torture.Soak;

/// <summary>One row of the table: seconds since the begin, megabytes of memory, open handles, megabytes of its folder, messages said so far.</summary>
internal sealed record Sample(string Process, double At, double Memory, int Handles, double Disk, int Messages)
{
    /// <summary>Null when the process is gone.</summary>
    public static Sample? Take(string name, int pid, string? folder, double at, int messages)
    {
        try
        {
            var memory = File.ReadLines($"/proc/{pid}/status").First(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            return new Sample(name, at, double.Parse(memory, CultureInfo.InvariantCulture) / 1024, Directory.GetFileSystemEntries($"/proc/{pid}/fd").Length, folder is null ? 0 : Size(folder), messages);
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            return null;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At,7:F0} s {Process,-8} {Memory,8:F1} MB {Handles,5} handles {Disk,8:F2} MB on disk {Messages,7} messages");

    private static double Size(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Exists ? file.Length : 0) / 1e6;
}
