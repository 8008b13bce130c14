// Owns: what a process has taken of this machine.
// Must never: read a figure that was kept from before.
using System.Diagnostics;

namespace Papo.Bench;

/// <summary>Memory and processor time of a process that runs.</summary>
internal static class Cost
{
    /// <summary>Resident, in megabytes.</summary>
    public static double MemoryOf(Process process)
    {
        process.Refresh();
        return process.WorkingSet64 / 1e6;
    }

    /// <summary>Of this process, in megabytes, once the collector has given back what it can.</summary>
    public static double OwnMemory()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Environment.WorkingSet / 1e6;
    }

    public static TimeSpan SpentBy(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }
}
