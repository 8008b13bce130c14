// Owns: a disk of a few mebibytes that can be filled: a tmpfs of its own. Needs to be root.
// Must never: stay mounted after its world.
using System.Diagnostics;

namespace Papo.Torture.World;

/// <summary>A folder that becomes full.</summary>
internal sealed class SmallDisk(string path) : IAsyncDisposable
{
    public static bool IsPossible { get; } = OperatingSystem.IsLinux() && Environment.UserName == "root";

    private string Ballast => Path.Combine(path, "ballast");

    public static async Task<SmallDisk> MountAsync(string path)
    {
        Directory.CreateDirectory(path);
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=6m,mode=0700", "tmpfs", path);
        return new SmallDisk(path);
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

    /// <summary>Moves what it holds to an ordinary folder of the same name, so that it can be looked at later.</summary>
    public async Task KeepAsync()
    {
        await RunAsync("cp", "-a", path, path + ".kept");
        await DisposeAsync();
        Directory.Delete(path);
        Directory.Move(path + ".kept", path);
    }

    public async ValueTask DisposeAsync() => await RunAsync("umount", "-l", path);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}");
        }
    }
}
