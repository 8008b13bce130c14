// Owns: the calls into the Windows console: modes, keys, text, size.
// Must never: be used elsewhere, or leave a mode behind that the shell did not have.
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Papo.Terminal;

/// <summary>Windows console calls. Modes belong to the console, not to us: the shell that started us has them afterwards. Text goes both ways as UTF-16, so that code pages are nobody's business.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsConsole
{
    private const uint LineInput = 0x2;
    private const uint QuickEdit = 0x40;
    private const uint ExtendedFlags = 0x80; // without it QuickEdit stays as it is
    private const uint VirtualTerminalInput = 0x200;
    private const uint ProcessedOutput = 0x1;
    private const uint VirtualTerminalProcessing = 0x4;
    private const int WriteAtOnce = 8192; // older ones refuse more than fits 64 KiB
    private const int OperationAborted = 995;
    private static readonly int[] Outputs = [1, 2];
    private static uint _inputBefore;

    /// <summary>The handle of standard input (0), output (1) or error (2), not owned.</summary>
    public static SafeFileHandle Handle(int descriptor) => new(Standard(descriptor), ownsHandle: false);

    /// <summary>Whether this is a console.</summary>
    public static bool IsTerminal(int descriptor) => GetConsoleMode(Standard(descriptor), out _);

    /// <summary>Output that obeys escape sequences; disposing puts back what was there.</summary>
    /// <param name="obeys">Whether escape sequences are obeyed wherever output or error is a console. Before Windows 10 1511 they are not.</param>
    public static IDisposable Prepare(out bool obeys)
    {
        var before = new Before([.. Outputs.Select(Mode)]);
        obeys = Outputs.All(descriptor => Mode(descriptor) is not { } mode || SetConsoleMode(Standard(descriptor), mode | VirtualTerminalProcessing | ProcessedOutput));
        return before;
    }

    /// <summary>Keys as escape sequences, nothing echoed, Ctrl+C a key. Returns what to put back; null where that cannot be had.</summary>
    public static uint? EnterRaw()
    {
        if (Mode(0) is not { } mode || !SetConsoleMode(Standard(0), VirtualTerminalInput))
        {
            return null;
        }

        return _inputBefore = mode;
    }

    /// <summary>While keys are raw: lets the mouse come to us, or select in the window as its user has it set. A dragged selection stops all output.</summary>
    public static void TakeMouse(bool ours) => SetConsoleMode(Standard(0), VirtualTerminalInput | ExtendedFlags | (ours ? 0 : _inputBefore & QuickEdit));

    /// <summary>Puts the mode of the input back.</summary>
    public static void Leave(uint input) => SetConsoleMode(Standard(0), input);

    /// <summary>Reads characters, blocking; 0 when the console has gone or, where it edits lines itself, after Ctrl+Z.</summary>
    public static unsafe int Read(Span<char> buffer)
    {
        const char endOfInput = '\u001a';
        var editsLines = Mode(0) is { } mode && (mode & LineInput) != 0;
        fixed (char* start = buffer)
        {
            while (ReadConsole(Standard(0), start, (uint)buffer.Length, out var read, 0))
            {
                if (read > 0)
                {
                    return editsLines && *start == endOfInput ? 0 : (int)read;
                }

                if (Marshal.GetLastPInvokeError() != OperationAborted)
                {
                    return 0;
                }

                // Ctrl+C broke off the line; whoever listens for it decides what comes of that.
            }
        }

        return 0;
    }

    /// <summary>Writes everything; false when the console has gone.</summary>
    public static unsafe bool Write(int descriptor, ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            var size = Math.Min(text.Length, WriteAtOnce);
            size -= size > 1 && char.IsHighSurrogate(text[size - 1]) ? 1 : 0;
            fixed (char* start = text)
            {
                if (!WriteConsole(Standard(descriptor), start, (uint)size, out var written, 0) || written == 0)
                {
                    return false;
                }

                text = text[(int)written..];
            }
        }

        return true;
    }

    /// <summary>Whether a key is there within a time. Keys let go, the mouse and the like are no keys, and are taken away.</summary>
    public static unsafe bool CanRead(int milliseconds)
    {
        var (input, record) = (Standard(0), default(InputRecord));
        var until = Environment.TickCount64 + milliseconds;
        while (WaitForSingleObject(input, (uint)Math.Max(0, until - Environment.TickCount64)) == 0)
        {
            if (!PeekConsoleInput(input, &record, 1, out var count) || (count > 0 && record.IsCharacter))
            {
                return true; // of an error, the reading that follows tells
            }

            if (count > 0)
            {
                ReadConsoleInput(input, &record, 1, out _);
            }
        }

        return false;
    }

    /// <summary>Columns and rows of the window; 80×24 where there is none.</summary>
    public static (int Columns, int Rows) Size()
    {
        foreach (var descriptor in Outputs)
        {
            if (GetConsoleScreenBufferInfo(Standard(descriptor), out var info))
            {
                return (info.Right - info.Left + 1, info.Bottom - info.Top + 1);
            }
        }

        return (80, 24);
    }

    private static nint Standard(int descriptor) => GetStdHandle(-10 - descriptor);

    private static uint? Mode(int descriptor) => GetConsoleMode(Standard(descriptor), out var mode) ? mode : null;

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial nint GetStdHandle(int number);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);

    [LibraryImport("kernel32", EntryPoint = "WriteConsoleW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool WriteConsole(nint handle, char* text, uint size, out uint written, nint reserved);

    [LibraryImport("kernel32", EntryPoint = "ReadConsoleW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool ReadConsole(nint handle, char* buffer, uint size, out uint read, nint control);

    [LibraryImport("kernel32", EntryPoint = "PeekConsoleInputW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool PeekConsoleInput(nint handle, InputRecord* records, uint size, out uint count);

    [LibraryImport("kernel32", EntryPoint = "ReadConsoleInputW")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool ReadConsoleInput(nint handle, InputRecord* records, uint size, out uint count);

    [LibraryImport("kernel32")]
    private static partial uint WaitForSingleObject(nint handle, uint milliseconds);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleScreenBufferInfo(nint handle, out BufferInfo info);

    // INPUT_RECORD, of whose union only KEY_EVENT_RECORD is looked at.
    [StructLayout(LayoutKind.Explicit, Size = 20)]
    private struct InputRecord
    {
        private const ushort KeyEvent = 1;
        private const ushort Menu = 0x12;

        [FieldOffset(0)]
        public ushort Kind;

        [FieldOffset(4)]
        public int IsDown;

        [FieldOffset(10)]
        public ushort VirtualKey;

        [FieldOffset(14)]
        public ushort Character;

        // What was typed as a number with Alt held comes when Alt is let go.
        public readonly bool IsCharacter => Kind == KeyEvent && Character != 0 && (IsDown != 0 || VirtualKey == Menu);
    }

    // CONSOLE_SCREEN_BUFFER_INFO; the window, inclusive, is what is seen of the buffer.
    [StructLayout(LayoutKind.Sequential)]
    private struct BufferInfo
    {
        public short BufferColumns;
        public short BufferRows;
        public short CursorColumn;
        public short CursorRow;
        public ushort Attributes;
        public short Left;
        public short Top;
        public short Right;
        public short Bottom;
        public short MostColumns;
        public short MostRows;
    }

    private sealed class Before(uint?[] modes) : IDisposable
    {
        public void Dispose()
        {
            for (var i = 0; i < modes.Length; i++)
            {
                if (modes[i] is { } mode)
                {
                    SetConsoleMode(Standard(Outputs[i]), mode);
                }
            }
        }
    }
}
