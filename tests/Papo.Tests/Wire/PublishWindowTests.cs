// Owns the proof that never more than the window is unacknowledged, in order, and nothing is sent twice.
using System.Buffers.Binary;
using System.Text;
using System.Threading.Channels;
using Papo.Client.Wire;
using Papo.Tests.World;

namespace Papo.Tests.Wire;

public sealed class PublishWindowTests
{
    [Fact]
    public async Task Never_more_than_twenty_publishes_are_unacknowledged_and_they_leave_in_order()
    {
        var seen = Channel.CreateUnbounded<(ushort Id, string Text)>();
        var acks = Channel.CreateUnbounded<ushort>();
        await using var broker = Holding(FakeBroker.ConnAck, seen.Writer, acks.Reader);
        await using var ana = await Device.ConnectAsync(Device.Options(broker.AddressOf()));
        var outcomes = Enumerable.Range(0, 500).Select(i => ana.Session.PublishAsync(Text(i))).ToArray();

        var open = new Queue<ushort>();
        for (var i = 0; i < 500; i++)
        {
            // The broker sees the next one only after it has answered one of the twenty before it.
            if (open.Count == 20)
            {
                await NothingMoreAsync(ana, seen.Reader);
                await acks.Writer.WriteAsync(open.Dequeue());
            }

            var (id, text) = await seen.Reader.ReadAsync().AsTask().WaitAsync(Device.Soon);
            Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), text);
            Assert.DoesNotContain(id, open);
            open.Enqueue(id);
        }

        while (open.TryDequeue(out var id))
        {
            await acks.Writer.WriteAsync(id);
        }

        Assert.All(await Task.WhenAll(outcomes).WaitAsync(Device.Soon), o => Assert.Equal(PublishStatus.Sent, o.Status));
    }

    [Fact]
    public async Task The_broker_may_make_the_window_smaller()
    {
        var seen = Channel.CreateUnbounded<(ushort Id, string Text)>();
        var acks = Channel.CreateUnbounded<ushort>();
        await using var broker = Holding([0x20, 6, 0, 0, 3, 0x21, 0, 2], seen.Writer, acks.Reader);
        await using var ana = await Device.ConnectAsync(Device.Options(broker.AddressOf()));
        Assert.Equal(2, ana.Session.Broker?.ReceiveMaximum);
        var outcomes = Enumerable.Range(0, 3).Select(i => ana.Session.PublishAsync(Text(i))).ToArray();
        var first = await seen.Reader.ReadAsync().AsTask().WaitAsync(Device.Soon);
        await seen.Reader.ReadAsync().AsTask().WaitAsync(Device.Soon);
        await NothingMoreAsync(ana, seen.Reader);
        await acks.Writer.WriteAsync(first.Id);
        Assert.Equal("2", (await seen.Reader.ReadAsync().AsTask().WaitAsync(Device.Soon)).Text);
        Assert.Equal(PublishStatus.Sent, (await outcomes[0].WaitAsync(Device.Soon)).Status);
    }

    [Fact]
    public async Task When_the_connection_ends_what_was_written_is_lost_and_what_waited_is_not_sent()
    {
        var seen = Channel.CreateUnbounded<(ushort Id, string Text)>();
        var acks = Channel.CreateUnbounded<ushort>();
        await using var broker = Holding(FakeBroker.ConnAck, seen.Writer, acks.Reader);
        await using var proxy = new Proxy(broker.Port);
        await using var ana = await Device.ConnectAsync(Device.Options(proxy.Address));
        var outcomes = Enumerable.Range(0, 25).Select(i => ana.Session.PublishAsync(Text(i))).ToArray();
        for (var i = 0; i < 20; i++)
        {
            await seen.Reader.ReadAsync().AsTask().WaitAsync(Device.Soon);
        }

        proxy.Cut();
        var ended = await Task.WhenAll(outcomes).WaitAsync(Device.Soon);
        Assert.All(ended[..20], o => Assert.Equal(PublishStatus.Lost, o.Status));
        Assert.All(ended[20..], o => Assert.Equal(PublishStatus.NotSent, o.Status));

        // Nothing of it goes out again by itself.
        await ana.NextAsync<SessionEvent.Up>();
        await NothingMoreAsync(ana, seen.Reader);
    }

    [Fact]
    public async Task A_cancelled_publish_that_waited_is_not_sent_and_one_written_keeps_its_place()
    {
        var seen = Channel.CreateUnbounded<(ushort Id, string Text)>();
        var acks = Channel.CreateUnbounded<ushort>();
        await using var broker = Holding(FakeBroker.ConnAck, seen.Writer, acks.Reader);
        await using var ana = await Device.ConnectAsync(Device.Options(broker.AddressOf()) with { Window = 1 });
        using var cancel = new CancellationTokenSource();
        var written = ana.Session.PublishAsync(Text(0), cancel.Token);
        var waiting = ana.Session.PublishAsync(Text(1), cancel.Token);
        var last = ana.Session.PublishAsync(Text(2));
        var first = await seen.Reader.ReadAsync().AsTask().WaitAsync(Device.Soon);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => written.WaitAsync(Device.Soon));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Device.Soon));
        await NothingMoreAsync(ana, seen.Reader);
        await acks.Writer.WriteAsync(first.Id);
        var next = await seen.Reader.ReadAsync().AsTask().WaitAsync(Device.Soon);
        Assert.Equal("2", next.Text);
        await acks.Writer.WriteAsync(next.Id);
        Assert.True((await last.WaitAsync(Device.Soon)).IsSent);
    }

    [Fact]
    public async Task A_refusal_frees_its_place_and_says_why()
    {
        await using var broker = new FakeBroker(async (stream, stop) =>
        {
            await FakeBroker.ReadPacketAsync(stream, stop);
            await stream.WriteAsync(FakeBroker.ConnAck, stop);
            while (true)
            {
                var (_, body) = await FakeBroker.ReadPacketAsync(stream, stop);
                await stream.WriteAsync(new byte[] { 0x40, 3, body[3], body[4], 0x97 }, stop);
            }
        });
        await using var ana = await Device.ConnectAsync(Device.Options(broker.AddressOf()) with { Window = 1 });
        for (var i = 0; i < 3; i++)
        {
            var outcome = await ana.Session.PublishAsync(Text(i)).WaitAsync(Device.Soon);
            Assert.Equal((PublishStatus.Refused, 0x97, false), (outcome.Status, outcome.ReasonCode, outcome.IsSent));
        }
    }

    [Fact]
    public async Task Without_a_connection_nothing_is_sent_and_nothing_waits()
    {
        await using var ana = new Device(Device.Options(Address($"mqtt://127.0.0.1:{FreePort.Next()}"))).Start();
        Assert.Equal(PublishStatus.NotSent, (await ana.Session.PublishAsync(Text(0)).WaitAsync(Device.Soon)).Status);
        Assert.False((await ana.Session.SubscribeAsync([new("a", 1)]).WaitAsync(Device.Soon)).Answered);
        Assert.False(await ana.Session.UnsubscribeAsync(["a"]).WaitAsync(Device.Soon));
        Assert.Null(ana.Session.Broker);
    }

    [Fact]
    public async Task A_peer_that_stops_reading_gets_no_endless_queue_of_unanswered_messages()
    {
        await using var broker = new FakeBroker(async (stream, stop) =>
        {
            await FakeBroker.ReadPacketAsync(stream, stop);
            await stream.WriteAsync(FakeBroker.ConnAck, stop);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        });
        await using var ana = await Device.ConnectAsync(Device.Options(broker.AddressOf()));
        var payload = new byte[512 * 1024];
        var all = Enumerable.Range(0, 100).Select(_ => ana.Session.PublishAsync(new PublishMessage("t", payload) { Qos = 0 })).ToArray();
        var refused = await all[^1].WaitAsync(Device.Soon);
        Assert.Equal(PublishStatus.NotSent, refused.Status);
        await ana.DisposeAsync();
        var ended = await Task.WhenAll(all).WaitAsync(Device.Soon);
        Assert.Contains(ended, o => o.Status == PublishStatus.Lost);
    }

    private static PublishMessage Text(int i) => new("t", Encoding.ASCII.GetBytes(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static BrokerAddress Address(string text)
    {
        Assert.True(BrokerAddress.TryParse(text, out var address, out var problem), problem);
        return address;
    }

    // SUBSCRIBE goes through the same pipe and the fake answers at once: when the answer is here, everything written before it was seen.
    private static async Task NothingMoreAsync(Device device, ChannelReader<(ushort Id, string Text)> seen)
    {
        await device.SubscribeAsync("barrier");
        Assert.False(seen.TryPeek(out _));
    }

    // Takes publishes and answers only those it is told to; topic "t", no properties.
    private static FakeBroker Holding(byte[] connAck, ChannelWriter<(ushort Id, string Text)> seen, ChannelReader<ushort> acks) => new(async (stream, stop) =>
    {
        await FakeBroker.ReadPacketAsync(stream, stop);
        await stream.WriteAsync(connAck, stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var answering = AnswerAsync(stream, acks, end.Token);
        try
        {
            while (true)
            {
                var (type, body) = await FakeBroker.ReadPacketAsync(stream, stop);
                if (type == 0x82)
                {
                    await stream.WriteAsync(new byte[] { 0x90, 4, body[0], body[1], 0, 1 }, stop);
                }
                else if (type >> 4 == 3)
                {
                    await seen.WriteAsync((BinaryPrimitives.ReadUInt16BigEndian(body.AsSpan(3)), Encoding.ASCII.GetString(body.AsSpan(6))), stop);
                }
            }
        }
        finally
        {
            await end.CancelAsync();
            await answering;
        }
    });

    private static async Task AnswerAsync(Stream stream, ChannelReader<ushort> acks, CancellationToken stop)
    {
        try
        {
            await foreach (var id in acks.ReadAllAsync(stop))
            {
                await stream.WriteAsync(new byte[] { 0x40, 2, (byte)(id >> 8), (byte)id }, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // This connection is over; the next one goes on reading the same channel.
        }
    }
}
