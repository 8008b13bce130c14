// Owns: how long the native program takes from its start to its end or to its first picture, beside what others take for the same.
// Must never: measure the managed build; nobody waits for that one.
using System.Diagnostics;
using System.Globalization;

namespace Papo.Bench;

/// <summary>All in turns; each beside the floor of its kind.</summary>
internal static class StartBench
{
    public static async Task RunAsync(Size size, Report report)
    {
        if (Outside.Papo is not { } papo)
        {
            await Console.Error.WriteLineAsync("no artifacts/papo (./publish): start-up is left out");
            return;
        }

        await EndAsync("does nothing", [("true", ["true"]), ("papo --version", [papo, "--version"]), .. Outside.Find("weechat") is { } weechat ? [("weechat --version", [weechat, "--version"])] : Array.Empty<(string, string[])>()], size, report);
        await SendAsync(papo, size, report);
        var paints = (await ScreenBench.FirstPaintsAsync(size.StartRounds / 2)).ToList();
        var floor = paints.FirstOrDefault(static paint => paint.Program == "weechat").Paint;
        foreach (var (program, paint) in paints)
        {
            report.Add(new StartRow("first picture of the screen", program, size.StartRounds / 2, paint, paint.Median / floor?.Median));
        }
    }

    // Another member holds what is sent: without one the program waits for somebody who might.
    private static async Task SendAsync(string papo, Size size, Report report)
    {
        await using var broker = await Broker.StartAsync("default");
        await using var bia = await PapoPerson.ArriveAsync("bia", "chat", broker, Disk.All[0]);
        var home = Disk.All[0].MakeFolder();
        try
        {
            var port = broker.Port.ToString(CultureInfo.InvariantCulture);
            await EndAsync(
                "sends a message",
                [
                    ("mosquitto_pub -q 1", ["mosquitto_pub", "-p", port, "-q", "1", "-t", "bench", "-m", "good evening"]),
                    ("papo send, until another member holds it", [papo, "send", "general", "good evening", "--home", home.FullName, "--name", "ana", "--broker", broker.Address.ToString(), "--lang", "en"]),
                ],
                size,
                report);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static async Task EndAsync(string task, IReadOnlyList<(string Name, string[] Command)> programs, Size size, Report report)
    {
        var times = programs.ToDictionary(static program => program.Name, static _ => new List<double>());
        for (var round = 0; round <= size.StartRounds; round++)
        {
            foreach (var (name, command) in programs)
            {
                var began = Stopwatch.GetTimestamp();
                await Outside.RunAsync(command);
                if (round > 0)
                {
                    times[name].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds); // the first one fills the caches
                }
            }
        }

        var floor = Spread.Of(times[programs[0].Name]).Median;
        foreach (var (name, taken) in times)
        {
            var spread = Spread.Of(taken);
            report.Add(new StartRow(task, name, taken.Count, spread, spread.Median / floor));
        }
    }
}
