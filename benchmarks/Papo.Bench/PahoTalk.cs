// Owns: the Python process in which two Paho clients talk.
// Must never: outlive the run, or fail it where Python or Paho is not installed.
using System.Diagnostics;
using System.Globalization;

namespace Papo.Bench;

/// <summary>Python with Paho (Debian: python3-paho-mqtt), both publishing and subscribed at QoS 1.</summary>
internal sealed class PahoTalk : ITalk
{
    private readonly Process _process;

    private PahoTalk(Process process) => _process = process;

    public string Kind => "paho";

    /// <summary>Null where it cannot be started.</summary>
    public static async Task<PahoTalk?> StartAsync(Broker broker)
    {
        var python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        var start = new ProcessStartInfo(python) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "peers", "paho_pair.py"));
        start.ArgumentList.Add(broker.Port.ToString(CultureInfo.InvariantCulture));
        try
        {
            var process = Process.Start(start)!;
            if (await process.StandardOutput.ReadLineAsync() == "ready")
            {
                return new PahoTalk(process);
            }

            process.Dispose();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // No Python here: the table has one row less.
        }

        await Console.Error.WriteLineAsync("no Python with Paho (Debian: python3-paho-mqtt): its row is left out");
        return null;
    }

    public async Task<IReadOnlyList<double>> SayAsync(int count, bool back)
    {
        await _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{count} {Pace.Gap} {Pace.PlainSize} {(back ? 1 : 0)}"));
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the Python process ended");
        return [.. line.Split(' ').Select(static time => double.Parse(time, CultureInfo.InvariantCulture))];
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
