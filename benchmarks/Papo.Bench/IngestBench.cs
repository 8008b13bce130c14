// Owns: how fast a hub takes in what was signed beforehand: each entry verified, every batch durable.
// Must never: count an entry before it is acknowledged, which a hub does after its commit.
using System.Diagnostics.Metrics;
using System.Globalization;
using Papo.Client;
using Papo.Hub;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>One hub, 20 devices, 5 rooms; the feeding connection costs next to nothing.</summary>
internal static class IngestBench
{
    public static async Task RunAsync(Disk disk, Size size, Report report)
    {
        var space = SpaceCard.TryRead(new SpaceCard(new SpaceId(new UInt128(1, 2)), 1_700_000_000_000).Encode(), out var card) ? card : throw new InvalidOperationException();
        var load = SignedLoad.Make(space.Space, devices: 20, rooms: 5, texts: size.Ingest + 5_000);
        await using var broker = new LoadBroker(space);
        var home = disk.MakeFolder();
        try
        {
            await using var hub = await HubNode.StartAsync(new HubOptions { Home = new Home(home.FullName), Broker = new BrokerPlan.Outside(broker.Address, new Credentials()), Title = "bench", Http = new HttpOptions { Addresses = [System.Net.IPAddress.Loopback], Port = 0 } }, CancellationToken.None);
            var reading = DrainAsync(hub);
            await broker.Subscribed;
            await broker.FeedAsync([.. load.Births.Concat(load.Texts.Take(5_000)).Select(LoadBroker.Encode)]);
            var packets = load.Texts.Skip(5_000).Select(LoadBroker.Encode).ToList();
            using var lag = new Lag();
            var processor = Environment.CpuUsage.TotalTime;
            var taken = await broker.FeedAsync(packets);
            report.Add(new IngestRow(disk.Name, packets.Count, packets.Count / taken.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMicroseconds / packets.Count, lag.Quantiles));
            await hub.DisposeAsync();
            await reading;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static async Task DrainAsync(HubNode hub)
    {
        await foreach (var change in hub.Changes.ReadAllAsync())
        {
            if (change is Noticed noticed)
            {
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{noticed.Notice.Kind} {noticed.Notice.Text}"));
            }
        }
    }

    /// <summary>How long each message waited inside the hub until it was on the disk, as the hub itself reports it.</summary>
    private sealed class Lag : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly List<double> _waited = [];
        private readonly MeterListener _listener = new();

        public Lag()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Name == "papo_durable_lag_seconds")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) =>
            {
                lock (_gate)
                {
                    _waited.Add(seconds * 1e6);
                }
            });
            _listener.Start();
        }

        public Quantiles Quantiles
        {
            get
            {
                lock (_gate)
                {
                    return Quantiles.Of(_waited);
                }
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
