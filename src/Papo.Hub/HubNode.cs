// Owns: one running hub: the broker it brings along, if any, and the client that keeps every open room.
// Must never: sit in the path of a message between two people.
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Hub;

/// <summary>A peer that never forgets (docs/PROTOCOL.md, Hubs). Several of one home are replicas of one hub.</summary>
public sealed class HubNode : IAsyncDisposable
{
    private const string Folder = "hub";
    private const int KeptNotices = 64;
    private readonly Channel<BrokerNotice> _notices;
    private readonly HubCertificate? _certificate;
    private readonly IHubBroker _broker;
    private readonly Profile _profile;
    private readonly ChatClient _client;

    private HubNode(Channel<BrokerNotice> notices, HubCertificate? certificate, IHubBroker broker, Profile profile, ChatClient client) =>
        (_notices, _certificate, _broker, _profile, _client) = (notices, certificate, broker, profile, client);

    /// <summary>The broker as this process reaches it.</summary>
    public BrokerAddress Broker => _broker.Address;

    /// <summary>The port for MQTT over TLS, if any; it may differ from the one asked for.</summary>
    public int? TlsPort => _broker.TlsPort;

    /// <summary>What clients know its certificate by (<see cref="KeyFingerprint"/>), where it has one.</summary>
    public string? KeyFingerprint => _certificate?.Fingerprint;

    /// <summary>Where its keys and its archive lie.</summary>
    public string Path => _profile.Path;

    /// <summary>The connection now.</summary>
    public Client.Connection Connection => _client.Connection;

    /// <summary>Everything that happens, in order. Must be read: a reader that stops stops the hub.</summary>
    public ChannelReader<ChatChange> Changes => _client.Changes;

    /// <summary>What happens to a broker that the hub runs; the oldest are dropped where nobody reads.</summary>
    public ChannelReader<BrokerNotice> BrokerNotices => _notices.Reader;

    /// <summary>The folder of a broker that the hub of this home runs.</summary>
    public static string BrokerFolder(Home home)
    {
        ArgumentNullException.ThrowIfNull(home);
        return System.IO.Path.Combine(home.Path, Folder, "mosquitto");
    }

    /// <summary>Starts; its broker can be used when this returns, the archive joins it by itself.</summary>
    /// <exception cref="BrokerPortTakenException">A port is taken.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be listened on.</exception>
    /// <exception cref="MosquittoException">Mosquitto does not run.</exception>
    /// <exception cref="TlsFileException">A certificate cannot be read.</exception>
    /// <exception cref="ProfileException">The folder cannot be used.</exception>
    public static async Task<HubNode> StartAsync(HubOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Archive?.Check();
        DisplayName.TryParse(Folder, out var name);
        var profile = new Home(System.IO.Path.Combine(options.Home.Path, Folder)).Open(name!);
        var notices = Channel.CreateBounded<BrokerNotice>(new BoundedChannelOptions(KeptNotices) { FullMode = BoundedChannelFullMode.DropOldest });
        HubCertificate? certificate = null;
        IHubBroker? broker = null;
        try
        {
            certificate = OpenCertificate(options);
            broker = await StartBrokerAsync(options, certificate, notices.Writer, cancellation).ConfigureAwait(false);
            certificate?.Watch(options.Tls!.LookEvery, options.Time, () => (broker as SupervisedMosquitto)?.ReloadCertificate());
            var client = await ChatClient.OpenAsync(Take(options, profile, broker.Address), cancellation).ConfigureAwait(false);
            return new HubNode(notices, certificate, broker, profile, client);
        }
        catch
        {
            await DisposeAsync(broker, certificate).ConfigureAwait(false);
            profile.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the archive has joined its broker (true), or until the first failed try or the limit (false).</summary>
    public Task<bool> WaitConnectedAsync(TimeSpan limit, CancellationToken cancellation) => _client.WaitConnectedAsync(limit, cancellation);

    /// <summary>Says goodbye, makes everything durable, and stops; the broker last.</summary>
    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync().ConfigureAwait(false);
        _profile.Dispose();
        await DisposeAsync(_broker, _certificate).ConfigureAwait(false);
        _notices.Writer.TryComplete();
    }

    private static async ValueTask DisposeAsync(IHubBroker? broker, HubCertificate? certificate)
    {
        if (broker is not null)
        {
            await broker.DisposeAsync().ConfigureAwait(false);
        }

        if (certificate is not null)
        {
            await certificate.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static HubCertificate? OpenCertificate(HubOptions options)
    {
        IReadOnlyList<IPAddress>? listening = options.Broker switch
        {
            BrokerPlan.Embedded embedded => embedded.Options.Addresses,
            BrokerPlan.Mosquitto mosquitto => mosquitto.Options.Addresses,
            _ => null,
        };
        var folder = System.IO.Path.Combine(options.Home.Path, Folder, "tls");
        return options.Tls is { } tls && listening is not null
            ? HubCertificate.Open(tls, folder, listening, options.Time, options.Log ?? NullLogger.Instance)
            : null;
    }

    private static async Task<IHubBroker> StartBrokerAsync(
        HubOptions options, HubCertificate? certificate, ChannelWriter<BrokerNotice> notices, CancellationToken cancellation) => options.Broker switch
    {
        BrokerPlan.Embedded embedded => await EmbeddedBroker.StartAsync(
            certificate is null ? embedded.Options : embedded.Options with { Certificate = () => certificate.Context }, cancellation).ConfigureAwait(false),
        BrokerPlan.Mosquitto mosquitto => await SupervisedMosquitto.StartAsync(
            mosquitto.Options, certificate?.Files, notices, options.Log ?? NullLogger.Instance, options.Time, cancellation).ConfigureAwait(false),
        BrokerPlan.Outside outside => new OutsideBroker(outside.Address),
        _ => throw new ArgumentException("not a plan", nameof(options)),
    };

    private static ChatOptions Take(HubOptions options, Profile profile, BrokerAddress broker) => new()
    {
        Profile = profile,
        Broker = broker,
        Credentials = options.Broker is BrokerPlan.Outside outside ? outside.Credentials : new Credentials(),
        Root = options.Root,
        Hub = new HubRole(options.Title) { Open = options.Archive is { } archive ? archive.Open : null, Retention = options.Retention },
        Log = options.Log,
        Fault = options.Fault,
        Time = options.Time,
    };
}
