// Owns: one process of a world: started, told things, listened to, killed.
// Must never: outlive the world, or be taken for alive once it is dead.
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Papo.Torture.Actors;

namespace Papo.Torture.World;

/// <summary>A running process that speaks in lines, or just runs. Everything it prints is kept in the world's folder.</summary>
internal sealed class Child : IDisposable
{
    private const int Killed = 137;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly Action<Told>? _heard;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<Told?>> _asked = [];
    private readonly StreamWriter _log;
    private readonly Lock _gate = new();
    private int _number;

    private Child(Process process, StreamWriter log, Action<Told>? heard) => (_process, _log, _heard) = (process, log, heard);

    public int Pid { get; private init; }

    public bool IsAlive => !_process.HasExited;

    /// <summary>It has ended, and nobody killed it: neither the world nor a trap of its own.</summary>
    public bool HasFailed => !IsAlive && _process.ExitCode != Killed;

    /// <summary>Starts this very program in a mode.</summary>
    public static Child StartMode(string log, Action<Told>? heard, params string[] arguments)
    {
        var host = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(host) == "dotnet";
        return Start(host, [.. isHost ? [Path.Combine(AppContext.BaseDirectory, "Papo.Torture.dll")] : (string[])[], .. arguments], log, heard);
    }

    public static Child Start(string program, string[] arguments, string log, Action<Told>? heard, IReadOnlyDictionary<string, string>? surroundings = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false) };
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in surroundings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.Start();
        var child = new Child(process, new StreamWriter(log, append: true) { AutoFlush = true }, heard) { Pid = process.Id };
        process.OutputDataReceived += (_, line) => child.Hear(line.Data);
        process.ErrorDataReceived += (_, line) => child.Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Tells it to do something; null when it dies first, or takes too long.</summary>
    public async Task<Told?> AskAsync(string command)
    {
        var answer = new TaskCompletionSource<Told?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _asked[++_number] = answer;
            try
            {
                _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_number} {command}"));
                _process.StandardInput.Flush();
            }
            catch (IOException)
            {
                return null; // dead
            }
        }

        using var over = new CancellationTokenSource(Patience, TimeProvider.System);
        var ended = _process.WaitForExitAsync(over.Token);
        await Task.WhenAny(answer.Task, ended);
        await over.CancelAsync();
        return answer.Task.IsCompletedSuccessfully ? await answer.Task : null;
    }

    /// <summary>SIGKILL, and everything it said has been heard when this returns.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    public async Task EndAsync() => await _process.WaitForExitAsync();

    /// <summary>Its exit code; it is killed where it takes longer than that.</summary>
    public async Task<int> EndAsync(TimeSpan limit)
    {
        using var over = new CancellationTokenSource(limit, TimeProvider.System);
        await _process.WaitForExitAsync(over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (IsAlive)
        {
            await KillAsync();
        }

        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Dispose();
        lock (_gate)
        {
            _log.Dispose();
        }
    }

    private void Hear(string? line)
    {
        var told = line is null ? null : Told.Read(line);
        if (told is null || told.What != "status")
        {
            Note(line);
        }

        if (told is null)
        {
            return;
        }

        if (told.Re is { } number && _asked.TryRemove(number, out var answer))
        {
            answer.TrySetResult(told);
        }

        _heard?.Invoke(told);
    }

    private void Note(string? line)
    {
        lock (_gate)
        {
            if (line is not null)
            {
                _log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {line}"));
            }
        }
    }
}
