// Owns: what strangers may not do to the broker: stall it, fill its memory, spin its processor, or cost others their chat.
// Must never: pass or fail by time other than a generous patience.
using System.Diagnostics;
using System.Net.WebSockets;
using CsCheck;
using MQTTnet.Protocol;
using Papo.Hub;

namespace Papo.Tests.Broker;

public sealed class BrokerGuardTests
{
    private static readonly byte[] HalfAPublish = [0x30, 100, 0, 3, (byte)'a'];

    [Fact]
    public async Task Half_a_packet_and_then_a_close_spins_no_core()
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { WebSocketPort = 0 });
        for (var i = 0; i < 4; i++)
        {
            using var raw = await RawConnection.JoinAsync(world.Broker.Port, $"half{i}");
            await raw.SendAsync(HalfAPublish);
            raw.EndSending();
            await raw.UntilClosedAsync();
        }

        await HalfOverWebSocketAsync(world);
        using (var raw = await RawConnection.OpenAsync(world.Broker.Port))
        {
            await raw.SendAsync(RawConnection.Connect("cut")[..5]);
            raw.EndSending();
            await raw.UntilClosedAsync();
        }

        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.Connections == 0, "the end of every connection");

        // Other tests use the processor too; four connections that spin would take all of it for the whole interval.
        var lowest = double.MaxValue;
        for (var i = 0; i < 5 && lowest > 0.5; i++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            var started = Stopwatch.GetTimestamp();
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System);
            var used = Process.GetCurrentProcess().TotalProcessorTime - before;
            lowest = Math.Min(lowest, used / Stopwatch.GetElapsedTime(started));
        }

        Assert.True(lowest < Environment.ProcessorCount * 0.9, $"{lowest:f2} cores busy at rest");
    }

    [Fact]
    public async Task An_endless_length_before_CONNECT_is_refused()
    {
        await using var world = await BrokerWorld.StartAsync();
        foreach (var header in new byte[][] { [0x10, 0xFF, 0xFF, 0xFF, 0xFF], [0x10, 0xFF, 0xFF, 0xFF, 0x7F], [0x10, 0x81, 0x80, 0x04] })
        {
            using var raw = await RawConnection.OpenAsync(world.Broker.Port);
            await raw.SendAsync(header);
            Assert.Empty(await raw.ReadAsync());
        }
    }

    [Theory]
    [InlineData(0x30)]
    [InlineData(0xC0)]
    [InlineData(0x00)]
    [InlineData(0x11)]
    [InlineData((int)'G')]
    public async Task A_first_packet_that_is_no_CONNECT_is_refused_by_its_first_byte(int first)
    {
        await using var world = await BrokerWorld.StartAsync();
        using var raw = await RawConnection.OpenAsync(world.Broker.Port);
        await raw.SendAsync((byte)first);
        Assert.Empty(await raw.ReadAsync());
    }

    [Theory]
    [InlineData(0x82)]
    [InlineData(0xA2)]
    public async Task A_subscription_to_nothing_is_a_protocol_error(int first)
    {
        await using var world = await BrokerWorld.StartAsync();
        using var raw = await RawConnection.JoinAsync(world.Broker.Port, "nothing");
        await raw.SendAsync((byte)first, 3, 0, 1, 0);
        var goodbye = await raw.ReadAsync();
        Assert.Equal((0xE0, (byte)MqttDisconnectReasonCode.ProtocolError), (goodbye[0], goodbye[2]));
    }

    [Fact]
    public async Task A_packet_too_large_cuts_only_its_sender_and_names_the_reason()
    {
        await using var world = await BrokerWorld.StartAsync();
        var ana = await world.ConnectAsync("ana");
        var bia = await world.ConnectAsync("bia");
        await bia.SubscribeAsync("chat/general");
        using var raw = await RawConnection.JoinAsync(world.Broker.Port, "huge");
        await raw.SendAsync(0x30, 0x80, 0x80, 0x40);
        var goodbye = await raw.ReadAsync();
        Assert.Equal((0xE0, (byte)MqttDisconnectReasonCode.PacketTooLarge), (goodbye[0], goodbye[2]));
        await raw.UntilClosedAsync();
        await ana.SayAsync("chat/general", "all well");
        Assert.Equal("all well", await bia.HearTextAsync());
    }

    [Fact]
    public async Task The_largest_allowed_message_arrives_whole()
    {
        await using var world = await BrokerWorld.StartAsync();
        var ana = await world.ConnectAsync("ana");
        var bia = await world.ConnectAsync("bia");
        await bia.SubscribeAsync("chat/general");
        var text = new string('x', (1024 * 1024) - 100);
        await ana.SayAsync("chat/general", text);
        Assert.Equal(text, await bia.HearTextAsync());
    }

    [Fact]
    public async Task Silence_before_CONNECT_is_cut()
    {
        await using var world = await BrokerWorld.StartAsync(Hasty with { WebSocketPort = 0 });
        using var silent = await RawConnection.OpenAsync(world.Broker.Port);
        using var silentWeb = await RawConnection.OpenAsync(world.Broker.WebSocketPort!.Value);
        using var upgraded = new ClientWebSocket();
        upgraded.Options.AddSubProtocol("mqtt");
        await upgraded.ConnectAsync(new Uri($"ws://127.0.0.1:{world.Broker.WebSocketPort}/mqtt"), CancellationToken.None);
        Assert.Empty(await silent.ReadAsync());
        Assert.Empty(await silentWeb.ReadAsync());
        await Assert.ThrowsAsync<WebSocketException>(() => upgraded.ReceiveAsync(new byte[10], CancellationToken.None).WaitAsync(BrokerWorld.Patience));
        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.Connections == 0, "the end of every connection");
    }

    [Fact]
    public async Task A_drip_of_bytes_does_not_extend_the_time_to_CONNECT()
    {
        await using var world = await BrokerWorld.StartAsync(Hasty);
        using var raw = await RawConnection.OpenAsync(world.Broker.Port);
        await raw.SendAsync(0x10, 0xFF, 0x7F);
        using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        var drops = 0;
        while (drops < 1_000 && await raw.TrySendAsync([0]))
        {
            drops++;
            await drip.WaitForNextTickAsync();
        }

        Assert.True(drops < 1_000, "the drip was taken for 20 s");
    }

    [Fact]
    public async Task Random_bytes_never_kill_the_broker_and_others_go_on_chatting()
    {
        await using var world = await BrokerWorld.StartAsync(BrokerWorld.OnLoopback with { MaxConnectingPerAddress = 1_000 });
        var ana = await world.ConnectAsync("ana");
        var bia = await world.ConnectAsync("bia");
        await bia.SubscribeAsync("chat/general");
        var garbage = Gen.Byte.Array[0, 300];
        var stream = Gen.Select(Gen.Bool, Gen.Select(Gen.Byte, garbage).Array[1, 5]);
        var count = 0;
        await stream.SampleAsync(
            async s =>
            {
                using var raw = await RawConnection.OpenAsync(world.Broker.Port);
                byte[] packets = [.. s.Item2.SelectMany(p => (byte[])[p.Item1, .. Length(p.Item2.Length), .. p.Item2])];
                await raw.TrySendAsync(s.Item1 ? [.. RawConnection.Connect("noise"), .. packets] : packets);
                var number = Interlocked.Increment(ref count);
                if (number % 50 == 0)
                {
                    await ana.SayAsync("chat/general", $"{number}");
                    Assert.Equal($"{number}", await bia.HearTextAsync());
                }
            },
            iter: 1_000,
            threads: 1);
        Assert.True(ana.IsConnected && bia.IsConnected);
        Assert.True(count >= 1_000);
        await BrokerWorld.EventuallyAsync(() => world.Broker.Figures.Connections == 2, "the end of the noise");
    }

    private static EmbeddedBrokerOptions Hasty => BrokerWorld.OnLoopback with { ConnectTimeout = TimeSpan.FromMilliseconds(300) };

    private static byte[] Length(int length) => length < 128 ? [(byte)length] : [(byte)(length | 0x80), (byte)(length >> 7)];

    private static async Task HalfOverWebSocketAsync(BrokerWorld world)
    {
        using var web = new ClientWebSocket();
        web.Options.AddSubProtocol("mqtt");
        await web.ConnectAsync(new Uri($"ws://127.0.0.1:{world.Broker.WebSocketPort}/mqtt"), CancellationToken.None);
        await web.SendAsync(RawConnection.Connect("web"), WebSocketMessageType.Binary, true, CancellationToken.None);
        var answer = new byte[256];
        await web.ReceiveAsync(answer, CancellationToken.None).WaitAsync(BrokerWorld.Patience);
        Assert.Equal(0x20, answer[0]);
        await web.SendAsync(HalfAPublish, WebSocketMessageType.Binary, true, CancellationToken.None);
        await web.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}
