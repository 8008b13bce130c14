// Owns: one real engine on virtual time, with its store in memory; and what it tells.
// Must never: do anything of the protocol itself.
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Papo.Bench;
using Papo.Client;
using Papo.Client.Engine;
using Papo.Client.Store;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Simulation;

/// <summary>A device of the community.</summary>
internal sealed class SimDevice : IDisposable
{
    private readonly Channel<ChatChange> _changes = Channel.CreateUnbounded<ChatChange>();
    private readonly EventQueue _events = new();
    private readonly Profile _profile;
    private readonly SpaceStore _store = SpaceStore.Open(":memory:");
    private readonly Engine _engine;

    public SimDevice(Community community, int number, bool isHub)
    {
        Number = number;
        var dice = new Dice((community.Seed * 1_000_003) + (ulong)number + 1);
        _profile = OpenProfile(Path.Combine(community.Folder, $"{number}"), $"d{number}", dice);
        var key = KeyPair.TryRead(Seed(dice), out var pair) ? pair : throw new InvalidOperationException("no key");
        Card = DeviceCard.Make(community.Space.Space, _profile.AccountKey!, key, _profile.Name, community.Time.Wall.ToUnixTimeMilliseconds());
        community.Know(Card);
        _engine = new Engine(new EngineParts
        {
            Options = new ChatOptions
            {
                Profile = _profile,
                Broker = Community.Address,
                Time = new DeviceClock(community.Time, Turn),
                Hub = isHub ? new HubRole("simulated") : null,
                Chance = dice.Next,
                KnownCard = community.Known,
            },
            Store = _store,
            Topics = community.Topics,
            SessionOptions = new SessionOptions { Address = Community.Address, ClientId = $"{number}" },
            Connect = (_, sink, _) => Session = new VirtualSession(community.Time, community.Broker, community.Weather, sink, Turn),
            Self = new Self(community.Space, Card, key),
            PresenceSession = 1,
            Events = _events,
            Changes = _changes.Writer,
            Told = new Told(),
            Waits = new Waits(),
            Closing = CancellationToken.None,
            Log = NullLogger.Instance,
            ConnectionTold = static _ => { },
        });
    }

    public int Number { get; }

    public DeviceCard Card { get; }

    /// <summary>Made by the engine's constructor.</summary>
    public VirtualSession Session { get; private set; } = null!;

    /// <summary>Hears everything this device tells its user.</summary>
    public Action<ChatChange>? Told { get; set; }

    public RoomState Room => _engine.Context.Rooms.Joined[0];

    public EngineContext Context => _engine.Context;

    /// <summary>Whether it has come up and has everything it knows of.</summary>
    public bool IsCaughtUp => _engine.Context.IsUp && Room.Stage == CatchUpStage.Done && Missing == 0;

    public long Missing => _engine.Context.Healing.Missing(Room);

    /// <summary>The newest place of its own log; -1 when it has said nothing.</summary>
    public long OwnNewest => Room.Book.TryGet(Card.Device, out var log) ? log.Newest : -1;

    /// <summary>The digest over all heads.</summary>
    public UInt128 Digest => Room.Book.NewestDigest();

    public void Start()
    {
        Session.Start();
        Turn();
    }

    /// <summary>Says something; its place in this device's log, or null when it cannot be numbered yet.</summary>
    public (long Seq, EntryId Id)? Say(string text)
    {
        (long, EntryId)? said = null;
        _events.TryWrite(new EngineEvent.Command(
            engine =>
            {
                var (number, _) = engine.Context.Outbox.Accept(Room, new Draft(text));
                said = number is { } no && engine.Context.Outbox.Find(no) is { Entry: { } id, Seq: { } seq } ? (seq, id) : null;
            },
            static () => { }));
        Turn();
        return said;
    }

    /// <summary>Whether it holds a place of a log.</summary>
    public bool Holds(DeviceId author, long seq) => Room.Book.TryGet(author, out var log) && seq <= log.Newest && log.Covers(seq);

    public void Dispose()
    {
        _store.Dispose();
        _profile.Dispose();
    }

    // Everything that waits, and what that brings about at the same moment.
    private void Turn()
    {
        do
        {
            _engine.Turn();
            while (_changes.Reader.TryRead(out var change))
            {
                Told?.Invoke(change);
            }
        }
        while (_events.Look(1).Count > 0);
    }

    private static byte[] Seed(Dice dice)
    {
        var seed = new byte[KeyPair.SeedSize];
        for (var at = 0; at < seed.Length; at++)
        {
            seed[at] = (byte)dice.Next(256);
        }

        return seed;
    }

    // The account's key lies there before the profile is opened, so that every run has the same people.
    private static Profile OpenProfile(string folder, string name, Dice dice)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "account.key"), Convert.ToBase64String(Seed(dice)) + "\n");
        return DisplayName.TryParse(name, out var parsed) == NameProblem.None ? Profile.Open(folder, parsed!) : throw new InvalidOperationException(name);
    }
}
