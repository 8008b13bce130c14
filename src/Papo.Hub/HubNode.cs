// Owns: one running hub: the broker it brings along, if any, and the client that keeps every open room.
// Must never: sit in the path of a message between two people.
using System.Net;
using System.Threading.Channels;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Hub;

/// <summary>A peer that never forgets (docs/PROTOCOL.md, Hubs). Several of one home are replicas of one hub.</summary>
public sealed class HubNode : IAsyncDisposable
{
    private const string Folder = "hub";
    private readonly EmbeddedBroker? _embedded;
    private readonly Profile _profile;
    private readonly ChatClient _client;

    private readonly HubAnnouncing? _announcing;

    private HubNode(EmbeddedBroker? embedded, BrokerAddress broker, Profile profile, ChatClient client, HubAnnouncing? announcing) =>
        (_embedded, Broker, _profile, _client, _announcing) = (embedded, broker, profile, client, announcing);

    /// <summary>The broker as this process reaches it.</summary>
    public BrokerAddress Broker { get; }

    /// <summary>Where its keys and its archive lie.</summary>
    public string Path => _profile.Path;

    /// <summary>The connection now.</summary>
    public Client.Connection Connection => _client.Connection;

    /// <summary>Everything that happens, in order. Must be read: a reader that stops stops the hub.</summary>
    public ChannelReader<ChatChange> Changes => _client.Changes;

    /// <summary>Starts; its broker can be used when this returns, the archive joins it by itself.</summary>
    /// <exception cref="BrokerPortTakenException">A port is taken.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be listened on.</exception>
    /// <exception cref="ProfileException">The folder cannot be used.</exception>
    public static async Task<HubNode> StartAsync(HubOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Archive?.Check();
        DisplayName.TryParse(Folder, out var name);
        var profile = new Home(System.IO.Path.Combine(options.Home.Path, Folder)).Open(name!);
        EmbeddedBroker? embedded = null;
        try
        {
            embedded = options.Outside is null ? await EmbeddedBroker.StartAsync(options.Embedded, cancellation).ConfigureAwait(false) : null;
            var broker = options.Outside ?? Reach(options.Embedded, embedded!.Port);
            var client = await ChatClient.OpenAsync(Take(options, profile, broker), cancellation).ConfigureAwait(false);
            var announcing = options.Announcement is { } announcement ? new HubAnnouncing(announcement, client, options.Log, options.Time) : null;
            return new HubNode(embedded, broker, profile, client, announcing);
        }
        catch
        {
            if (embedded is not null)
            {
                await embedded.DisposeAsync().ConfigureAwait(false);
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
        if (_embedded is not null)
        {
            await _embedded.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static ChatOptions Take(HubOptions options, Profile profile, BrokerAddress broker) => new()
    {
        Profile = profile,
        Broker = broker,
        Credentials = options.Credentials,
        Root = options.Root,
        Hub = new HubRole(options.Title) { Open = options.Archive is { } archive ? archive.Open : null, Retention = options.Retention },
        Log = options.Log,
        Fault = options.Fault,
        Time = options.Time,
    };

    private static BrokerAddress Reach(EmbeddedBrokerOptions options, int port)
    {
        var bound = options.Addresses.FirstOrDefault(IPAddress.IsLoopback) ?? options.Addresses[0];
        var host = bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any) ? "127.0.0.1" : bound.ToString();
        var url = host.Contains(':') ? $"mqtt://[{host}]:{port}" : $"mqtt://{host}:{port}";
        return BrokerAddress.TryParse(url, out var address, out _) ? address : throw new InvalidOperationException($"{url} is no address");
    }
}
