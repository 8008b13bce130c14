// Owns: telling another process to end in order, which .NET cannot do by itself.
// Must never: signal a process that is not known to be ours.
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Papo.Hub;

internal static partial class PosixSignals
{
    private const int HangUpNumber = 1;
    private const int TerminateNumber = 15;

    /// <summary>Asks it to end; on Windows, where nothing like that reaches a program without a window, it is killed.</summary>
    public static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
            return;
        }

        _ = Kill(process.Id, TerminateNumber); // it may have ended just now, which is what we want
    }

    /// <summary>Asks it to read its certificates again; does nothing on Windows.</summary>
    public static void HangUp(Process process)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(process.Id, HangUpNumber);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
