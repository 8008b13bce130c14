// Owns: what 1,000 connected clients get from a broker, alone and with a hub that archives.
// Must never: count a delivery that did not arrive.
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Papo.Client.Wire;
using Papo.Hub;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>One speaker, everybody else listens: first one message at a time, then as fast as the broker takes them.</summary>
internal static class CrowdBench
{
    private const int Paced = 60;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The brokers compared.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["mosquitto", "embedded"];

    public static async Task RunAsync(string kind, bool withHub, Size size, Report report)
    {
        await using var mosquitto = kind == "mosquitto" ? await Broker.StartAsync(Broker.Roomy) : null;
        await using var embedded = kind == "embedded" && !withHub ? await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, CancellationToken.None) : null;
        await using var hub = withHub ? await HubProcess.StartAsync(mosquitto?.Address) : null;
        var address = mosquitto?.Address ?? embedded?.Address ?? HubProcess.Embedded;
        var crowd = new Crowd();
        await using var listeners = await Listeners.ArriveAsync(address, size.Crowd, crowd);
        await using var speaker = await Listeners.ArriveAsync(address, 1, null);
        var load = SignedLoad.Make(new SpaceId(new UInt128(5, 6)), devices: 1, rooms: 1, texts: Paced + size.CrowdMessages);
        var session = speaker.Sessions[0];
        for (var at = 0; at < Paced; at++)
        {
            await SayAsync(session, load.Texts[at]);
            await crowd.UntilAsync((at + 1) * size.Crowd, Patience);
            await Task.Delay(Pause, TimeProvider.System);
        }

        var latency = crowd.TakeLatency();
        var began = Stopwatch.GetTimestamp();
        var pending = new Queue<Task>();
        foreach (var text in load.Texts.Skip(Paced))
        {
            pending.Enqueue(SayAsync(session, text));
            if (pending.Count > 20)
            {
                await pending.Dequeue();
            }
        }

        await Task.WhenAll(pending);
        await crowd.UntilAsync((Paced + size.CrowdMessages) * size.Crowd, Patience);
        var rate = size.CrowdMessages * (double)size.Crowd / Stopwatch.GetElapsedTime(began).TotalSeconds;
        report.Add(new CrowdRow(kind, withHub, size.Crowd, latency, rate, mosquitto?.Memory, hub?.Memory));
    }

    private static async Task SayAsync(Session session, Entry entry)
    {
        var text = Stopwatch.GetTimestamp().ToString("D20", CultureInfo.InvariantCulture);
        var outcome = await session.PublishAsync(new PublishMessage("chat/general", Encoding.UTF8.GetBytes(text)) { Papo = LiveEntry.Encode(entry), TextPayload = true });
        if (!outcome.IsSent)
        {
            throw new InvalidOperationException($"refused: {outcome}");
        }
    }

    /// <summary>What all listeners together have heard.</summary>
    private sealed class Crowd
    {
        private readonly Lock _gate = new();
        private List<double> _latency = [];
        private long _heard;

        public void Heard(InboundMessage message)
        {
            var sent = long.Parse(Encoding.UTF8.GetString(message.Payload.Span), NumberStyles.None, CultureInfo.InvariantCulture);
            var taken = Stopwatch.GetElapsedTime(sent).TotalMicroseconds;
            lock (_gate)
            {
                _latency.Add(taken);
                _heard++;
            }
        }

        public Quantiles TakeLatency()
        {
            lock (_gate)
            {
                var taken = Quantiles.Of(_latency);
                _latency = [];
                return taken;
            }
        }

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

    /// <summary>Connections in #general.</summary>
    private sealed class Listeners(IReadOnlyList<Session> sessions) : IAsyncDisposable
    {
        public IReadOnlyList<Session> Sessions { get; } = sessions;

        public static async Task<Listeners> ArriveAsync(BrokerAddress broker, int count, Crowd? crowd)
        {
            var sessions = new List<Session>();
            for (var at = 0; at < count; at++)
            {
                var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var session = new Session(new SessionOptions { Address = broker, ClientId = $"c{(crowd is null ? "s" : "l")}{at}" }, what => Take(what, up, crowd));
                sessions.Add(session);
                session.Start();
                await up.Task.WaitAsync(Patience, TimeProvider.System);
                if (crowd is not null)
                {
                    await session.SubscribeAsync([new Subscription("chat/general", 1)]);
                }
            }

            return new Listeners(sessions);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var session in Sessions)
            {
                await session.DisposeAsync();
            }
        }

        private static ValueTask Take(SessionEvent what, TaskCompletionSource up, Crowd? crowd)
        {
            if (what is SessionEvent.Up)
            {
                up.TrySetResult();
            }
            else if (what is SessionEvent.Arrived arrived)
            {
                arrived.Message.Acknowledge();
                crowd?.Heard(arrived.Message);
            }

            return ValueTask.CompletedTask;
        }
    }
}
