// Owns: the folder of a supervised Mosquitto: configuration, data, which hub has it, and which process runs in it.
// Must never: take a folder that another hub uses, or end a process that this hub's folder does not name.
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Papo.Client;

namespace Papo.Hub;

internal sealed class MosquittoFolder : IDisposable
{
    // Start times are measured against a wall clock that may be set meanwhile.
    private static readonly TimeSpan SameStart = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _lock;
    private readonly string _path;

    private MosquittoFolder(string path, FileStream taken) => (_path, _lock) = (path, taken);

    /// <summary>The configuration file.</summary>
    public string Config => Path.Combine(_path, "mosquitto.conf");

    /// <summary>Where it keeps sessions and retained messages.</summary>
    public string Data => Path.Combine(_path, "data");

    private string ProcessFile => Path.Combine(_path, "process");

    /// <summary>Makes the folder and takes it for this hub.</summary>
    /// <exception cref="MosquittoException">Another hub has it.</exception>
    /// <exception cref="ProfileException">It cannot be written.</exception>
    public static MosquittoFolder Take(string path)
    {
        try
        {
            PrivateFile.MakeFolder(path);
            var folder = new MosquittoFolder(path, PrivateFile.TryLock(Path.Combine(path, "lock")) ?? throw new MosquittoException(MosquittoProblem.InUse, path));
            PrivateFile.MakeFolder(folder.Data);
            return folder;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.From(failure, path);
        }
    }

    /// <summary>Writes the configuration.</summary>
    /// <exception cref="ProfileException">It cannot be written.</exception>
    public void Configure(string text)
    {
        try
        {
            PrivateFile.WriteText(Config, text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.From(failure, Config);
        }
    }

    /// <summary>Remembers the process that runs here, so that the next hub can end it should this one be killed.</summary>
    public void Remember(Process process, ILogger log)
    {
        try
        {
            PrivateFile.WriteText(ProcessFile, string.Create(CultureInfo.InvariantCulture, $"{process.Id} {process.StartTime.ToUniversalTime().Ticks}"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // Full disk, or it has ended already. Should this hub be killed now, the next one finds the port taken and says so.
            MosquittoLog.NotRemembered(log, failure.Message);
        }
    }

    /// <summary>Nothing runs here any more.</summary>
    public void Forget() => File.Delete(ProcessFile);

    /// <summary>Ends what a hub that was killed left running: in order if it does, so that it writes its data.</summary>
    public async Task EndLeftoverAsync(TimeSpan limit, TimeProvider time, ILogger log, CancellationToken cancellation)
    {
        using var left = Leftover();
        if (left is not null)
        {
            MosquittoLog.Leftover(log, left.Id);
            PosixSignals.Terminate(left);
            if (!await HasEndedAsync(left, limit, time, cancellation).ConfigureAwait(false))
            {
                MosquittoLog.Killed(log);
                left.Kill();
                await HasEndedAsync(left, limit, time, cancellation).ConfigureAwait(false);
            }
        }

        Forget();
    }

    public void Dispose() => _lock.Dispose();

    // A number alone proves nothing, the system uses it again; with name and start it is the one we started.
    private Process? Leftover()
    {
        var parts = PrivateFile.ReadText(ProcessFile)?.Split(' ');
        if (parts is not [var id, var start] || !int.TryParse(id, CultureInfo.InvariantCulture, out var number)
            || !long.TryParse(start, CultureInfo.InvariantCulture, out var ticks))
        {
            return null;
        }

        Process? process = null;
        try
        {
            process = Process.GetProcessById(number);
            if (process.ProcessName == "mosquitto" && (process.StartTime.ToUniversalTime() - new DateTime(ticks, DateTimeKind.Utc)).Duration() < SameStart)
            {
                return process;
            }
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // No such process, or one of another user.
        }

        process?.Dispose();
        return null;
    }

    // Not our child, so nobody tells us; and one that its own parent does not collect looks alive for ever.
    private static async Task<bool> HasEndedAsync(Process process, TimeSpan limit, TimeProvider time, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (!process.HasExited && !IsUncollected(process.Id))
        {
            if (time.GetElapsedTime(began) > limit)
            {
                return false;
            }

            await Task.Delay(LookAgain, time, cancellation).ConfigureAwait(false);
        }

        return true;
    }

    // proc(5): the state follows the name in parentheses.
    private static bool IsUncollected(int process)
    {
        try
        {
            var status = OperatingSystem.IsLinux() ? File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat")) : "";
            return status.LastIndexOf(')') is > 0 and var name && status.AsSpan(name).StartsWith(") Z");
        }
        catch (IOException)
        {
            return true;
        }
    }
}
