// Owns: what every engine of a client is made from: its store, who it is, how its session connects; and what outlives an engine.
// Must never: leave a store open of which no engine came.
using System.Data.Common;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Papo.Client.Store;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Makes the engines of a client, one after the other.</summary>
internal sealed class EngineMaker
{
    private const uint SevenDays = 7 * 24 * 3_600;
    private readonly ChatOptions _options;
    private readonly EventQueue _events;
    private readonly ChannelWriter<ChatChange> _changes;
    private readonly Action<Connection> _connectionTold;
    private readonly CancellationToken _closing;
    private readonly CertificatePins _pins;
    private readonly Told _told = new();
    private readonly Waits _waits = new();
    private readonly Topics _topics;
    private readonly ILogger _log;

    public EngineMaker(ChatOptions options, EventQueue events, ChannelWriter<ChatChange> changes, Action<Connection> connectionTold, CancellationToken closing)
    {
        _options = options;
        _events = events;
        _changes = changes;
        _connectionTold = connectionTold;
        _closing = closing;
        _log = options.Log ?? NullLogger.Instance;
        _pins = new CertificatePins(options.Profile.Path, key => changes.TryWrite(new Noticed(new Notice(NoticeKind.KeyPinned, null, key))));
        if (!Topics.TryMake(options.Root, out _topics))
        {
            throw new ArgumentException("the root is not one MQTT topic level", nameof(options));
        }
    }

    /// <summary>Opens the store of a folder and makes an engine on it.</summary>
    /// <exception cref="ProfileException">The store cannot be used.</exception>
    public Engine Make(SpaceFolder folder, bool wasHere)
    {
        var store = Open(folder);
        try
        {
            var session = OwnPresence.NextSession(store, _options.Time.GetUtcNow().ToUnixTimeMilliseconds());
            store.Commit();
            var self = folder.Space is { } card ? MakeSelf(folder, card) : null;
            if (self is not null)
            {
                store.Ahead?.Catch(store, self.Space, _options.Profile.Slot);
            }

            return new Engine(new EngineParts
            {
                Options = _options,
                Store = store,
                Topics = _topics,
                SessionOptions = MakeSession(folder, self, session),
                Self = self,
                PresenceSession = session,
                Events = _events,
                Changes = _changes,
                Told = _told,
                Waits = _waits,
                Closing = _closing,
                Log = _log,
                WasHere = wasHere,
                ConnectionTold = _connectionTold,
            });
        }
        catch (Exception failure)
        {
            store.Dispose();
            if (failure is DbException database)
            {
                throw store.Unusable(database);
            }

            throw;
        }
    }

    // A hub's archive is made for a space; while that is not known the folder's own file does.
    private SpaceStore Open(SpaceFolder folder) =>
        folder.Space is { } card && _options.Hub?.Open is { } open ? new SpaceStore(open(card.Space, _options.Profile.Slot)) : SpaceStore.Open(folder.StorePath, _options.Profile.Vault, folder.Space is null ? null : folder.Ahead(_options.Profile.Slot));

    private Self MakeSelf(SpaceFolder folder, SpaceCard space)
    {
        var profile = _options.Profile;
        var device = folder.DeviceKey(profile);
        var card = DeviceCards.ReadOrMake(folder, profile, space.Space, device, _options.Time.GetUtcNow().ToUnixTimeMilliseconds());
        return new Self(space, card, device);
    }

    private SessionOptions MakeSession(SpaceFolder folder, Self? self, long presenceSession)
    {
        var credentials = _options.Credentials;
        var transient = _options.OneShot || self is null;
        return new SessionOptions
        {
            Address = _options.Broker,
            ClientId = transient ? Base32.Encode(RandomNumberGenerator.GetBytes(16))[..23] : folder.ClientId(_options.Profile.Slot),
            CleanStart = transient,
            SessionExpirySeconds = transient ? 0 : SevenDays,
            User = credentials.User ?? _options.Broker.User,
            Password = credentials.Password,
            CaFile = credentials.CaFile,
            Pins = _pins,
            TrustedKey = credentials.TrustedKey,
            CertFile = credentials.CertFile,
            KeyFile = credentials.KeyFile,
            Will = self is null ? null : OwnPresence.Will(_options, _topics, self, presenceSession, _options.Time.GetUtcNow().ToUnixTimeMilliseconds()),
            Time = _options.Time,
            Logger = _log,
        };
    }
}
