// Owns: the processes, ways and folders of one world.
// Must never: leave a process, a mount or a port behind.
using System.Globalization;
using System.Net;
using Papo.Protocol;
using Papo.Torture.Actors;
using Papo.Torture.Grounds;
using Papo.Torture.Network;
using Papo.Torture.Plan;

namespace Papo.Torture.World;

/// <summary>A computer of somebody: a process, its home, its way to the broker.</summary>
internal sealed record Player(Person Person, Actor Actor, string Home, FaultProxy Way, SmallDisk? Disk)
{
    public string Name => Person.Name;

    /// <summary>Whose it is.</summary>
    public string Owner => Person.Of ?? Person.Name;

    /// <summary>A second process of the same profile, where one is opened.</summary>
    public required Actor Beside { get; init; }

    /// <summary>Its account, once it has said so; a second computer has none before it is linked.</summary>
    public string? Account { get; set; }

    /// <summary>What each life of its process told as arrived, in order.</summary>
    public List<List<string>> Arrived { get; } = [];

    /// <summary>The rooms it has been in.</summary>
    public HashSet<string> Rooms { get; } = [Protocol.Room.General.Name];
}

/// <summary>Everybody of one world.</summary>
internal sealed class Cast : IAsyncDisposable
{
    private static readonly TimeSpan OpenTime = TimeSpan.FromSeconds(30);
    private readonly WorldPlan _plan;

    private Cast(WorldPlan plan, string folder) => (_plan, Folder) = (plan, folder);

    public string Folder { get; }

    public IReadOnlyList<Player> Players { get; private set; } = [];

    public required Groundwork Ground { get; init; }

    public IReadOnlyList<Actor> Hubs { get; private set; } = [];

    public required Actor Forger { get; init; }

    /// <summary>The homes of the hub: one for all its processes on a machine, none where there is no hub.</summary>
    public IReadOnlyList<string> HubHomes { get; private init; } = [];

    public Ledger Ledger { get; } = new();

    /// <summary>Prepares everybody; starts nobody.</summary>
    public static async Task<Cast> MakeAsync(WorldPlan plan, string folder)
    {
        Directory.CreateDirectory(folder);
        IReadOnlyList<string> homes = plan.Ground switch
        {
            Plan.Ground.Mosquitto => [],
            Plan.Ground.Cluster or Plan.Ground.Bridge => [.. Enumerable.Range(0, plan.Hubs).Select(number => Path.Combine(folder, WorldPlan.Hub(number)))],
            _ => [Path.Combine(folder, "hub")],
        };
        var ground = Groundwork.Make(plan, folder, port => HubActor(folder, WorldPlan.Broker, homes[0], port.ToString(CultureInfo.InvariantCulture)));
        var cast = new Cast(plan, folder)
        {
            Ground = ground,
            Forger = new Actor("forger", () => Child.StartMode(Log(folder, "forger"), null, "forger", ground.Address(ground.Doors[0], "forger"), $"{plan.Seed}"), IsThereAsync),
            HubHomes = homes,
            Hubs = [.. Enumerable.Range(0, plan.Hubs).Select(number => HubActor(folder, WorldPlan.Hub(number), homes[number % homes.Count], ground.Address(ground.Doors[number % ground.Doors.Count], "hub")))],
        };
        var players = new List<Player>();
        foreach (var person in plan.People)
        {
            var home = Path.Combine(folder, person.Name);
            var disk = person.HasSmallDisk && SmallDisk.IsRoot ? await SmallDisk.MountAsync(path: home) : null;
            players.Add(cast.Member(person, home, disk, players.Count));
        }

        cast.Players = players;
        return cast;
    }

    /// <summary>The private room's name on the wire, once it is made.</summary>
    public string? Den { get; set; }

    /// <summary>Every process of people, those that were never started left out.</summary>
    public IEnumerable<Actor> Members => Players.SelectMany(static player => player.Beside.IsWanted ? (Actor[])[player.Actor, player.Beside] : [player.Actor]);

