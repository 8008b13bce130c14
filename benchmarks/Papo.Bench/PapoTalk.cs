// Owns: two people who talk through ChatClient, and the time from SendAsync to the other's MessageArrived.
// Must never: wait for anything that a user would not wait for.
using System.Diagnostics;
using System.Globalization;
using Papo.Client;

namespace Papo.Bench;

/// <summary>Papo, whole: stored, signed, published, verified, told.</summary>
internal sealed class PapoTalk(string kind, PapoPerson ana, PapoPerson bia) : ITalk
{
    public string Kind => kind;

    /// <summary>From SendAsync to its receipt: durable. Microseconds.</summary>
    public List<double> Receipts { get; } = [];

    public static async Task<PapoTalk> StartAsync(Broker broker, Disk disk) =>
        new(broker.Name("papo " + disk.Name), await PapoPerson.ArriveAsync("ana", disk.Name, broker, disk, Inline), await PapoPerson.ArriveAsync("bia", disk.Name, broker, disk, Inline));

    private static ChatOptions Inline(ChatOptions options) => options with { Inline = true };

    public async Task<IReadOnlyList<double>> SayAsync(int count, bool back)
    {
        var arrivals = new Arrivals(count);
        var (from, to) = back ? (bia, ana) : (ana, bia);
        to.Heard = message => arrivals.Heard(int.Parse(message.Text!.AsSpan(0, 6), NumberStyles.None, CultureInfo.InvariantCulture));
        for (var i = 0; i < count; i++)
        {
            var text = i.ToString("D6", CultureInfo.InvariantCulture).PadRight(Pace.TextSize, '.');
            arrivals.Said(i);
            var began = Stopwatch.GetTimestamp();
            await from.SayAsync(text);
            Receipts.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
            await Pace.PauseAsync(i);
        }

        var times = await arrivals.AllAsync();
        to.Heard = static _ => { };
        return times;
    }

    public async ValueTask DisposeAsync()
    {
        await ana.DisposeAsync();
        await bia.DisposeAsync();
    }
}
