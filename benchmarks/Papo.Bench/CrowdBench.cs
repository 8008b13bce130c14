// Owns: what 1,000 connected clients get from a broker, alone and with a hub that archives.
// Must never: count a delivery that did not arrive.
using System.Diagnostics;
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
        var crowd = new Deliveries();
        await using var listeners = await Listeners.ArriveAsync(address, "listener", size.Crowd, static _ => ["chat/general"], (_, message) => crowd.Heard(Stamp.Read(message.Payload.Span)));
        await using var speaker = await Listeners.ArriveAsync(address, "speaker", 1, static _ => [], static (_, _) => { });
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
        var outcome = await session.PublishAsync(new PublishMessage("chat/general", Encoding.UTF8.GetBytes(Stamp.Now)) { Papo = LiveEntry.Encode(entry), TextPayload = true });
        if (!outcome.IsSent)
        {
            throw new InvalidOperationException($"refused: {outcome}");
        }
    }
}
