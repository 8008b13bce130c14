// Owns: one running hub: the broker it brings along, if any, and the client that keeps every open room.
// Must never: sit in the path of a message between two people.
using System.Threading.Channels;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Hub;

/// <summary>A peer that never forgets (docs/PROTOCOL.md, Hubs). Several of one home are replicas of one hub.</summary>
public sealed class HubNode : IAsyncDisposable
{
    private const int KeptNotices = 64;
    private readonly Channel<BrokerNotice> _notices;
    private readonly HubFront _front;
    private readonly Profile _profile;
    private readonly ChatClient _client;

    private readonly HubAnnouncing? _announcing;

    private HubNode(Channel<BrokerNotice> notices, HubFront front, Profile profile, ChatClient client, HubAnnouncing? announcing) =>
        (_notices, _front, _profile, _client, _announcing) = (notices, front, profile, client, announcing);

    /// <summary>The broker as this process reaches it.</summary>
    public BrokerAddress Broker => _front.Broker.Address;

    /// <summary>The port for MQTT over TLS, if any; it may differ from the one asked for.</summary>
    public int? TlsPort => _front.Broker.TlsPort;

    /// <summary>What clients know its certificate by (<see cref="KeyFingerprint"/>), where it has one.</summary>
    public string? KeyFingerprint => _front.Certificate?.Fingerprint;

    /// <summary>The port for HTTP and WebSocket, if any; it may differ from the one asked for.</summary>
    public int? HttpPort => _front.HttpPort;

    /// <summary>The port for HTTPS and encrypted WebSocket, if any.</summary>
    public int? HttpsPort => _front.HttpsPort;

    /// <summary>Where its keys lie.</summary>
    public string Path => _profile.Path;

    /// <summary>Where it keeps what was said, for people.</summary>
    public required string Archive { get; init; }

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
        return System.IO.Path.Combine(new HubFolder(home).Path, "mosquitto");
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
        var folder = new HubFolder(options.Home);
        DisplayName.TryParse(HubFolder.Name, out var name);
        var profile = new Home(folder.Path) { Platform = null }.Open(name!); // its backup is plain and may be restored elsewhere (docs/decisions/0063)
        var notices = Channel.CreateBounded<BrokerNotice>(new BoundedChannelOptions(KeptNotices) { FullMode = BoundedChannelFullMode.DropOldest });
        HubFront? front = null;
        try
        {
            front = await HubFront.OpenAsync(options, folder.Path, notices.Writer, cancellation).ConfigureAwait(false);
            folder.NoteArchive(options.Archive);
            var client = await ChatClient.OpenAsync(Take(options, profile, front), cancellation).ConfigureAwait(false);
            front.Attach(client);
            var announcing = options.Announcement is { } told ? new HubAnnouncing(told with { TlsPort = told.TlsPort ?? front.Broker.TlsPort }, client, options.Log, options.Time) : null;
            return new HubNode(notices, front, profile, client, announcing) { Archive = options.Archive?.ToString() ?? profile.Path };
        }
        catch
        {
            if (front is not null)
            {
                await front.DisposeAsync().ConfigureAwait(false);
            }

            profile.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the archive has joined its broker (true), or until the first failed try or the limit (false).</summary>
    public Task<bool> WaitConnectedAsync(TimeSpan limit, CancellationToken cancellation) => _client.WaitConnectedAsync(limit, cancellation);

    /// <summary>Says goodbye, makes everything durable, and stops; the broker last.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_announcing is not null)
        {
            await _announcing.DisposeAsync().ConfigureAwait(false); // nobody shall come any more
        }

        await _client.DisposeAsync().ConfigureAwait(false);
        _profile.Dispose();
        await _front.DisposeAsync().ConfigureAwait(false);
        _notices.Writer.TryComplete();
    }

    private static ChatOptions Take(HubOptions options, Profile profile, HubFront front) => new()
    {
        Profile = profile,
        Broker = front.Broker.Address,
        Credentials = options.Broker is BrokerPlan.Outside outside ? outside.Credentials : new Credentials(),
        Root = options.Root,
        Hub = new HubRole(options.Title) { OwnsBroker = options.Broker is not BrokerPlan.Outside, Open = options.Archive is { } archive ? archive.Open : null, Retention = options.Retention },
        Figures = front.Figures,
        Log = options.Log,
        Fault = options.Fault,
        Time = options.Time,
    };
}
