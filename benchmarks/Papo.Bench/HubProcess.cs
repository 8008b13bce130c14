// Owns: one `papo hub` in a process of its own: the native program named by PAPO_PROGRAM, else the managed one beside this.
// Must never: leave the process or a file behind.
using System.Diagnostics;
using Papo.Client.Wire;

namespace Papo.Bench;

/// <summary>A hub as people run it, archiving on the disk.</summary>
internal sealed class HubProcess : IAsyncDisposable
{
    private const string Loopback = "127.0.0.77"; // an address of its own: the hub listens on the usual ports
    private readonly DirectoryInfo _home;
    private readonly Process _process;

    private HubProcess(DirectoryInfo home, Process process) => (_home, _process) = (home, process);

    /// <summary>Where its embedded broker listens.</summary>
    public static BrokerAddress Embedded => BrokerAddress.TryParse($"mqtt://{Loopback}:1883", out var address, out var problem) ? address : throw new InvalidOperationException(problem);

    /// <summary>Resident memory of the process in megabytes.</summary>
    public double Memory => Cost.MemoryOf(_process);

    /// <summary>Processor time the process has taken.</summary>
    public TimeSpan Spent => Cost.SpentBy(_process);

    /// <summary>Starts one beside a broker, or with the embedded one for null; returns when it says where it is.</summary>
    public static async Task<HubProcess> StartAsync(BrokerAddress? broker)
    {
        var home = Disk.All[^1].MakeFolder();
        var program = Environment.GetEnvironmentVariable("PAPO_PROGRAM");
        var start = new ProcessStartInfo(program ?? "dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        string[] arguments = [.. program is null ? [Path.Combine(AppContext.BaseDirectory, "papo.dll")] : Array.Empty<string>(), "hub", "--home", home.FullName, "--lang", "en", .. broker is null ? (string[])["--bind", Loopback] : ["--broker", broker.ToString()]];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var process = Process.Start(start) ?? throw new InvalidOperationException("the hub does not start");
        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        void Note(object? _, DataReceivedEventArgs line)
        {
            if (line.Data is { Length: > 0 } text)
            {
                said.Add(text);
                up.TrySetResult();
            }
        }

        process.OutputDataReceived += Note;
        process.ErrorDataReceived += Note;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(up.Task, process.WaitForExitAsync());
        return process.HasExited ? throw new InvalidOperationException($"the hub ended at once: {string.Join(' ', said)}") : new HubProcess(home, process);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _home.Delete(recursive: true);
    }
}
