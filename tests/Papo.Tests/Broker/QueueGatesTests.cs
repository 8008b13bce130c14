// Owns: who is let to a session's queue, and when, on virtual time.
// Must never: need a broker.
using Microsoft.Extensions.Time.Testing;
using Papo.Hub;

namespace Papo.Tests.Broker;

public sealed class QueueGatesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly EmbeddedBrokerOptions _options;
    private readonly QueueGates _gates;

    public QueueGatesTests()
    {
        _options = new EmbeddedBrokerOptions { Time = _time };
        _gates = new QueueGates(_options);
    }

    [Fact]
    public async Task Publishers_do_not_wait_for_each_other()
    {
        await _gates.EnterAsync("ana");
        var second = _gates.EnterAsync("ana");

        Assert.True(second.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_resumption_waits_for_who_is_inside_and_keeps_out_who_comes()
    {
        await _gates.EnterAsync("ana");
        var holding = _gates.HoldAsync("ana");
        Assert.False(holding.IsCompleted);
        var late = _gates.EnterAsync("ana").AsTask();

        _gates.Leave("ana");
        using (await holding)
        {
            Assert.False(late.IsCompleted);
        }

        await late;
    }

    [Fact]
    public async Task Two_resumptions_both_have_to_end()
    {
        var first = await _gates.HoldAsync("ana");
        var second = await _gates.HoldAsync("ana");
        var publisher = _gates.EnterAsync("ana").AsTask();

        first.Dispose();
        first.Dispose(); // counts once
        Assert.False(publisher.IsCompleted);
        second.Dispose();
        await publisher;
    }

    [Fact]
    public async Task A_resumption_that_never_ends_holds_publishers_no_longer_than_a_close_may_take()
    {
        await _gates.HoldAsync("ana");
        var publisher = _gates.EnterAsync("ana").AsTask();

        _time.Advance(_options.CloseTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(publisher.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await publisher;
    }

    [Fact]
    public async Task A_publisher_that_never_leaves_holds_a_resumption_no_longer_than_a_close_may_take()
    {
        await _gates.EnterAsync("ana");
        var holding = _gates.HoldAsync("ana");

        Assert.False(holding.IsCompleted);
        _time.Advance(_options.CloseTimeout);
        (await holding).Dispose();
    }
}
