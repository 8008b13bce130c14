// Owns: one run of the real program: what it is told, what it printed, how it ended.
// Must never: outlive its test, or take the name, the language or the folders of whoever runs the tests.
using System.Diagnostics;
using System.Text;

namespace Papo.Tests.World;

/// <summary>The native program where <c>PAPO_PROGRAM</c> names it, else the managed build beside the tests.</summary>
internal sealed class PapoProgram : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly Lock _gate = new();
    private readonly List<string> _out = [];
    private readonly StringBuilder _error = new();
    private readonly List<(Func<IReadOnlyList<string>, bool> Met, TaskCompletionSource Done)> _waiters = [];

    private PapoProgram(Process process) => _process = process;

    /// <summary>Lines of standard output so far.</summary>
    public IReadOnlyList<string> Out
    {
        get
        {
            lock (_gate)
            {
                return [.. _out];
            }
        }
    }

    /// <summary>Standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (_gate)
            {
                return _error.ToString();
            }
        }
    }

    private static string Host => Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet";

    private static string Managed => Path.Combine(AppContext.BaseDirectory, "papo.dll");

    /// <summary>The command that runs it, for scripts: program and first arguments.</summary>
    public static IReadOnlyList<string> Command { get; } =
        Environment.GetEnvironmentVariable("PAPO_PROGRAM") is { Length: > 0 } native
            ? [Path.GetFullPath(native)]
            : [Host, Managed];

    /// <summary>The command that runs the managed build as one that loads <see cref="StartupHook"/>; its settings go into a folder.</summary>
    public static IReadOnlyList<string> WithHook(string folder)
    {
        var settings = Path.Combine(folder, "papo.runtimeconfig.json");
        var usual = File.ReadAllText(Path.ChangeExtension(Managed, ".runtimeconfig.json"));
        File.WriteAllText(settings, usual.Replace("StartupHookProvider.IsSupported\": false", "StartupHookProvider.IsSupported\": true", StringComparison.Ordinal));
        return ["env", $"DOTNET_STARTUP_HOOKS={typeof(StartupHook).Assembly.Location}", Host, "exec", "--runtimeconfig", settings, Managed];
    }

    /// <summary>Starts it in a home of its own.</summary>
    public static PapoProgram Start(string home, string? input, string? fault, params string[] arguments) =>
        Start([.. Command, .. arguments], home, input, fault);

    /// <summary>Starts it in a home of its own by another command, which ends in running it. Needs to be root, or <c>sudo</c> without a question.</summary>
    public static PapoProgram StartUnder(IReadOnlyList<string> command, string home, params string[] arguments) =>
        Start([.. Environment.UserName == "root" ? [] : (string[])["sudo", "-nE"], .. command, .. Command, .. arguments], home, "", null);

    /// <summary>Starts it with one more variable in its environment (<c>NAME=VALUE</c>).</summary>
    public static PapoProgram StartWith(string variable, string home, string? input, params string[] arguments) => Start(["env", variable, .. Command, .. arguments], home, input, null);

    private static PapoProgram Start(IReadOnlyList<string> command, string home, string? input, string? fault)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardInputEncoding = new UTF8Encoding(false) };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["PAPO_HOME"] = home;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["PAPO_FAULT"] = fault ?? "";
        start.Environment.Remove("PAPO_BROKER");
        var program = new PapoProgram(new Process { StartInfo = start });
        program.Run(input);
        return program;
    }

    /// <summary>Waits for its end; the exit code (137 after SIGKILL).</summary>
    public async Task<int> EndAsync()
    {
        try
        {
            await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Soon);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"papo did not end. Standard output:\n{string.Join('\n', Out)}\nStandard error:\n{Error}");
        }

        return _process.ExitCode;
    }

    /// <summary>Waits until its standard error contains a text.</summary>
    public Task UntilErrorAsync(string text) => Hub.HubWorld.UntilAsync(() => Error.Contains(text, StringComparison.Ordinal), $"“{text}” in: {Error}");

    /// <summary>Waits until its output is as wanted.</summary>
    public async Task UntilOutAsync(Func<IReadOnlyList<string>, bool> met)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (met(_out))
            {
                return;
            }

            _waiters.Add((met, done));
        }

        try
        {
            await done.Task.WaitAsync(Soon, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"papo did not print what was awaited. Standard output:\n{string.Join('\n', Out)}\nStandard error:\n{Error}");
        }
    }

    /// <summary>Types a line, where standard input was left open.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>SIGTERM.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await EndAsync();
    }

    /// <summary>SIGKILL for it and not for what it started.</summary>
    public async Task KillAloneAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Run(string? input)
    {
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => NoteError(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (input is null)
        {
            return;
        }

        try
        {
            _process.StandardInput.Write(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it read everything.
        }
    }

    private void Note(string? line)
    {
        lock (_gate)
        {
            if (line is null)
            {
                return;
            }

            _out.Add(line);
            foreach (var waiter in _waiters.Where(waiter => waiter.Met(_out)).ToList())
            {
                waiter.Done.TrySetResult();
                _waiters.Remove(waiter);
            }
        }
    }

    private void NoteError(string? line)
    {
        lock (_gate)
        {
            _error.AppendLine(line);
        }
    }
}
