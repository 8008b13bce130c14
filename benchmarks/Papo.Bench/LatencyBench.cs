// Owns: one-way latency at QoS 1 of every kind of client on one broker, in turns, so that a busy moment meets all of them.
// Must never: let one kind run while another is measured.
namespace Papo.Bench;

/// <summary>A user says something; when does the other see it?</summary>
internal static class LatencyBench
{
    public static async Task RunAsync(string brokerKind, Size size, Report report, bool withPeers = false)
    {
        await using var broker = await Broker.StartAsync(brokerKind);
        var talks = new List<ITalk>();
        try
        {
            foreach (var disk in Disk.All)
            {
                talks.Add(await PapoTalk.StartAsync(broker, disk));
            }

            talks.Add(await SessionTalk.StartAsync(broker));
            talks.Add(await PlainTalk.StartAsync(broker));
            talks.Add(new SignatureTalk());
            if (await PahoTalk.StartAsync(broker) is { } paho)
            {
                talks.Add(paho);
            }

            foreach (var kind in PeerServer.Kinds.Where(_ => withPeers))
            {
                if (await PeerServer.StartAsync(kind) is { } server)
                {
                    talks.Add(await PeerTalk.StartAsync(server));
                }
            }

            await MeasureAsync(brokerKind, talks, size, report);
        }
        finally
        {
            foreach (var talk in talks)
            {
                await talk.DisposeAsync();
            }
        }
    }

    public static async Task MeasureAsync(string brokerKind, List<ITalk> talks, Size size, Report report)
    {
        foreach (var talk in talks)
        {
            await talk.SayAsync(Size.WarmUp, back: false);
            await talk.SayAsync(Size.WarmUp, back: true);
            (talk as PapoTalk)?.Receipts.Clear();
        }

        var times = talks.ToDictionary(static talk => talk.Kind, static _ => new List<double>());
        var allocated = talks.ToDictionary(static talk => talk.Kind, static _ => 0L);
        for (var round = 0; round < size.Rounds; round++)
        {
            foreach (var talk in talks)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                times[talk.Kind].AddRange(await talk.SayAsync(size.PerRound, back: round % 2 == 1));
                allocated[talk.Kind] += GC.GetTotalAllocatedBytes(precise: true) - before;
            }
        }

        var floor = Quantiles.Of(times["session"]).P50;
        var signatures = times.TryGetValue(SignatureTalk.Name, out var signing) ? Quantiles.Of(signing).P50 : default(double?);
        var plain = times.TryGetValue("mqttnet", out var bare) ? Quantiles.Of(bare) : null;
        foreach (var talk in talks)
        {
            var quantiles = Quantiles.Of(times[talk.Kind]);
            report.Add(new LatencyRow(brokerKind, talk.Kind, times[talk.Kind].Count, quantiles, quantiles.P50 / floor,
                talk is PahoTalk or PeerTalk or SignatureTalk ? null : allocated[talk.Kind] / times[talk.Kind].Count, (talk as PapoTalk)?.Receipts is { } receipts ? Quantiles.Of(receipts) : null,
                talk is PapoTalk ? (quantiles.P50 - signatures) / plain?.P50 : null, talk is PapoTalk ? (quantiles.P99 - signatures) / plain?.P99 : null));
        }
    }
}
