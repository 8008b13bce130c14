// Owns: the community's clock as one device sees it, and the timers that wake this device.
// Must never: fire a timer outside the community's order of events.
namespace Papo.Simulation;

/// <summary>A <see cref="TimeProvider"/> on virtual time; <paramref name="fired"/> runs after a timer of this device has.</summary>
internal sealed class DeviceClock(VirtualTime time, Action fired) : TimeProvider
{
    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => time.Now;

    public override DateTimeOffset GetUtcNow() => time.Wall;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new OneShot(time, () =>
        {
            callback(state);
            fired();
        });
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class OneShot(VirtualTime time, Action fire) : ITimer
    {
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var setting = ++_setting;
            if (period != Timeout.InfiniteTimeSpan)
            {
                throw new NotSupportedException("the engine sets its timer anew each time");
            }

            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time.At(time.Now + (long)Math.Ceiling(dueTime.TotalMilliseconds), () => Fire(setting));
            }

            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(int setting)
        {
            if (setting == _setting)
            {
                fire();
            }
        }
    }
}
