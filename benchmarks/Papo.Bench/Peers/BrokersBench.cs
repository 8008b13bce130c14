// Owns: the same clients on several brokers, in turns: Mosquitto, ejabberd's MQTT, the embedded one.
// Must never: give one of them a setting that spares it work the others do.
using Papo.Hub;

namespace Papo.Bench;

/// <summary>One-way latency; the floor is bare sockets on Mosquitto.</summary>
internal static class BrokersBench
{
    public static async Task RunAsync(Size size, Report report)
    {
        await using var mosquitto = await Broker.StartAsync("nodelay");
        await using var ejabberd = await PeerServer.StartAsync("ejabberd");
        await using var embedded = await EmbeddedBroker.StartAsync(new EmbeddedBrokerOptions { Port = 0 }, CancellationToken.None);
        Broker[] brokers = [mosquitto, .. ejabberd is null ? [] : new[] { Broker.Of("ejabberd", ejabberd.MqttPort, "any") }, Broker.Of("embedded", embedded.Port, null)];
        var talks = new List<ITalk>();
        try
        {
            foreach (var broker in brokers)
            {
                talks.Add(await RawTalk.StartAsync(broker));
                talks.Add(await SessionTalk.StartAsync(broker));
                talks.Add(await PlainTalk.StartAsync(broker));
                talks.Add(await PapoTalk.StartAsync(broker, Disk.All[0]));
            }

            await LatencyBench.MeasureAsync("several, no delay", talks, size, report);
        }
        finally
        {
            foreach (var talk in talks)
            {
                await talk.DisposeAsync();
            }
        }
    }
}
