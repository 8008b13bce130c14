// Owns: the three steps in which a connection ends, on virtual time.
// Must never: need a broker.
using Microsoft.Extensions.Time.Testing;
using MQTTnet.Packets;
using Papo.Hub;

namespace Papo.Tests.Broker;

public sealed class LastPacketTests : IDisposable
{
    private static readonly MqttPacket Goodbye = new MqttDisconnectPacket();
    private readonly FakeTimeProvider _time = new();
    private readonly EmbeddedBrokerOptions _options;
    private readonly LastPacket _last;
    private readonly CancellationTokenSource _cancelled = new();

    public LastPacketTests()
    {
        _options = new EmbeddedBrokerOptions { Time = _time };
        _last = new LastPacket(_options);
    }

    [Fact]
    public async Task The_end_is_told_when_the_sender_stands_still_and_not_before()
    {
        Assert.False(_last.Awaited);
        Assert.IsType<MqttPingReqPacket>(_last.Await(Goodbye));
        Assert.True(_last.Awaited);
        var end = _last.TakeAsync(untilCancelled: false, CancellationToken.None);
        Assert.False(end.IsCompleted);

        var sender = _last.StandAsync(_cancelled.Token);
        Assert.Same(Goodbye, await end);

        Assert.False(sender.IsCompleted);
        await _cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender);
    }

    [Fact]
    public async Task A_failure_is_thrown_again_as_it_was()
    {
        var failure = new IOException("o cabo caiu");
        _last.Await(failure);
        _ = _last.StandAsync(_cancelled.Token);

        Assert.Same(failure, await Assert.ThrowsAsync<IOException>(() => _last.TakeAsync(untilCancelled: false, CancellationToken.None)));
    }

    [Fact]
    public async Task A_sender_that_never_comes_is_awaited_no_longer_than_a_close_may_take()
    {
        _last.Await((MqttPacket?)null);
        var end = _last.TakeAsync(untilCancelled: false, CancellationToken.None);

        _time.Advance(_options.CloseTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(end.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await end);
    }

    [Fact]
    public async Task Where_a_goodbye_is_still_to_be_sent_the_end_waits_for_the_cancellation()
    {
        _last.Await(Goodbye);
        var sender = _last.StandAsync(_cancelled.Token);
        var end = _last.TakeAsync(untilCancelled: true, _cancelled.Token);
        Assert.False(end.IsCompleted);

        await _cancelled.CancelAsync();
        Assert.Same(Goodbye, await end);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender);
    }

    public void Dispose() => _cancelled.Dispose();
}
