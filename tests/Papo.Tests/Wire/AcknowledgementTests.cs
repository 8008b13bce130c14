// Owns the proof that the broker is told only after the owner has committed, and that a slow owner slows the broker.
using Papo.Client.Wire;
using Papo.Tests.World;

namespace Papo.Tests.Wire;

public sealed class AcknowledgementTests
{
    private static readonly string[] OneToFive = ["1", "2", "3", "4", "5"];

    [Fact]
    public async Task What_was_not_acknowledged_is_delivered_again_and_marked()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(broker.Port);
        await using var bia = await Device.ConnectAsync(Lasting(Address(proxy.Port), "bia"));
        await bia.SubscribeAsync("t");
        await using var ana = await Device.ConnectAsync(Device.Options(broker.Address, "ana"));
        foreach (var text in OneToFive)
        {
            await ana.PublishAsync("t", text);
        }

        // All five arrive before the first is acknowledged; two of them are committed, together and in order.
        var first = await TakeAsync(bia, 5);
        Assert.Equal(OneToFive, first.Select(Text));
        Assert.All(first, m => Assert.False(m.Duplicate));
        InboundMessage.AcknowledgeAll([first[0], first[1]]);
        await bia.SubscribeAsync("barrier"); // The broker has read what went before.

        proxy.Cut();
        Assert.True((await bia.NextAsync<SessionEvent.Up>()).Broker.SessionPresent);
        var again = await TakeAsync(bia, 3);
        Assert.Equal(["3", "4", "5"], again.Select(Text));
        Assert.All(again, m => Assert.True(m.Duplicate));

        // To acknowledge on a connection that is gone does nothing, and twice is once.
        first[2].Acknowledge();
        again[0].Acknowledge();
        again[0].Acknowledge();
        InboundMessage.AcknowledgeAll([.. first, .. again]);
        await bia.SubscribeAsync("barrier");
        proxy.Cut();
        await bia.NextAsync<SessionEvent.Up>();
        await ana.PublishAsync("t", "6");
        Assert.Equal("6", Text(await bia.MessageAsync()));
    }

    [Fact]
    public async Task Messages_carry_the_generation_of_their_connection()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var proxy = new Proxy(broker.Port);
        await using var bia = await Device.ConnectAsync(Lasting(Address(proxy.Port), "bia"));
        await bia.SubscribeAsync("t");
        await using var ana = await Device.ConnectAsync(Device.Options(broker.Address, "ana"));
        await ana.PublishAsync("t", "x");
        Assert.Equal(1, (await bia.NextAsync<SessionEvent.Arrived>()).Generation);
        proxy.Cut();
        Assert.Equal(2, (await bia.NextAsync<SessionEvent.Up>()).Broker.Generation);
        Assert.Equal(2, (await bia.NextAsync<SessionEvent.Arrived>()).Generation);
    }

    [Fact]
    public async Task While_the_owner_makes_us_wait_nothing_more_is_read()
    {
        await using var broker = await Mosquitto.StartAsync();
        var gate = new TaskCompletionSource();
        var up = new TaskCompletionSource();
        var entered = 0;
        var some = new TaskCompletionSource();
        await using var bia = new Session(Device.Options(broker.Address, "bia"), async told =>
        {
            if (told is SessionEvent.Up)
            {
                up.TrySetResult();
            }
            else if (told is SessionEvent.Arrived && Interlocked.Increment(ref entered) > 0)
            {
                some.TrySetResult();
                await gate.Task;
            }
        });
        bia.Start();
        await up.Task.WaitAsync(Device.Soon);
        Assert.True((await bia.SubscribeAsync([new("t", 0)]).WaitAsync(Device.Soon)).AllGranted);
        await using var ana = await Device.ConnectAsync(Device.Options(broker.Address, "ana"));
        for (var i = 0; i < 50; i++)
        {
            await ana.PublishAsync("t", "x");
        }

        await some.Task.WaitAsync(Device.Soon);
        Assert.Equal(1, Volatile.Read(ref entered));
        Assert.False(bia.UnsubscribeAsync(["t"]).IsCompleted); // Its answer stands behind messages nobody takes.

        // A session that ends does not wait for its owner.
        await bia.DisposeAsync().AsTask().WaitAsync(Device.Soon);
        Assert.Equal(1, Volatile.Read(ref entered));
        gate.SetResult();
    }

    [Fact]
    public async Task An_owner_that_throws_ends_the_session_and_is_heard_at_dispose()
    {
        await using var broker = await Mosquitto.StartAsync();
        var session = new Session(Device.Options(broker.Address), told => told is SessionEvent.Up ? throw new FormatException("no") : default);
        session.Start();
        await broker.UntilLoggedAsync("Client ana closed its connection");
        Assert.Equal("no", (await Assert.ThrowsAsync<FormatException>(async () => await session.DisposeAsync())).Message);
    }

    private static SessionOptions Lasting(BrokerAddress address, string name) => Device.Options(address, name) with { SessionExpirySeconds = 300 };

    private static async Task<InboundMessage[]> TakeAsync(Device device, int count)
    {
        var taken = new InboundMessage[count];
        for (var i = 0; i < count; i++)
        {
            taken[i] = await device.MessageAsync();
        }

        return taken;
    }

    private static string Text(InboundMessage message) => System.Text.Encoding.UTF8.GetString(message.Payload.Span);

    private static BrokerAddress Address(int port)
    {
        Assert.True(BrokerAddress.TryParse($"127.0.0.1:{port}", out var address, out _));
        return address;
    }
}
