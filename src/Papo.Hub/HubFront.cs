// Owns: what others reach of a hub: its broker, its certificate, its HTTP port; opened together and closed together.
// Must never: know what is said; the client of the hub does.
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Papo.Client;

namespace Papo.Hub;

internal sealed class HubFront : IAsyncDisposable
{
    private readonly HubMetrics? _metrics;
    private readonly HubHealth? _health;
    private IHubBroker? _broker;
    private HttpDoor? _door;

    private HubFront(HubOptions options)
    {
        if (options.Http is not null)
        {
            _metrics = new HubMetrics(options.Time);
            _health = new HubHealth(_metrics.Figures);
        }
    }

    public IHubBroker Broker => _broker!;

    public HubCertificate? Certificate { get; private set; }

    /// <summary>Where the client of the hub counts, if anybody can see it.</summary>
    public ClientFigures? Figures => _metrics?.Figures;

    public int? HttpPort => _broker is EmbeddedBroker embedded ? embedded.WebSocketPort : _door?.Port;

    public int? HttpsPort => _broker is EmbeddedBroker embedded ? embedded.WebSocketTlsPort : _door?.TlsPort;

    /// <summary>Opens everything; when this returns, clients can connect.</summary>
    /// <exception cref="BrokerPortTakenException">A port is taken.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be listened on.</exception>
    /// <exception cref="MosquittoException">Mosquitto does not run.</exception>
    /// <exception cref="TlsFileException">A certificate cannot be read.</exception>
    /// <exception cref="ProfileException">The folder cannot be used.</exception>
    public static async Task<HubFront> OpenAsync(HubOptions options, string folder, ChannelWriter<BrokerNotice> notices, CancellationToken cancellation)
    {
        var front = new HubFront(options);
        try
        {
            front.Certificate = options.Tls is { } tls && Listening(options) is { } listening
                ? HubCertificate.Open(tls, Path.Combine(folder, "tls"), listening, options.Time, LogOf(options))
                : null;
            front._broker = await front.StartBrokerAsync(options, notices, cancellation).ConfigureAwait(false);
            front._door = await front.OpenDoorAsync(options).ConfigureAwait(false);
            front.Certificate?.Watch(options.Tls!.LookEvery, options.Time, () => (front._broker as SupervisedMosquitto)?.ReloadCertificate());
            return front;
        }
        catch
        {
            await front.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The hub's client runs: health and figures are of it.</summary>
    public void Attach(ChatClient client)
    {
        _health?.Attach(Broker, client);
        _metrics?.Attach(Broker, client);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in (IAsyncDisposable?[])[_door, _broker, Certificate])
        {
            if (part is not null)
            {
                await part.DisposeAsync().ConfigureAwait(false);
            }
        }

        _metrics?.Dispose();
    }

    private static ILogger LogOf(HubOptions options) => options.Log ?? NullLogger.Instance;

    private static IReadOnlyList<IPAddress>? Listening(HubOptions options) => options.Broker switch
    {
        BrokerPlan.Embedded embedded => embedded.Options.Addresses,
        BrokerPlan.Mosquitto mosquitto => mosquitto.Options.Addresses,
        _ => options.Http?.Addresses,
    };

    private async Task<IHubBroker> StartBrokerAsync(HubOptions options, ChannelWriter<BrokerNotice> notices, CancellationToken cancellation) => options.Broker switch
    {
        BrokerPlan.Embedded embedded => await EmbeddedBroker.StartAsync(WithFront(embedded.Options, options.Http, LogOf(options)), cancellation).ConfigureAwait(false),
        BrokerPlan.Mosquitto mosquitto => await SupervisedMosquitto.StartAsync(
            mosquitto.Options, Certificate?.Files, notices, LogOf(options), options.Time, cancellation).ConfigureAwait(false),
        BrokerPlan.Outside outside => new OutsideBroker(outside.Address),
        _ => throw new ArgumentException("not a plan", nameof(options)),
    };

    private EmbeddedBrokerOptions WithFront(EmbeddedBrokerOptions broker, HttpOptions? http, ILogger log)
    {
        broker = broker with { Logs = broker.Logs ?? new OwnLines(log) };
        var secure = Certificate is { } certificate ? broker with { Certificate = () => certificate.Context } : broker;
        return http is null
            ? secure
            : secure with { WebSocketPort = http.Port, WebSocketTlsPort = Certificate is null ? null : http.TlsPort, OtherPortsMayMove = true, Pages = Pages().Map };
    }

    // The embedded broker has its own WebSocket and HTTP ports; an outside one may have them where it is.
    private async Task<HttpDoor?> OpenDoorAsync(HubOptions options)
    {
        if (options.Http is not { } http || options.Broker is BrokerPlan.Embedded)
        {
            return null;
        }

        var relay = options.Broker is BrokerPlan.Mosquitto ? new BrokerRelay(Broker.Address, new EmbeddedBrokerOptions()) : null;
        var certificate = Certificate;
        return await HttpDoor.OpenAsync(http, certificate is null ? null : () => certificate.Context, Pages().Map, relay, LogOf(options), options.Time).ConfigureAwait(false);
    }

    /// <summary>Lets the broker's own lines into the hub's log; those of the web server tell of each request, which is too much.</summary>
    private sealed class OwnLines(ILogger log) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => categoryName == BrokerLog.Category ? log : NullLogger.Instance;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("there is one log");

        public void Dispose()
        {
        }
    }

    private HubPages Pages() => new(_health!, _metrics!);
}
