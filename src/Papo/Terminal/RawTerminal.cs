// Owns: raw mode: entering it, leaving it whatever happens, stopping and going on with the shell's job control.
// Must never: leave a terminal in raw mode behind, or be used where standard input is no terminal.
using System.Runtime.InteropServices;
using System.Text;

namespace Papo.Terminal;

/// <summary>The terminal of standard input, in raw mode while this is not disposed.</summary>
internal sealed class RawTerminal : IDisposable
{
    private const int SettleMilliseconds = 60;
    private const int Checks = 8;
    private const int WindowsSizeMilliseconds = 250;

    private readonly Descriptor _output;
    private readonly byte[] _enter;
    private readonly byte[] _leave;
    private readonly byte[] _saved = new byte[Posix.TermiosSize];
    private readonly Lock _lock = new();
    private readonly List<IDisposable> _signals = [];
    private readonly UnhandledExceptionEventHandler _onCrash;
    private readonly Timer _settling;
    private byte[] _rawAttributes = [];
    private uint _windowsMode;
    private bool _raw;
    private int _checks;

    /// <summary>Enters raw mode.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="modes">What else is turned on, in this order; turned off in the other, on every way out.</param>
    /// <param name="repaint">Called after a resize (false) and after going on from a stop (true); from any thread.</param>
    public RawTerminal(Descriptor output, IReadOnlyList<TerminalMode> modes, Action<bool> repaint)
    {
        _output = output;
        _enter = Encoding.ASCII.GetBytes(TerminalMode.EnterAll(modes));
        _leave = Encoding.ASCII.GetBytes(TerminalMode.LeaveAll(modes));
        _onCrash = (_, _) => Restore();
        _settling = new Timer(_ => Settle());
        AppDomain.CurrentDomain.UnhandledException += _onCrash;
        Resume();
        if (OperatingSystem.IsWindows())
        {
            _signals.Add(WatchSize(repaint));
            return;
        }

        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGWINCH, context => repaint(false)));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGCONT, context =>
        {
            Resume();
            _checks = Checks;
            _settling.Change(SettleMilliseconds, SettleMilliseconds);
            repaint(true);
        }));
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTSTP, context =>
        {
            context.Cancel = true;
            Restore();
            _ = Posix.Kill(Environment.ProcessId, Posix.SignalStop);
        }));
    }

    /// <summary>Columns and rows now.</summary>
    public static (int Columns, int Rows) Size() =>
        OperatingSystem.IsWindows() ? WindowsConsole.Size() : Posix.Size(1);

    /// <summary>Ctrl+Z: stops this job as the terminal would have done, so that the shell takes over.</summary>
    public static void Suspend()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Posix.Kill(0, Posix.SignalTerminalStop);
        }
    }

    /// <summary>What a console has to be told beside <see cref="TerminalMode.Mouse"/>; only in raw mode.</summary>
    public static void TakeMouse(bool ours)
    {
        if (OperatingSystem.IsWindows())
        {
            WindowsConsole.TakeMouse(ours);
        }
    }

    /// <summary>Back to how the terminal was.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.UnhandledException -= _onCrash;
        _signals.ForEach(static signal => signal.Dispose());
        _settling.Dispose();
        Restore();
    }

    private unsafe void Resume()
    {
        lock (_lock)
        {
            if (_raw)
            {
                return;
            }

            _raw = true;
            if (OperatingSystem.IsWindows())
            {
                if (WindowsConsole.EnterRaw() is not { } before)
                {
                    _raw = false;
                    return;
                }

                _windowsMode = before;
            }
            else
            {
                fixed (byte* saved = _saved)
                {
                    if (Posix.GetAttributes(0, saved) != 0)
                    {
                        _raw = false;
                        return;
                    }
                }

                var raw = _saved.ToArray();
                fixed (byte* attributes = raw)
                {
                    Posix.MakeRaw(attributes);
                    _ = Posix.SetAttributes(0, 0, attributes);
                }

                _rawAttributes = raw;
            }

            _output.Write(_enter);
        }
    }

    // The runtime answers SIGCONT too: it puts back the modes it saw when it started, before or after ours. For half a second ours are
    // looked after; a shell that sets modes of its own on `fg` is caught as well.
    private unsafe void Settle()
    {
        lock (_lock)
        {
            if (!_raw || --_checks < 0 || OperatingSystem.IsWindows())
            {
                _settling.Change(Timeout.Infinite, Timeout.Infinite);
                return;
            }

            var now = new byte[Posix.TermiosSize];
            fixed (byte* current = now, wanted = _rawAttributes)
            {
                if (Posix.GetAttributes(0, current) == 0 && !now.AsSpan().SequenceEqual(_rawAttributes))
                {
                    _ = Posix.SetAttributes(0, 0, wanted);
                }
            }
        }
    }

    // A console tells of a new size among the keys, from which the reading of characters drops it: it is looked at instead.
    private static Timer WatchSize(Action<bool> repaint)
    {
        var last = Size();
        return new Timer(
            _ =>
            {
                if (Size() is var now && now != last)
                {
                    last = now;
                    repaint(false);
                }
            },
            null,
            WindowsSizeMilliseconds,
            WindowsSizeMilliseconds);
    }

    private unsafe void Restore()
    {
        lock (_lock)
        {
            if (!_raw)
            {
                return;
            }

            _raw = false;
            if (OperatingSystem.IsWindows())
            {
                WindowsConsole.Leave(_windowsMode);
            }
            else
            {
                fixed (byte* saved = _saved)
                {
                    _ = Posix.SetAttributes(0, 0, saved);
                }
            }

            _output.TryWrite(_leave); // false: the terminal has gone, there is nothing left to restore
        }
    }
}
