// Owns: the instruments of a hub and their export for Prometheus.
// Must never: carry a name, a room or a text: figures only.
using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Papo.Client;

namespace Papo.Hub;

/// <summary>What a hub counts. <see cref="Attach"/> once it runs; <see cref="LookAsync"/> before each export.</summary>
internal sealed class HubMetrics : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CountAgain = TimeSpan.FromSeconds(15);
    private static readonly double[] LagBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly Meter _meter = new("Papo.Hub");
    private readonly TimeProvider _time;
    private IHubBroker? _broker;
    private ChatClient? _client;
    private Held _held = new(0, 0);
    private long _heldAt;
    private int _devices;

    public HubMetrics(TimeProvider time)
    {
        _time = time;
        var lag = _meter.CreateHistogram<double>("papo_durable_lag_seconds", null, "From receiving a message to having it on disk.");
        Figures = new ClientFigures(time) { Durable = taken => lag.Record(taken.TotalSeconds) };
        Observe();
        Provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(static resource => resource.Clear().AddService("papo-hub", autoGenerateServiceInstanceId: false))
            .AddMeter(_meter.Name)
            .AddView(instrument => View(instrument, lag))
            .AddPrometheusExporter()
            .Build();
    }

    /// <summary>For the client of the hub.</summary>
    public ClientFigures Figures { get; }

    /// <summary>Whence the figures are exported.</summary>
    public MeterProvider Provider { get; }

    /// <summary>The hub is up.</summary>
    public void Attach(IHubBroker broker, ChatClient client) => (_broker, _client) = (broker, client);

    /// <summary>Asks the client for what cannot be counted in passing; what it does not answer in time stays as it was.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        if (_client is not { } client)
        {
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            var people = await client.WhoAsync(null, patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
            _devices = people.Sum(static person => person.Devices);
            if (_heldAt == 0 || _time.GetElapsedTime(_heldAt) > CountAgain)
            {
                _held = await client.HeldAsync(patience.Token).WaitAsync(patience.Token).ConfigureAwait(false);
                _heldAt = _time.GetTimestamp();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // It is busy, or its disk has failed: the other figures say so.
        }
    }

    public void Dispose()
    {
        Provider.Dispose();
        _meter.Dispose();
    }

    private void Observe()
    {
        Count("papo_messages", "Messages and other entries of people taken into the archive.", () => Figures.Messages);
        Count("papo_healed_entries", "Entries that were missing in the archive and were fetched from somebody.", () => Figures.Healed);
        Count("papo_refused_requests", "Requests of other devices that were not answered: not authentic, or too many at once.", () => Figures.RefusedRequests);
        Count("papo_broker_restarts", "How often the broker had to be started again.", () => _broker?.Restarts ?? 0);
        Gauge("papo_durable_lag_oldest_seconds", "How long the oldest message received and not on disk has waited.", () => Figures.Lag.TotalSeconds);
        Gauge("papo_archive_bytes", "Size of the archive.", () => _held.Bytes);
        Gauge("papo_archive_entries", "Entries that were ever stored in the archive.", () => _held.Entries);
        Gauge("papo_connected_devices", "Devices of people that say they are here.", () => _devices);
        Gauge("papo_broker_up", "1 where the broker takes connections.", () => _broker is { Accepts: true } ? 1 : 0);
        Gauge("papo_archive_connected", "1 where the archive is connected to the broker.", () => _client is { Connection.Up: true } ? 1 : 0);
        _meter.CreateObservableCounter("papo_deliveries", () => OfBroker(static figures => figures.Deliveries), null, "Messages that the embedded broker gave to clients.");
        _meter.CreateObservableCounter("papo_broker_dropped", () => OfBroker(static figures => figures.DroppedMessages), null, "Messages dropped because too many waited for their receiver.");
        _meter.CreateObservableCounter("papo_broker_refused_connections", () => OfBroker(static figures => figures.RefusedConnections), null, "Connections refused because too many were open.");
        _meter.CreateObservableGauge("papo_broker_connections", () => OfBroker(static figures => figures.Connections), null, "Open connections of the embedded broker.");
        _meter.CreateObservableGauge("papo_broker_pending_bytes", () => OfBroker(static figures => figures.PendingBytes), null, "Bytes of messages that wait for clients.");
    }

    // Meters are found by name: those of another hub in this process are not ours.
    private MetricStreamConfiguration? View(Instrument instrument, Instrument lag) =>
        instrument.Meter != _meter ? MetricStreamConfiguration.Drop
        : instrument == lag ? new ExplicitBucketHistogramConfiguration { Boundaries = LagBounds }
        : null;

    private void Count(string name, string about, Func<long> value) => _meter.CreateObservableCounter(name, value, null, about);

    private void Gauge(string name, string about, Func<double> value) => _meter.CreateObservableGauge(name, value, null, about);

    // Only the embedded broker can tell; where it is another one the figure is absent rather than zero.
    private IEnumerable<Measurement<long>> OfBroker(Func<BrokerFigures, long> figure) =>
        _broker is EmbeddedBroker embedded ? [new Measurement<long>(figure(embedded.Figures))] : [];
}