    public Actor Find(string name) =>
        Players.FirstOrDefault(player => player.Beside.Name == name)?.Beside ?? Players.FirstOrDefault(player => player.Name == name)?.Actor ?? Hubs.FirstOrDefault(hub => hub.Name == name) ?? Ground.Brokers.First(broker => broker.Name == name);

    public Player Player(string name) => Players.First(player => player.Name == WorldPlan.ComputerOf(name));

    /// <summary>A room of the plan as it is called on the wire; null while it is not known.</summary>
    public string? OnWire(string room) => room == WorldPlan.Den ? Den : room;

    /// <summary>The room of direct messages of two people; null before both have said who they are.</summary>
    public string? DirectRoom(string one, string other) => AccountId.TryParse(Player(one).Account, out var left) && AccountId.TryParse(Player(other).Account, out var right) ? Genesis.Direct(left, right).Name : null;

    public int Kills => Members.Sum(static member => member.Kills) + Hubs.Sum(static hub => hub.Kills) + Ground.Brokers.Sum(static broker => broker.Kills);

    /// <summary>
    /// Starts brokers and hubs, machine after machine as docs/OPERATING.md says it: the first has its hub before another joins. False when that does
    /// not come about.
    /// </summary>
    public async Task<bool> OpenAsync()
    {
        var hubsEach = Hubs.Count / Ground.Brokers.Count;
        for (var number = 0; number < Ground.Brokers.Count; number++)
        {
            if ((number > 0 && !await IsUpAsync(Hubs[0])) || !await Ground.StartAsync(number))
            {
                return false;
            }

            if (number > 0)
            {
                Replica.Make(HubHomes[number], HubHomes[0]);
            }

            foreach (var hub in Hubs.Skip(number * hubsEach).Take(hubsEach))
            {
                hub.Launch();
            }
        }

        return true;
    }

    /// <summary>Homes on small disks become ordinary folders.</summary>
    public async Task KeepAsync()
    {
        foreach (var player in Players)
        {
            if (player.Disk is not null)
            {
                await player.Actor.DisposeAsync();
                await player.Beside.DisposeAsync();
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
            await player.Beside.DisposeAsync();
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

        foreach (var broker in Ground.Brokers)
        {
            await broker.DisposeAsync();
        }
    }

    private static string Log(string folder, string name) => Path.Combine(folder, name + ".log");

    private static Actor HubActor(string folder, string name, string home, string broker) =>
        new(name, () => Child.StartMode(Log(folder, name), null, "hub", home, broker), IsThereAsync);

    // Where there are two brokers everybody has one of his own; two of four go to the other while theirs is dead.
    private Player Member(Person person, string home, SmallDisk? disk, int number)
    {
        var own = Ground.Doors[number % Ground.Doors.Count];
        var way = new FaultProxy(number % 4 < 2 ? [own] : [own, .. Ground.Doors.Except([own])], _plan.Seed + (ulong)person.Name[0] + (ulong)person.Name.Length);
        Player? player = null;
        Actor Process(string name) => new(
            name,
            () =>
            {
                var life = new List<string>();
                player!.Arrived.Add(life);
                return Child.StartMode(Log(Folder, name), told => Heard(player, life, told), person.Of is null ? "member" : "linked", player.Owner, home, Ground.Address(new IPEndPoint(IPAddress.Loopback, way.Port), person.Name));
            },
            IsThereAsync);
        return player = new Player(person, Process(person.Name), home, way, disk) { Beside = Process(WorldPlan.Beside(person.Name)) };
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

    private static async Task<bool> IsUpAsync(Actor hub)
    {
        for (var until = Environment.TickCount64 + (long)OpenTime.TotalMilliseconds; Environment.TickCount64 < until;)
        {
            if ((await hub.AskAsync("status"))?.Up == true)
            {
                return true;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(30), TimeProvider.System);
        }

        return false;
    }

    private static async Task<bool> IsThereAsync(Child process) => await process.AskAsync("status") is not null;
}
