// Owns: the brokers a world stands on: their processes, where they are reached, and making one community of them.
// Must never: be reached from outside this computer.
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Papo.Torture.Plan;
using Papo.Torture.World;

namespace Papo.Torture.Grounds;

/// <summary>One broker, or two that carry one community. Two listen on the same port of two loopback addresses, as two machines would.</summary>
internal sealed class Groundwork
{
    private readonly Func<int, Task<bool>> _join;

    private Groundwork(IReadOnlyList<Actor> brokers, IReadOnlyList<IPEndPoint> doors, Func<int, Task<bool>> join) => (Brokers, Doors, _join) = (brokers, doors, join);

    public IReadOnlyList<Actor> Brokers { get; }

    /// <summary>Where each of them listens.</summary>
    public IReadOnlyList<IPEndPoint> Doors { get; }

    /// <summary>Whether it lets nobody in without a user name.</summary>
    public bool AsksForUser { get; private init; }

    /// <summary>Prepares the brokers; starts none.</summary>
    public static Groundwork Make(WorldPlan plan, string folder, Func<int, Actor> embedded)
    {
        var port = FreePort.Next();
        IPEndPoint[] doors = [.. WorldPlan.BrokersOf(plan.Ground).Select((_, at) => new IPEndPoint(new IPAddress([127, 0, 0, (byte)(at + 1)]), port))];
        switch (plan.Ground)
        {
            case Ground.EmbeddedHub:
                return new Groundwork([embedded(port)], doors, Alone);
            case Ground.Bridge:
                var ends = doors.Select((door, at) => Mosquitto.End(folder, WorldPlan.BrokersOf(plan.Ground)[at], door, at == 0 ? null : doors[0]));
                return new Groundwork([.. ends], doors, Alone);
            case Ground.Cluster:
                var distribution = FreePort.Next();
                var nodes = doors.Select((door, at) => new EjabberdNode(folder, WorldPlan.BrokersOf(plan.Ground)[at], door, distribution)).ToList();
                return new Groundwork([.. nodes.Select(static node => node.Actor)], doors, number => number == 0 ? Alone(number) : nodes[number].JoinAsync(nodes[0])) { AsksForUser = true };
            default:
                return new Groundwork([Mosquitto.Unconfigured(folder, WorldPlan.Broker, doors[0])], doors, Alone);
        }
    }

    /// <summary>Starts one for the first time and joins it to the first; false when that does not come about.</summary>
    public async Task<bool> StartAsync(int number) => await Brokers[number].StartAsync() && await _join(number);

    /// <summary>A broker's address as somebody writes it down.</summary>
    public string Address(IPEndPoint door, string user) => string.Create(CultureInfo.InvariantCulture, $"mqtt://{(AsksForUser ? user + "@" : "")}{door}");

    /// <summary>Whether somebody answers there for a process.</summary>
    public static async Task<bool> AcceptsAsync(Child process, IPEndPoint door)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(door);
            return process.IsAlive;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Task<bool> Alone(int number) => Task.FromResult(true);
}
