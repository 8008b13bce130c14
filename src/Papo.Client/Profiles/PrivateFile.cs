// Owns: files and folders that only their owner may read (0600, 0700), written so that a crash leaves the old or the new content.
// Must never: leave a half-written file under its final name.
namespace Papo.Client;

/// <summary>Small files of a profile.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Writes through a temporary neighbour, flushes it to the disk, and renames it into place.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        using (var file = Create(temporary))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        Replace(temporary, path);
    }

    // On Windows a file that somebody reads cannot be replaced for that moment; elsewhere the first try tells.
    private static void Replace(string fresh, string path)
    {
        const int tries = 200; // of a millisecond up to a tick of the system's clock
        var wait = new SpinWait();
        for (var count = 1; ; count++)
        {
            try
            {
                File.Move(fresh, path, overwrite: true);
                return;
            }
            catch (Exception held) when (OperatingSystem.IsWindows() && count < tries && held is (IOException or UnauthorizedAccessException))
            {
                wait.SpinOnce();
            }
        }
    }

    public static void WriteText(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>The trimmed text, or null when there is no such file.</summary>
    public static string? ReadText(string path)
    {
        try
        {
            // Whoever replaces it meanwhile shall not be refused because it is read.
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return file.ReadToEnd().Trim();
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The lines that are not empty, trimmed; none when there is no such file.</summary>
    public static IReadOnlyList<string> ReadLines(string path) =>
        (ReadText(path) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Writes lines.</summary>
    /// <exception cref="ProfileException">The folder cannot be written.</exception>
    public static void WriteLines(string path, IReadOnlyList<string> lines)
    {
        try
        {
            WriteText(path, string.Join('\n', lines));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.From(failure, path);
        }
    }

    /// <summary>Locks a file for this process (released when the stream or the process ends); null when another process holds it.</summary>
    public static FileStream? TryLock(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            return new FileStream(path, options);
        }
        catch (IOException held) when (held is not (DirectoryNotFoundException or PathTooLongException) && !IsDiskFull(held) && !IsReadOnly(held))
        {
            return null;
        }
    }

    /// <summary>Locks a file for this process, waiting for another one that holds it for a moment.</summary>
    /// <exception cref="IOException">It was held for seconds.</exception>
    public static FileStream Lock(string path)
    {
        const int tries = 2_000; // of about a millisecond
        var wait = new SpinWait();
        for (var count = 1; count < tries; count++)
        {
            if (TryLock(path) is { } taken)
            {
                return taken;
            }

            wait.SpinOnce();
        }

        throw new IOException($"{path} is locked");
    }

    public static bool IsDiskFull(IOException failure) => (failure.HResult & 0xFFFF) is 28 or 0x70 or 122; // ENOSPC, ERROR_DISK_FULL, EDQUOT

    private static bool IsReadOnly(IOException failure) => (failure.HResult & 0xFFFF) is 30; // EROFS

    /// <summary>Deletes a folder with all that is in it, if it is there.</summary>
    public static void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Begins a file that only its owner may read.</summary>
    public static FileStream Create(string path) => Open(path, FileMode.Create, FileAccess.Write);

    /// <summary>Opens a file to be read and written in place, made where it was not; nothing is buffered.</summary>
    public static FileStream Open(string path) => Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, buffer: 0);

    private static FileStream Open(string path, FileMode mode, FileAccess access, int buffer = 4_096)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, BufferSize = buffer };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
