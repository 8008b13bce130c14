// Owns: what no single test sees: exceptions nobody awaited, files nobody removed; and the folder that all temporary files of a run lie in.
// Must never: let a run pass that left either behind, or mind those of another run on this computer.
using System.Collections.Concurrent;
using Papo.Tests.World;

[assembly: AssemblyFixture(typeof(Conscience))]

namespace Papo.Tests.World;

/// <summary>Made before the first test; fails the run at its end.</summary>
public sealed class Conscience : IDisposable
{
    // Which test made which folder: what is left behind at the end should say who left it.
    private static readonly ConcurrentDictionary<string, string> Makers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<AggregateException> _unobserved = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("papo-run-");

    /// <summary>Begins to watch.</summary>
    public Conscience()
    {
        if (!OperatingSystem.IsWindows())
        {
            // Mosquitto, started as root, becomes another user and has to come through.
            _folder.UnixFileMode = (UnixFileMode)0b111_101_101;
        }

        Environment.SetEnvironmentVariable(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR", _folder.FullName);
        TaskScheduler.UnobservedTaskException += Note;
    }

    /// <summary>A new folder of the test that runs, which has to remove it.</summary>
    public static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("papo-test-");
        Makers[folder.Name] = TestContext.Current.Test?.TestDisplayName ?? "no test";
        return folder.FullName;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
#pragma warning disable RS0030 // only finalizers find tasks that nobody awaited
        GC.Collect();
        GC.WaitForPendingFinalizers();
#pragma warning restore RS0030
        TaskScheduler.UnobservedTaskException -= Note;
        var left = _folder.EnumerateDirectories("papo-*").Select(Describe).ToList();
        _folder.Delete(recursive: true);
        Assert.Empty(_unobserved);
        Assert.True(left.Count == 0, $"left behind:\n{string.Join('\n', left)}");
    }

    private static string Describe(DirectoryInfo folder)
    {
        var files = folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder.FullName, file.FullName));
        return $"{folder.Name} of {Makers.GetValueOrDefault(folder.Name, "?")}: {string.Join(", ", files.Take(20))}";
    }

    private void Note(object? sender, UnobservedTaskExceptionEventArgs what) => _unobserved.Enqueue(what.Exception);
}
