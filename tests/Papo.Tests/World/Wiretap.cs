// Owns: somebody who sees everything that a broker carries.
// Must never: take part; he only listens.
using System.Diagnostics;
using System.Text;
using Papo.Client.Wire;

namespace Papo.Tests.World;

/// <summary><c>mosquitto_sub -t '#'</c>, with every byte of topics, properties and payloads kept.</summary>
internal sealed class Wiretap : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _heard = new();
    private readonly Task _reading;

    private Wiretap(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>Begins to listen; returns once it hears.</summary>
    public static async Task<Wiretap> StartAsync(BrokerAddress broker)
    {
        var start = new ProcessStartInfo("mosquitto_sub") { RedirectStandardOutput = true };
        foreach (var argument in (string[])["-h", broker.Host, "-p", $"{broker.Port}", "-V", "5", "-t", "#", "-q", "1", "-F", "%t %P %X"])
        {
            start.ArgumentList.Add(argument);
        }

        var tap = new Wiretap(Process.Start(start)!);
        await using var device = await Device.ConnectAsync(Device.Options(broker, "tap"));
        await Eventually.IsAsync(
            async () =>
            {
                await device.PublishAsync("tapping", "is it on?");
                return tap.Everything.Contains("tapping", StringComparison.Ordinal);
            },
            static () => "the tap hears nothing");

        return tap;
    }

    /// <summary>One line a message: topic, user properties, payload in hex.</summary>
    public string Everything
    {
        get
        {
            lock (_heard)
            {
                return _heard.ToString();
            }
        }
    }

    /// <summary>Whether a text went over the wire, as it is or in the hex of a payload.</summary>
    public bool Heard(string text)
    {
        var all = Everything;
        return all.Contains(text, StringComparison.Ordinal) || all.Contains(Convert.ToHexString(Encoding.UTF8.GetBytes(text)), StringComparison.OrdinalIgnoreCase);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _reading;
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line)
        {
            lock (_heard)
            {
                _heard.AppendLine(line);
            }
        }
    }
}
