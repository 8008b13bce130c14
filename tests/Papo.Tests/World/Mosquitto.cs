// Owns one real Mosquitto process on a loopback port: start, kill, restart, log.
// Must never leave a process or a file behind.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Papo.Client.Wire;

namespace Papo.Tests.World;

/// <summary>The broker most people have. By default unconfigured, as <c>mosquitto -p PORT</c>.</summary>
internal sealed class Mosquitto : IAsyncDisposable
{
    private const int Tries = 5;
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(10);
    private readonly string? _config;
    private readonly StringBuilder _log = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("papo-mosquitto-");
    private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];
    private Process? _process;

    private Mosquitto(string? config) => _config = config;

    /// <summary>The listener's port; the same after a restart.</summary>
    public int Port { get; private set; }

    /// <summary>A second free port, <c>{other}</c> in the configuration: 2.0.11 does not start with WebSocket listeners only.</summary>
    public int OtherPort { get; private set; }

    /// <summary>A folder for files the configuration names; gone at the end. Stands for <c>{folder}</c> in the configuration.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Everything it logged so far.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Its address.</summary>
    public BrokerAddress Address => AddressOf("mqtt");

    /// <summary>The address of a plain listener on <c>{other}</c>.</summary>
    public BrokerAddress OtherAddress => Parse($"mqtt://127.0.0.1:{OtherPort}");

    /// <summary>The installed program, also where it is not on the path of a plain user.</summary>
    public static string Program { get; } = Find();

    /// <summary>Starts a broker and waits until it accepts connections.</summary>
    /// <param name="config">Lines of a configuration file with <c>{port}</c>, <c>{other}</c> and <c>{folder}</c> in place of ours, logging left as it is; null for none.</param>
    /// <param name="prepare">Writes files into <see cref="Folder"/> before the start.</param>
    public static async Task<Mosquitto> StartAsync(string? config = null, Action<string>? prepare = null)
    {
        var broker = new Mosquitto(config);
        try
        {
            // Started as root it becomes the user mosquitto, who must read its files here and write its snapshot.
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(broker.Folder, (UnixFileMode)0b111_111_111);
            }

            prepare?.Invoke(broker.Folder);
            for (var attempt = 1; ; attempt++)
            {
                (broker.Port, broker.OtherPort) = (FreePort.Next(), FreePort.Next());
                if (await broker.TryLaunchAsync())
                {
                    return broker;
                }

                Assert.True(attempt < Tries, "Mosquitto does not start:\n" + broker.Log);
            }
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>The address under another scheme, for a listener that speaks it.</summary>
    public BrokerAddress AddressOf(string scheme, string host = "127.0.0.1") => Parse($"{scheme}://{host}:{Port}");

    /// <summary>Ends it as a crash does (SIGKILL) and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        _process = null;
    }

    /// <summary>Starts it again on the same port, killing it first if it still runs.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await TryLaunchAsync())
            {
                return;
            }
        }

        Assert.Fail("Mosquitto does not start again:\n" + Log);
    }

    /// <summary>Makes it read its access list again (SIGHUP), with all connections staying up.</summary>
    public async Task ReloadAsync()
    {
        using var hangUp = System.Diagnostics.Process.Start("kill", ["-HUP", $"{_process!.Id}"]);
        await hangUp.WaitForExitAsync();
        await UntilLoggedAsync("Reloading config");
    }

    /// <summary>Waits until its log contains a text, also if it did before.</summary>
    public async Task UntilLoggedAsync(string text)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_log)
        {
            if (_log.ToString().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            _awaited.Add((text, seen));
        }

        await seen.Task.WaitAsync(StartTime);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private static BrokerAddress Parse(string text)
    {
        Assert.True(BrokerAddress.TryParse(text, out var address, out var problem), problem);
        return address;
    }

    private static string Find()
    {
        var name = OperatingSystem.IsWindows() ? "mosquitto.exe" : "mosquitto";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"]);
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? name;
    }

    private async Task<bool> TryLaunchAsync()
    {
        var process = new Process { StartInfo = new ProcessStartInfo(Program) { RedirectStandardError = true, RedirectStandardOutput = true } };
        var arguments = process.StartInfo.ArgumentList;
        if (_config is null)
        {
            arguments.Add("-p");
            arguments.Add(Port.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            var file = Path.Combine(Folder, "mosquitto.conf");
            await File.WriteAllTextAsync(file, Fill(_config));
            arguments.Add("-c");
            arguments.Add(file);
        }

        arguments.Add("-v");
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_log)
        {
            _awaited.AddRange([(" running\n", running), ("Address already in use", taken)]); // not "clients running on this machine", which it says before it listens
        }

        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;

        // It says so once it listens. Trying to connect instead could meet a listener that is about to give up, or even itself.
        await Task.WhenAny(running.Task, process.WaitForExitAsync()).WaitAsync(StartTime);
        // Without a configuration it also runs when only one of 127.0.0.1 and ::1 was free; it logs that first.
        if (running.Task.IsCompleted && !taken.Task.IsCompleted)
        {
            return true;
        }

        await KillAsync();
        return false;
    }

    private string Fill(string config) => config
        .Replace("{port}", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{other}", OtherPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{folder}", Folder, StringComparison.Ordinal);

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_log)
        {
            _log.AppendLine(line);
            line += "\n";
            foreach (var waiting in _awaited.Where(w => line.Contains(w.Text, StringComparison.Ordinal)).ToArray())
            {
                waiting.Seen.TrySetResult();
                _awaited.Remove(waiting);
            }
        }
    }
}
