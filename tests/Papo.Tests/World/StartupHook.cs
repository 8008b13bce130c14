// Owns: a crash inside a papo that a test started: an exception that nobody catches, on a thread of its own, when the test says so.
// Must never: be loaded but by the runtime, into the program, on the word of DOTNET_STARTUP_HOOKS.
using System.Diagnostics.CodeAnalysis;

/// <summary>The runtime looks for this name, outside of every namespace, and calls <see cref="Initialize"/> before the program begins.</summary>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "the runtime asks for it")]
internal static class StartupHook
{
    /// <summary>The variable that names a pipe; whoever opens it for writing and closes it makes the program crash.</summary>
    public const string Pipe = "PAPO_CRASH_PIPE";

    /// <summary>Waits in the background.</summary>
    public static void Initialize()
    {
        var pipe = Environment.GetEnvironmentVariable(Pipe)!;
        new Thread(() =>
        {
            File.ReadAllBytes(pipe);
            throw new InvalidOperationException("a crash that nobody expected");
        })
        { IsBackground = true }.Start();
    }
}
