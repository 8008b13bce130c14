// Owns: what many listeners together have heard: how many messages, and how long each was on its way.
// Must never: count a delivery that did not arrive.
using System.Diagnostics;

namespace Papo.Bench;

/// <summary>One count for all of them.</summary>
internal sealed class Deliveries
{
    private readonly Lock _gate = new();
    private List<double> _latency = [];
    private long _heard;

    /// <summary>Somebody hears what was said at <paramref name="saidAt"/>, a timestamp of <see cref="Stopwatch"/>.</summary>
    public void Heard(long saidAt)
    {
        var taken = Stopwatch.GetElapsedTime(saidAt).TotalMicroseconds;
        lock (_gate)
        {
            _latency.Add(taken);
            _heard++;
        }
    }

    /// <summary>The ways since this was asked last.</summary>
    public Quantiles TakeLatency()
    {
        lock (_gate)
        {
            var taken = Quantiles.Of(_latency);
            _latency = [];
            return taken;
        }
    }

    /// <summary>Returns when so many have arrived since the beginning.</summary>
    public async Task UntilAsync(long count, TimeSpan patience)
    {
        var began = Stopwatch.GetTimestamp();
        while (Interlocked.Read(ref _heard) < count)
        {
            if (Stopwatch.GetElapsedTime(began) > patience)
            {
                throw new TimeoutException($"{Interlocked.Read(ref _heard)} of {count} deliveries");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }
}
