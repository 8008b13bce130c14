// Owns: another chat server in a process of its own, configured from benchmarks/peers for loopback without limits.
// Must never: leave a process or a file behind.
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Papo.Tests.World;

namespace Papo.Bench;

/// <summary>ngIRCd, InspIRCd, Prosody or ejabberd, as Debian packages them.</summary>
internal sealed class PeerServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly string[] Folders = ["/usr/sbin/", "/usr/bin/"];
    private readonly DirectoryInfo _folder;
    private readonly Process _process;
    private readonly int _epmd;

    private PeerServer(string kind, int port, int mqtt, int epmd, DirectoryInfo folder, Process process) =>
        (Kind, Port, MqttPort, _epmd, _folder, _process) = (kind, port, mqtt, epmd, folder, process);

    /// <summary>The servers known.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["ngircd", "inspircd", "prosody", "ejabberd"];

    public string Kind { get; }

    /// <summary>Where its clients go.</summary>
    public int Port { get; }

    /// <summary>Where ejabberd speaks MQTT.</summary>
    public int MqttPort { get; }

    /// <summary>Null where it is not installed.</summary>
    public static async Task<PeerServer?> StartAsync(string kind)
    {
        var folder = Directory.CreateTempSubdirectory("papo-bench-peer-");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111); // ejabberd becomes another user
        }

        var (port, mqtt, epmd) = (FreePort.Next(), FreePort.Next(), FreePort.Next());
        var file = kind switch { "prosody" => "prosody.cfg.lua", "ejabberd" => "ejabberd.yml", _ => kind + ".conf" };
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "peers", file));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, file), text.Replace("{port}", $"{port}", StringComparison.Ordinal)
            .Replace("{mqtt}", $"{mqtt}", StringComparison.Ordinal).Replace("{folder}", folder.FullName, StringComparison.Ordinal));
        var start = new ProcessStartInfo(Program(kind)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        Array.ForEach(Arguments(kind, folder.FullName, Path.Combine(folder.FullName, file)), start.ArgumentList.Add);
        start.Environment["ERL_EPMD_PORT"] = epmd.ToString(CultureInfo.InvariantCulture);
        try
        {
            var process = Process.Start(start)!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            var server = new PeerServer(kind, port, mqtt, epmd, folder, process);
            await server.UntilItListensAsync();
            return server;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            folder.Delete(recursive: true);
            await Console.Error.WriteLineAsync($"no {kind} here: its rows are left out");
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (Kind == "ejabberd")
        {
            // Erlang's port mapper makes itself a daemon.
            var start = new ProcessStartInfo("epmd") { RedirectStandardOutput = true, RedirectStandardError = true };
            Array.ForEach(["-port", _epmd.ToString(CultureInfo.InvariantCulture), "-kill"], start.ArgumentList.Add);
            using var end = Process.Start(start)!;
            await end.WaitForExitAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static string[] Arguments(string kind, string folder, string file) => kind switch
    {
        "ngircd" => ["-n", "-f", file],
        "inspircd" => ["--nofork", "--runasroot", "--config", file],
        "prosody" => ["-F", "--config", file],
        _ => ["--node", "bench@localhost", "--config-dir", folder, "--logs", folder, "--spool", folder, "foreground"],
    };

    private static string Program(string kind)
    {
        var name = kind == "ejabberd" ? "ejabberdctl" : kind;
        return Folders.Select(folder => folder + name).FirstOrDefault(File.Exists) ?? name;
    }

    private async Task UntilItListensAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(began) < Patience && !_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }
}
