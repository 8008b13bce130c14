// Owns: the calls into the C library of Linux and macOS that a terminal program needs.
// Must never: be used on Windows, or call a variadic function on macOS (its convention differs there).
using System.Runtime.InteropServices;

namespace Papo.Terminal;

/// <summary>C library calls.</summary>
internal static unsafe partial class Posix
{
    /// <summary>A call was cut short by a signal: try again.</summary>
    public const int Interrupted = 4;

    /// <summary>Nobody reads the other end.</summary>
    public const int BrokenPipe = 32;

    /// <summary>Larger than any platform's <c>struct termios</c>; the contents are opaque to us.</summary>
    public const int TermiosSize = 256;

    private const short PollIn = 1;
    private const short PollOut = 4;

    /// <summary>The number of EAGAIN, which differs between systems.</summary>
    public static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    /// <summary>The number of SIGSTOP.</summary>
    public static int SignalStop => OperatingSystem.IsMacOS() ? 17 : 19;

    /// <summary>The number of SIGTSTP.</summary>
    public static int SignalTerminalStop => OperatingSystem.IsMacOS() ? 18 : 20;

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, byte* buffer, nint size);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, byte* buffer, nint size);

    [LibraryImport("libc", EntryPoint = "isatty")]
    public static partial int IsTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    public static partial int GetAttributes(int descriptor, byte* termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    public static partial int SetAttributes(int descriptor, int when, byte* termios);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(byte* termios);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int process, int signal);

    /// <summary>Waits until a descriptor can be read; false when the time is over.</summary>
    public static bool CanRead(int descriptor, int milliseconds) => Wait(descriptor, PollIn, milliseconds);

    /// <summary>Waits until a descriptor can be written.</summary>
    public static void WaitWritable(int descriptor) => Wait(descriptor, PollOut, -1);

    /// <summary>Waits until nobody is left at the other end of a pipe; never returns for a file.</summary>
    public static void WaitClosed(int descriptor)
    {
        while (!Wait(descriptor, 0, -1))
        {
            // A signal came; errors are the only thing asked for.
        }
    }

    /// <summary>Columns and rows of the terminal; 80×24 where it does not say.</summary>
    public static (int Columns, int Rows) Size(int descriptor)
    {
        if (OperatingSystem.IsMacOS())
        {
            return (Console.WindowWidth, Console.WindowHeight);
        }

        const nuint getWindowSize = 0x5413; // TIOCGWINSZ of Linux; struct winsize is rows, columns, and two pixel sizes
        var size = stackalloc ushort[4];
        return Ioctl(descriptor, getWindowSize, size) == 0 && size[0] > 0 && size[1] > 0 ? (size[1], size[0]) : (80, 24);
    }

    private static bool Wait(int descriptor, short events, int milliseconds)
    {
        var request = new PollRequest { Descriptor = descriptor, Events = events };
        return Poll(&request, 1, milliseconds) > 0;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollRequest* requests, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(int descriptor, nuint request, ushort* argument);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
