// Owns: the signals that end the program: which came, and the exit code it means.
// Must never: wait, but where Windows ends the process for not waiting; a second signal ends at once.
using System.Runtime.InteropServices;

namespace Papo.Commands;

/// <summary>Turns SIGINT, SIGTERM and SIGHUP into a cancellation.</summary>
internal sealed class Stopping : IDisposable
{
    private static readonly TimeSpan WindowsPatience = TimeSpan.FromSeconds(4.5); // it gives five
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private readonly ManualResetEventSlim _ended = new();

    /// <summary>Listens from now on.</summary>
    public Stopping()
    {
        Listen(PosixSignal.SIGINT, ExitCode.Interrupted);
        Listen(PosixSignal.SIGTERM, ExitCode.Terminated);
        Listen(PosixSignal.SIGHUP, ExitCode.Interrupted);
        Listen(PosixSignal.SIGQUIT, ExitCode.Interrupted);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The exit code of the signal that came, or null.</summary>
    public int? Code { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.Set();
        _signals.ForEach(static signal => signal.Dispose());
        _stop.Dispose();
    }

    private void Listen(PosixSignal signal, int code) => _signals.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = Code is null; // the second one ends the process the system's way
        Code ??= code;
        _stop.Cancel();
        if (OperatingSystem.IsWindows() && signal is (PosixSignal.SIGHUP or PosixSignal.SIGTERM))
        {
            _ended.Wait(WindowsPatience); // the console was closed, or the system goes down: the process is ended as soon as this returns
        }
    }));
}
