// Owns: what no single test sees: exceptions nobody awaited, folders nobody removed.
// Must never: let a run pass that left either behind.
using System.Collections.Concurrent;
using Papo.Tests.World;

[assembly: AssemblyFixture(typeof(Conscience))]

namespace Papo.Tests.World;

/// <summary>Watches over a whole run; fails it at its end.</summary>
public sealed class Conscience : IDisposable
{
    private readonly ConcurrentQueue<AggregateException> _unobserved = new();
    private readonly HashSet<string> _before = [.. Folders()];

    /// <summary>Begins to watch.</summary>
    public Conscience() => TaskScheduler.UnobservedTaskException += Note;

    /// <inheritdoc/>
    public void Dispose()
    {
#pragma warning disable RS0030 // only finalizers find tasks that nobody awaited
        GC.Collect();
        GC.WaitForPendingFinalizers();
#pragma warning restore RS0030
        TaskScheduler.UnobservedTaskException -= Note;
        Assert.Empty(_unobserved);
        Assert.Empty(Folders().Except(_before));
    }

    // Another run on this computer makes folders too: those of this process alone count.
    private static IEnumerable<string> Folders() => Directory.EnumerateDirectories(Path.GetTempPath(), "papo-*");

    private void Note(object? sender, UnobservedTaskExceptionEventArgs what) => _unobserved.Enqueue(what.Exception);
}
