// Owns: a disk of a few mebibytes that may be filled or made read-only: a tmpfs of its own. For the tests and for the torture.
// Must never: stay mounted after its owner.
using System.Diagnostics;

namespace Papo.Tests.World;

/// <summary>Needs to be root, or <c>sudo</c> without a question, as installing packages does.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private SmallDisk(DirectoryInfo folder) => _folder = folder;

    /// <summary>Whether this user may mount without being asked anything.</summary>
    public static bool IsRoot { get; } = OperatingSystem.IsLinux() && Environment.UserName == "root";

    public string Path => _folder.FullName;

    private string Ballast => System.IO.Path.Combine(Path, "ballast");

    /// <summary>Mounts one, on a new folder unless one is given.</summary>
    public static async Task<SmallDisk> MountAsync(string size = "6m", string? path = null)
    {
        var disk = new SmallDisk(path is null ? Directory.CreateTempSubdirectory("papo-disk-") : Directory.CreateDirectory(path));
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={size},mode=0777", "tmpfs", disk.Path);
        return disk;
    }

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var block = 64 * 1024; block > 0; block /= 2)
        {
            var bytes = new byte[block];
            try
            {
                while (true)
                {
                    file.Write(bytes);
                }
            }
            catch (IOException)
            {
                // Full for blocks of this size: try smaller ones.
            }
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(Ballast);

    public Task SetReadOnlyAsync(bool readOnly) => RunAsync("mount", "-o", readOnly ? "remount,ro" : "remount,rw", Path);

    /// <summary>Moves what it holds to an ordinary folder of the same name, so that it can be looked at later.</summary>
    public async Task KeepAsync()
    {
        await RunAsync("cp", "-a", Path, Path + ".kept");
        await DisposeAsync();
        Directory.Move(Path + ".kept", Path);
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "-l", Path);
        _folder.Delete();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        var start = Environment.UserName == "root" ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo("sudo", ["-n", program, .. arguments]);
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}");
        }
    }
}
