// Owns: programs that are started for one measurement and end by themselves.
// Must never: take a failure for a figure.
using System.Diagnostics;

namespace Papo.Bench;

/// <summary>Another program on this machine.</summary>
internal static class Outside
{
    private static readonly string[] Folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];

    /// <summary>The native program: named by PAPO_PROGRAM, else what ./publish made; null where there is none.</summary>
    public static string? Papo
    {
        get
        {
            var program = Environment.GetEnvironmentVariable("PAPO_PROGRAM") ?? Path.GetFullPath(Path.Combine("artifacts", "papo"));
            return File.Exists(program) ? program : null;
        }
    }

    /// <summary>Where a command is, or null.</summary>
    public static string? Find(string command) => Folders.Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists);

    /// <summary>Runs it to its end and answers with its output.</summary>
    public static async Task<string> RunAsync(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        command.Skip(1).ToList().ForEach(start.ArgumentList.Add);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} does not start");
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}: {output}");
    }
}
