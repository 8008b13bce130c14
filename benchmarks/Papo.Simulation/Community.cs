// Owns: one simulated community: its clock, broker, network and devices, all from one seed.
// Must never: share anything with another community.
using System.Collections.Concurrent;
using System.Security.Cryptography;
using Papo.Bench;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Simulation;

/// <summary>Devices in one room of one broker.</summary>
internal sealed class Community : IDisposable
{
    private const int MostSpeakers = 20;
    private readonly Dictionary<UInt128, DeviceCard> _cards = [];
    private readonly List<SimDevice> _devices = [];

    public Community(ulong seed)
    {
        Seed = seed;
        Dice = new Dice((seed * 7_919) + 1);
        Weather = new Weather((seed * 104_729) + 1);
        Topics = Topics.TryMake("chat", out var topics) ? topics : throw new InvalidOperationException("chat is a root");
        Broker = new VirtualBroker(Time, Weather, Topics);
        Space = new SpaceCard(new SpaceId(new UInt128(seed, 1)), Time.Wall.ToUnixTimeMilliseconds() - 3_600_000);
        Broker.Retain(new PublishMessage(Topics.Space, Space.Encode()) { Qos = 0, Retain = true });
        Folder = Directory.CreateTempSubdirectory("papo-simulation-").FullName;
    }

    /// <summary>An address that nobody connects to.</summary>
    public static BrokerAddress Address { get; } = BrokerAddress.TryParse("mqtt://simulated", out var address, out var problem) ? address : throw new InvalidOperationException(problem);

    public ulong Seed { get; }

    public Dice Dice { get; }

    public VirtualTime Time { get; } = new();

    public Weather Weather { get; }

    public Topics Topics { get; }

    public VirtualBroker Broker { get; }

    public SpaceCard Space { get; }

    public string Folder { get; }

    /// <summary>Everybody but hubs.</summary>
    public IReadOnlyList<SimDevice> Devices => _devices;

    public SimDevice? Hub { get; private set; }

    /// <summary>Those who talk.</summary>
    public IReadOnlyList<SimDevice> Speakers { get; private set; } = [];

    /// <summary>A community at rest: everybody is there, and some of them have talked.</summary>
    public static Community Settled(ulong seed, int devices, bool withHub)
    {
        var community = new Community(seed);
        if (withHub)
        {
            community.AddHub();
        }

        community.Arrive(devices, 20_000 + (20L * devices));
        community.Speakers = [.. community.Devices.Take(MostSpeakers)];
        foreach (var speaker in community.Speakers.Concat(community.Speakers))
        {
            speaker.Say("good morning");
            community.Run(2_000);
        }

        community.Run(60_000);
        return community;
    }

    /// <summary>Adds devices that come one after the other within a time, and lets it pass.</summary>
    public IReadOnlyList<SimDevice> Arrive(int count, long within, Action<SimDevice>? watch = null)
    {
        var come = new List<SimDevice>();
        for (var at = 0; at < count; at++)
        {
            var device = new SimDevice(this, _devices.Count + 1, isHub: false);
            _devices.Add(device);
            come.Add(device);
            watch?.Invoke(device);
            Time.At(Time.Now + (within * at / count), device.Start);
        }

        Run(within);
        return come;
    }

    public void AddHub()
    {
        Hub = new SimDevice(this, 0, isHub: true);
        Hub.Start();
        Run(5_000);
    }

    public void Run(long milliseconds) => Time.RunTo(Time.Now + milliseconds);

    /// <summary>Runs until something is so, at most for a time.</summary>
    public bool Until(Func<bool> isSo, long milliseconds) => isSo() || Time.RunTo(Time.Now + milliseconds, isSo);

    /// <summary>A card made here: its keys remember what they verified, for all devices of this community.</summary>
    public void Know(DeviceCard card)
    {
        card.DeviceKey.Verdicts = new ConcurrentDictionary<UInt128, bool>();
        _cards.Add(Fingerprint(card.Bytes), card);
    }

    public DeviceCard? Known(ReadOnlyMemory<byte> bytes) => _cards.GetValueOrDefault(Fingerprint(bytes));

    public void Dispose()
    {
        _devices.ForEach(static device => device.Dispose());
        Hub?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static UInt128 Fingerprint(ReadOnlyMemory<byte> bytes) => Hashing.First16(SHA256.HashData(bytes.Span));
}
