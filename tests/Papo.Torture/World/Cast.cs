// Owns: the processes, ways and folders of one world.
// Must never: leave a process, a mount or a port behind.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Papo.Torture.Actors;
using Papo.Torture.Network;
using Papo.Torture.Plan;

namespace Papo.Torture.World;

/// <summary>A member: a process, its home, its way to the broker.</summary>
internal sealed record Player(Person Person, Actor Actor, string Home, FaultProxy Way, SmallDisk? Disk)
{
    public string Name => Person.Name;

    /// <summary>Its account, once it has said so.</summary>
    public string? Account { get; set; }

    /// <summary>What each life of its process told as arrived, in order.</summary>
    public List<List<string>> Arrived { get; } = [];

    /// <summary>The rooms it has been in.</summary>
    public HashSet<string> Rooms { get; } = [Protocol.Room.General.Name];
}

/// <summary>Everybody of one world.</summary>
internal sealed class Cast : IAsyncDisposable
{
    private readonly WorldPlan _plan;

    private Cast(WorldPlan plan, string folder, int port) => (_plan, Folder, Port) = (plan, folder, port);

    public string Folder { get; }

    public int Port { get; }

    public IReadOnlyList<Player> Players { get; private set; } = [];

    public required Actor Broker { get; init; }

    public IReadOnlyList<Actor> Hubs { get; private set; } = [];

    public required Actor Forger { get; init; }

    /// <summary>The home of the hub, null where there is none.</summary>
    public string? HubHome { get; private set; }

    public Ledger Ledger { get; } = new();

    /// <summary>Prepares everybody; starts nobody.</summary>
    public static async Task<Cast> MakeAsync(WorldPlan plan, string folder)
    {
        Directory.CreateDirectory(folder);
        var port = FreePort.Next();
        var hubHome = plan.Ground == Ground.Mosquitto ? null : Path.Combine(folder, "hub");
        var cast = new Cast(plan, folder, port)
        {
            Broker = plan.Ground == Ground.EmbeddedHub ? HubActor(folder, WorldPlan.Broker, hubHome!, port.ToString(CultureInfo.InvariantCulture)) : Mosquitto(folder, port),
            Forger = new Actor("forger", () => Child.StartMode(Log(folder, "forger"), null, "forger", $"{port}", $"{plan.Seed}"), IsThereAsync),
            HubHome = hubHome,
            Hubs = [.. Enumerable.Range(0, plan.Hubs).Select(number => HubActor(folder, WorldPlan.Hub(number), hubHome!, $"mqtt://127.0.0.1:{port}"))],
        };
        var players = new List<Player>();
        foreach (var person in plan.People)
        {
            var home = Path.Combine(folder, person.Name);
            var disk = person.HasSmallDisk && SmallDisk.IsRoot ? await SmallDisk.MountAsync(path: home) : null;
            players.Add(cast.Member(person, home, disk));
        }

        cast.Players = players;
        return cast;
    }

    public Actor Find(string name) =>
        Players.FirstOrDefault(player => player.Name == name)?.Actor ?? Hubs.FirstOrDefault(hub => hub.Name == name) ?? Broker;

    public Player Player(string name) => Players.First(player => player.Name == name);

    public int Kills => Players.Sum(static player => player.Actor.Kills) + Hubs.Sum(static hub => hub.Kills) + Broker.Kills;

    /// <summary>Homes on small disks become ordinary folders.</summary>
    public async Task KeepAsync()
    {
        foreach (var player in Players)
        {
            if (player.Disk is not null)
            {
                await player.Actor.DisposeAsync();
                await player.Disk.KeepAsync();
            }
        }

        Players = [.. Players.Select(static player => player with { Disk = null })];
    }

    public async ValueTask DisposeAsync()
    {
        await Forger.DisposeAsync();
        foreach (var player in Players)
        {
            await player.Actor.DisposeAsync();
            await player.Way.DisposeAsync();
            if (player.Disk is not null)
            {
                await player.Disk.DisposeAsync();
            }
        }

        foreach (var hub in Hubs)
        {
            await hub.DisposeAsync();
        }

        await Broker.DisposeAsync();
    }

    private static string Log(string folder, string name) => Path.Combine(folder, name + ".log");

    private static Actor HubActor(string folder, string name, string home, string broker) =>
        new(name, () => Child.StartMode(Log(folder, name), null, "hub", home, broker), IsThereAsync);

    private static Actor Mosquitto(string folder, int port) => new(
        WorldPlan.Broker,
        () => Child.Start(MosquittoProgram(), ["-p", $"{port}"], Log(folder, WorldPlan.Broker), null),
        process => AcceptsAsync(process, port));

    private Player Member(Person person, string home, SmallDisk? disk)
    {
        var way = new FaultProxy(Port, _plan.Seed + (ulong)person.Name[0]);
        Player? player = null;
        var actor = new Actor(
            person.Name,
            () =>
            {
                var life = new List<string>();
                player!.Arrived.Add(life);
                return Child.StartMode(Log(Folder, person.Name), told => Heard(player, life, told), "member", person.Name, home, $"mqtt://127.0.0.1:{way.Port}");
            },
            IsThereAsync);
        return player = new Player(person, actor, home, way, disk);
    }

    private void Heard(Player player, List<string> life, Told told)
    {
        if (told.What == "here")
        {
            player.Account = told.Account;
        }
        else if (told is { What: "arrived", Id: { } id })
        {
            life.Add(id);
        }

        Ledger.Heard(player.Name, told);
    }

    private static async Task<bool> IsThereAsync(Child process) => await process.AskAsync("status") is not null;

    private static async Task<bool> AcceptsAsync(Child process, int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
            return process.IsAlive;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string MosquittoProgram()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"]);
        return folders.Select(static folder => Path.Combine(folder, "mosquitto")).FirstOrDefault(File.Exists) ?? "mosquitto";
    }
}
