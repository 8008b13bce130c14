// Owns: blocking reads and writes on standard input, output and error.
// Must never: use System.Console (it takes the terminal over) or a FileStream on Unix (it writes at offsets of its own, over what others wrote).
using System.Runtime.InteropServices;
using System.Text;

namespace Papo.Terminal;

/// <summary>Nobody reads our output any more.</summary>
internal sealed class OutputClosedException() : IOException("output closed");

/// <summary>One standard descriptor: 0, 1 or 2.</summary>
internal sealed class Descriptor
{
    private readonly int _number;
    private readonly FileStream? _windowsFile;
    private readonly CharacterBytes _windowsKeys = new();
    private readonly Decoder _windowsText = Encoding.UTF8.GetDecoder();

    /// <summary>Takes a descriptor; it is not owned.</summary>
    public Descriptor(int number)
    {
        _number = number;
        if (OperatingSystem.IsWindows())
        {
            IsTerminal = WindowsConsole.IsTerminal(number);
            _windowsFile = IsTerminal
                ? null // a console takes and gives characters
                : new FileStream(WindowsConsole.Handle(number), number == 0 ? FileAccess.Read : FileAccess.Write, 0);
            return;
        }

        IsTerminal = Posix.IsTerminal(number) == 1;
    }

    /// <summary>Whether a terminal is there.</summary>
    public bool IsTerminal { get; }

    /// <summary>Reads what is there, blocking; 0 at the end or when the terminal has gone.</summary>
    public unsafe int Read(Span<byte> buffer)
    {
        if (OperatingSystem.IsWindows())
        {
            return _windowsFile?.Read(buffer) ?? ReadWindowsKeys(buffer);
        }

        while (true)
        {
            nint count;
            fixed (byte* start = buffer)
            {
                count = Posix.Read(_number, start, buffer.Length);
            }

            if (count >= 0)
            {
                return (int)count;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == Posix.WouldBlock)
            {
                Posix.CanRead(_number, -1);
            }
            else if (error != Posix.Interrupted)
            {
                return 0; // EIO: the terminal was closed
            }
        }
    }

    /// <summary>Whether something can be read within a time.</summary>
    public bool CanRead(int milliseconds) => OperatingSystem.IsWindows()
        ? _windowsFile is not null || WindowsConsole.CanRead(milliseconds)
        : Posix.CanRead(_number, milliseconds);

    /// <summary>
    /// Completes when nobody reads our output any more, also while nothing is written. Not on Windows, whose pipes tell it to a writer only.
    /// </summary>
    public Task WhenClosed()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!OperatingSystem.IsWindows())
        {
            new Thread(() =>
            {
                Posix.WaitClosed(_number);
                closed.SetResult();
            })
            { IsBackground = true, Name = "papo output" }.Start();
        }

        return closed.Task;
    }

    /// <summary>Writes everything.</summary>
    /// <exception cref="OutputClosedException">Nobody reads it any more.</exception>
    /// <exception cref="IOException">It cannot be written: a full disk.</exception>
    public unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        if (_windowsFile is not null)
        {
            WriteWindows(_windowsFile, bytes);
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            WriteConsole(bytes);
            return;
        }

        while (bytes.Length > 0)
        {
            nint count;
            fixed (byte* start = bytes)
            {
                count = Posix.Write(_number, start, bytes.Length);
            }

            if (count >= 0)
            {
                bytes = bytes[(int)count..];
                continue;
            }

            HandleWriteError(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Writes where nobody may be left to read; false when so.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        try
        {
            Write(bytes);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void HandleWriteError(int error)
    {
        if (error == Posix.WouldBlock)
        {
            Posix.WaitWritable(_number);
        }
        else if (error == Posix.BrokenPipe || (IsTerminal && error != Posix.Interrupted))
        {
            throw new OutputClosedException();
        }
        else if (error != Posix.Interrupted)
        {
            throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    private void WriteConsole(ReadOnlySpan<byte> bytes)
    {
        if (OperatingSystem.IsWindows())
        {
            lock (_windowsText)
            {
                var text = new char[_windowsText.GetCharCount(bytes, flush: false)];
                if (!WindowsConsole.Write(_number, text.AsSpan(0, _windowsText.GetChars(bytes, text, flush: false))))
                {
                    throw new OutputClosedException();
                }
            }
        }
    }

    private static void WriteWindows(FileStream file, ReadOnlySpan<byte> bytes)
    {
        const int brokenPipe = unchecked((int)0x8007006D), noData = unchecked((int)0x800700E8);
        try
        {
            file.Write(bytes);
        }
        catch (IOException e) when (e.HResult is brokenPipe or noData)
        {
            throw new OutputClosedException();
        }
    }

    private int ReadWindowsKeys(Span<byte> buffer)
    {
        if (!OperatingSystem.IsWindows())
        {
            return 0;
        }

        Span<char> characters = stackalloc char[Math.Min(4096, CharacterBytes.Room(buffer.Length))];
        while (WindowsConsole.Read(characters) is > 0 and var count)
        {
            if (_windowsKeys.Encode(characters[..count], buffer) is > 0 and var size)
            {
                return size;
            }
        }

        return 0;
    }
}
