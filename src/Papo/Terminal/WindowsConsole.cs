// Owns: the calls into the Windows console: modes, handles, size.
// Must never: be used elsewhere. Built, not run, until somebody ran it there.
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Papo.Terminal;

/// <summary>Windows console calls.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsConsole
{
    private const uint VirtualTerminalInput = 0x200;
    private const uint VirtualTerminalProcessing = 0x4;
    private const uint ProcessedOutput = 0x1;
    private const uint Utf8 = 65001;

    /// <summary>The handle of standard input (0), output (1) or error (2), not owned.</summary>
    public static SafeFileHandle Handle(int descriptor) => new(GetStdHandle(-10 - descriptor), ownsHandle: false);

    /// <summary>Whether this is a console.</summary>
    public static bool IsTerminal(int descriptor) => GetConsoleMode(GetStdHandle(-10 - descriptor), out _);

    /// <summary>Keys as escape sequences, nothing echoed; returns the modes to put back.</summary>
    public static (uint Input, uint Output) EnterRaw()
    {
        GetConsoleMode(GetStdHandle(-10), out var input);
        GetConsoleMode(GetStdHandle(-11), out var output);
        SetConsoleMode(GetStdHandle(-10), VirtualTerminalInput);
        SetConsoleMode(GetStdHandle(-11), output | VirtualTerminalProcessing | ProcessedOutput);
        return (input, output);
    }

    /// <summary>Puts the modes back.</summary>
    public static void Leave((uint Input, uint Output) modes)
    {
        SetConsoleMode(GetStdHandle(-10), modes.Input);
        SetConsoleMode(GetStdHandle(-11), modes.Output);
    }

    /// <summary>UTF-8 both ways, whatever the system's code page.</summary>
    public static void UseUtf8()
    {
        SetConsoleOutputCP(Utf8);
        SetConsoleCP(Utf8);
    }

    /// <summary>Reads characters, blocking.</summary>
    public static unsafe int Read(Span<char> buffer)
    {
        fixed (char* start = buffer)
        {
            return ReadConsole(GetStdHandle(-10), start, (uint)buffer.Length, out var read, 0) ? (int)read : 0;
        }
    }

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial nint GetStdHandle(int number);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleOutputCP(uint page);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleCP(uint page);

    [LibraryImport("kernel32", EntryPoint = "ReadConsoleW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool ReadConsole(nint handle, char* buffer, uint size, out uint read, nint control);
}
