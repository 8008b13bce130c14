// Owns: one-way times of numbered messages of one round.
// Must never: miss a message in silence; whoever waits gets a TimeoutException.
using System.Diagnostics;

namespace Papo.Bench;

/// <summary>When each message of a round was said and heard.</summary>
internal sealed class Arrivals(int count)
{
    private readonly long[] _said = new long[count];
    private readonly double[] _times = new double[count];
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _heard;

    public void Said(int number) => Volatile.Write(ref _said[number], Stopwatch.GetTimestamp());

    public void Heard(int number)
    {
        var now = Stopwatch.GetTimestamp();
        if (_times[number] == 0)
        {
            _times[number] = Stopwatch.GetElapsedTime(Volatile.Read(ref _said[number]), now).TotalMicroseconds;
            if (++_heard == count)
            {
                _all.TrySetResult();
            }
        }
    }

    public async Task<IReadOnlyList<double>> AllAsync()
    {
        await _all.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        return _times;
    }
}
