// Owns: proof that a connection is kept alive and its death noticed in time, without a look more than that needs; on virtual time.
// Must never: need a broker.
using Microsoft.Extensions.Time.Testing;
using Papo.Client.Wire;

namespace Papo.Tests.Wire;

public sealed class LivenessTests : IAsyncDisposable
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(32);

    private readonly CountingTime _time = new();
    private readonly MemoryStream _line = new();
    private readonly Liveness _liveness;
    private ConnectFailure? _end;

    public LivenessTests()
    {
        var writer = new PacketWriter(_line, _time, static failure => throw failure);
        _liveness = new Liveness(writer, KeepAlive, _time, failure => _end ??= failure);
    }

    private int Pings => (int)_line.Length / 2; // 0xC0 0x00

    [Fact]
    public void A_quiet_line_is_pinged_before_the_broker_may_close_it_and_hardly_looked_at()
    {
        var longest = 0;
        for (var (second, quiet, seen) = (0, 0, 0); second < 600; second++)
        {
            Pass();
            quiet = Pings > seen ? 0 : quiet + 1;
            longest = Math.Max(longest, quiet);
            if (Pings > seen)
            {
                seen = Pings;
                _liveness.Received(); // the answer
            }
        }

        Assert.Null(_end);
        Assert.InRange(longest, 20, 31);
        Assert.Equal(600 / 24, Pings);
        Assert.InRange(_time.Fired, Pings, Pings * 2);
    }

    [Fact]
    public void Silence_ends_it_within_one_and_three_eighths_of_the_time_after_two_pings_at_most()
    {
        var seconds = 0;
        for (; _end is null && seconds < 100; seconds++)
        {
            Pass();
        }

        Assert.Equal(ConnectFailureKind.Lost, _end?.Kind);
        Assert.InRange(seconds, 40, 44);
        Assert.InRange(Pings, 1, 2);
    }

    [Fact]
    public void Silence_that_begins_right_after_a_word_is_noticed_as_soon()
    {
        for (var i = 0; i < 23; i++)
        {
            Pass();
        }

        _liveness.Received();
        var seconds = 0;
        for (; _end is null && seconds < 100; seconds++)
        {
            Pass();
        }

        Assert.InRange(seconds, 40, 44);
    }

    [Fact]
    public void While_nothing_is_read_by_choice_nothing_ends()
    {
        _liveness.Reading(false);
        for (var i = 0; i < 300; i++)
        {
            Pass();
        }

        Assert.Null(_end);
        Assert.InRange(Pings, 9, 20); // it still says something every keep-alive time
        _liveness.Reading(true);
        for (var i = 0; i < 44; i++)
        {
            Pass();
        }

        Assert.NotNull(_end);
    }

    public async ValueTask DisposeAsync()
    {
        await _liveness.DisposeAsync();
        await _line.DisposeAsync();
    }

    private void Pass() => _time.Advance(TimeSpan.FromSeconds(1));

    private sealed class CountingTime : FakeTimeProvider
    {
        public int Fired { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(
            given =>
            {
                Fired++;
                callback(given);
            },
            state,
            dueTime,
            period);
    }
}
