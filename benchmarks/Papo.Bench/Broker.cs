// Owns: one Mosquitto process on a loopback port, unconfigured or with Nagle's algorithm off; or where a broker is that somebody else started.
// Must never: leave the process or a file behind.
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Papo.Client.Wire;

namespace Papo.Bench;

/// <summary>The broker measured against.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private readonly DirectoryInfo? _folder;
    private Process? _process;

    private Broker(string kind, int port, Process? process, DirectoryInfo? folder) => (Kind, Port, _process, _folder) = (kind, port, process, folder);

    /// <summary><c>default</c> is <c>mosquitto -p PORT</c>; <c>nodelay</c> adds <c>set_tcp_nodelay true</c>.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["default", "nodelay"];

    /// <summary>As a hub configures it: no-delay, and queues that do not drop.</summary>
    public const string Roomy = "roomy";

    public string Kind { get; }

    public int Port { get; }

    /// <summary>What it asks for where it lets nobody in without a password; else null.</summary>
    public string? Password { get; private init; }

    /// <summary>Whose password that is, or null.</summary>
    public string? User => Password is null ? null : "bench";

    public BrokerAddress Address => BrokerAddress.TryParse($"mqtt://127.0.0.1:{Port}", out var address, out var problem) ? address : throw new InvalidOperationException(problem);

    /// <summary>Resident memory of the process in megabytes.</summary>
    public double Memory => Cost.MemoryOf(_process!);

    /// <summary>Processor time the process has taken.</summary>
    public TimeSpan Spent => Cost.SpentBy(_process!);

    /// <summary>One that is not this object's to start or to end.</summary>
    public static Broker Of(string kind, int port, string? password) => new(kind, port, null, null) { Password = password };

    /// <summary>What a client is called in the tables: with its broker where that is no Mosquitto.</summary>
    public string Name(string client) => _process is null ? $"{client}, {Kind}" : client;

    public static async Task<Broker> StartAsync(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("papo-bench-broker-");
        var port = FreePort();
        var start = new ProcessStartInfo(Outside.Find("mosquitto") ?? "mosquitto") { RedirectStandardError = true, RedirectStandardOutput = true };
        if (kind == "default")
        {
            start.ArgumentList.Add("-p");
            start.ArgumentList.Add(port.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111); // Started as root it becomes the user mosquitto.
            }

            var file = Path.Combine(folder.FullName, "mosquitto.conf");
            await File.WriteAllTextAsync(file, $"listener {port} 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n{(kind == Roomy ? "max_queued_messages 1000000\nmax_inflight_messages 1000\nsys_interval 1\n" : "")}");
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(file);
        }

        return new Broker(kind, port, await StartAsync(start), folder);
    }

    /// <summary>Ends it and starts it again: it forgets sessions and retained messages.</summary>
    public async Task RestartAsync()
    {
        var start = _process!.StartInfo;
        await EndAsync(_process);
        _process = await StartAsync(start);
    }

    private static async Task<Process> StartAsync(ProcessStartInfo start)
    {
        var process = Process.Start(start) ?? throw new InvalidOperationException("Mosquitto does not start");
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Note(object? _, DataReceivedEventArgs line)
        {
            if (line.Data?.Contains(" running", StringComparison.Ordinal) ?? false)
            {
                running.TrySetResult();
            }
        }

        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(running.Task, process.WaitForExitAsync());
        return process.HasExited ? throw new InvalidOperationException("Mosquitto ended at once") : process;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await EndAsync(_process);
        }

        _folder?.Delete(recursive: true);
    }

    private static async Task EndAsync(Process process)
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
