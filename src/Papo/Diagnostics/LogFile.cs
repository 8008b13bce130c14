// Owns: the log file: what happened to the connection and what broke, with times; rotated at 5 MB, one old file kept.
// Must never: hold message text, names of people or secrets, or stop the program when it cannot be written.
using System.Globalization;
using System.Text;
using Papo.Output;

namespace Papo.Diagnostics;

/// <summary>The log. Event numbers: 1 start, 2 end, 3 connection, 4 notice, 5 hosting, 7 library, 9 crash.</summary>
internal sealed class LogFile(string folder, TimeProvider time)
{
    /// <summary>Bytes after which the file is rotated.</summary>
    public const long Largest = 5 * 1024 * 1024;

    private readonly Lock _lock = new();
    private bool _broken;

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, "papo.log");

    /// <summary>Where each line goes as well (<c>-v</c>), or null.</summary>
    public TextSink? Echo { get; set; }

    /// <summary>The program started.</summary>
    public void Started(string version, string command) => Write(1, $"papo {version} {command}");

    /// <summary>The program ends.</summary>
    public void Ended(int code) => Write(2, string.Create(CultureInfo.InvariantCulture, $"ends with {code}"));

    /// <summary>The connection changed.</summary>
    public void Connection(string broker, string state, string detail) => Write(3, $"{broker} {state} {detail}");

    /// <summary>The library told a fact.</summary>
    public void Notice(string kind, long count) => Write(4, string.Create(CultureInfo.InvariantCulture, $"{kind} {count}"));

    /// <summary>The broker of this process.</summary>
    public void Hosting(string what) => Write(5, what);

    /// <summary>An entry of the library's own log.</summary>
    public void Library(string level, int number, string text, Exception? cause) =>
        Write(7, string.Create(CultureInfo.InvariantCulture, $"{level} {number} {text} {cause?.GetType().Name} {cause?.Message}").TrimEnd());

    /// <summary>A fault of the program itself: the one place where a stack trace goes.</summary>
    public void Crash(Exception fault) => Write(9, fault.ToString().ReplaceLineEndings("\n    "));

    private void Write(int number, string text)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Environment.ProcessId} {number} {text}");
        Echo?.Write(Harmless.Line(line));
        lock (_lock)
        {
            if (!_broken)
            {
                Append(line + "\n");
            }
        }
    }

    private void Append(string line)
    {
        try
        {
            Directory.CreateDirectory(folder);
            if (File.Exists(Path) && new FileInfo(Path).Length > Largest)
            {
                File.Move(Path, Path + ".1", overwrite: true);
            }

            File.AppendAllText(Path, line, new UTF8Encoding(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _broken = true; // a log that cannot be written must not cost anybody the chat; -v still shows the lines
        }
    }
}
