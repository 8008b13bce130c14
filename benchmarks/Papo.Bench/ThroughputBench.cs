// Owns: what one client can send to another in a stream, and that nothing of it is lost.
// Must never: count a message twice.
using System.Diagnostics;
using System.Globalization;
using Papo.Client;

namespace Papo.Bench;

/// <summary>5,000 messages a second for a while, then as fast as they are taken.</summary>
internal static class ThroughputBench
{
    private const int Rate = 5_000;
    private const int MostUnpacedAtOnce = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(string brokerKind, Disk disk, Size size, Report report)
    {
        await using var broker = await Broker.StartAsync(brokerKind);
        await using var ana = await PapoPerson.ArriveAsync("ana", "chat", broker, disk);
        await using var bia = await PapoPerson.ArriveAsync("bia", "chat", broker, disk);
        await MeasureAsync(ana, bia, 5_000, PaceAsync); // To warm up.
        report.Add(await RowAsync("paced", size.PacedSeconds * Rate, PaceAsync));
        report.Add(await RowAsync("unpaced", size.Unpaced, UnpacedAsync));

        async Task<ThroughputRow> RowAsync(string name, int count, Func<PapoPerson, int, Task> send)
        {
            bia.MostMissing = 0;
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var (accepted, heard, arrived) = await MeasureAsync(ana, bia, count, send);
            var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            return new ThroughputRow(brokerKind, disk.Name, name, count, heard, count / accepted.TotalSeconds, heard / arrived.TotalSeconds, bia.MostMissing, allocated / count);
        }
    }

    private static async Task<(TimeSpan Accepted, int Heard, TimeSpan Arrived)> MeasureAsync(PapoPerson ana, PapoPerson bia, int count, Func<PapoPerson, int, Task> send)
    {
        var seen = new HashSet<Papo.Protocol.EntryId>();
        var numbers = new HashSet<int>();
        var last = Stopwatch.GetTimestamp();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bia.Heard = message =>
        {
            if (seen.Add(message.Id!.Value) && numbers.Add(int.Parse(message.Text!.AsSpan(0, 6), NumberStyles.None, CultureInfo.InvariantCulture)))
            {
                last = Stopwatch.GetTimestamp();
                if (numbers.Count == count)
                {
                    all.TrySetResult();
                }
            }
        };
        var began = Stopwatch.GetTimestamp();
        await send(ana, count);
        var accepted = Stopwatch.GetElapsedTime(began);
        await Task.WhenAny(all.Task, Task.Delay(Patience, TimeProvider.System));
        bia.Heard = static _ => { };
        return (accepted, numbers.Count, Stopwatch.GetElapsedTime(began, last));
    }

    // As many as the clock asks for, without waiting for receipts; all of them are awaited at the end.
    private static async Task PaceAsync(PapoPerson from, int count)
    {
        var receipts = new List<Task<SendReceipt>>(count);
        var began = Stopwatch.GetTimestamp();
        while (receipts.Count < count)
        {
            var due = Math.Min(count, (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * Rate) + 1);
            while (receipts.Count < due)
            {
                receipts.Add(from.SayAsync(Text(receipts.Count)));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        Check(await Task.WhenAll(receipts));
    }

    private static async Task UnpacedAsync(PapoPerson from, int count)
    {
        var receipts = new Queue<Task<SendReceipt>>();
        for (var i = 0; i < count; i++)
        {
            if (receipts.Count == MostUnpacedAtOnce)
            {
                Check(await receipts.Dequeue());
            }

            receipts.Enqueue(from.SayAsync(Text(i)));
        }

        Check(await Task.WhenAll(receipts));
    }

    private static string Text(int number) => number.ToString("D6", CultureInfo.InvariantCulture).PadRight(Pace.TextSize, '.');

    private static void Check(params ReadOnlySpan<SendReceipt> receipts)
    {
        foreach (var receipt in receipts)
        {
            if (receipt.Problem is { } problem)
            {
                throw new InvalidOperationException($"a message was refused: {problem}");
            }
        }
    }
}
