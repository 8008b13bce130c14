// Owns: proof that a chat in which nothing happens is rarely woken, and ticks again at once when something does.
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Papo.Chat;

namespace Papo.Tests.Chat;

public sealed class TickerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Channel<ChatEvent> _events = Channel.CreateUnbounded<ChatEvent>();
    private readonly Ticker _ticker;

    public TickerTests() => _ticker = new Ticker(_time, _events.Writer);

    [Fact]
    public void It_ticks_every_second_at_first_and_every_15_seconds_once_nothing_happens()
    {
        Assert.Equal(10, TicksIn(10));
        Assert.Equal(1, TicksIn(15));
        Assert.Equal(4, TicksIn(60));
    }

    [Fact]
    public void Whatever_happens_wakes_it_for_as_long_as_anything_takes_to_fade()
    {
        TicksIn(60);
        _ticker.Note(new RepaintEvent(false));
        Assert.Equal(10, TicksIn(10));
        Assert.Equal(0, TicksIn(14));
    }

    [Fact]
    public void While_things_go_on_happening_it_never_rests()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(9, TicksIn(9));
            _ticker.Note(new RepaintEvent(false));
        }
    }

    public void Dispose() => _ticker.Dispose();

    private int TicksIn(int seconds)
    {
        var ticks = 0;
        for (var i = 0; i < seconds; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            while (_events.Reader.TryRead(out var next))
            {
                Assert.IsType<TickEvent>(next);
                _ticker.Note(next);
                ticks++;
            }
        }

        return ticks;
    }
}
