// Owns: what one seed means: who is there, on which broker, and what happens in which order.
// Must never: hold anything that is not the same in every run of the seed.
using System.Globalization;
using System.Text;

namespace Papo.Torture.Plan;

/// <summary>Which broker carries the world.</summary>
internal enum Ground
{
    /// <summary>An unconfigured Mosquitto: nothing of it outlives it.</summary>
    Mosquitto,

    /// <summary>The broker inside a hub.</summary>
    EmbeddedHub,

    /// <summary>Mosquitto, and one or two replicas of a hub beside it.</summary>
    MosquittoAndHubs,

    /// <summary>Two ejabberd nodes that are one broker, a replica of the hub at each. Only where it is asked for.</summary>
    Cluster,

    /// <summary>Two Mosquittos joined by a bridge, a replica of the hub at each. Only where it is asked for.</summary>
    Bridge,
}

/// <summary>Somebody in a world.</summary>
/// <param name="Name">How everybody calls him.</param>
/// <param name="IsLate">He comes in the middle of it.</param>
/// <param name="HasSmallDisk">His home is a disk that can be filled.</param>
internal sealed record Person(string Name, bool IsLate, bool HasSmallDisk)
{
    /// <summary>Whose second computer this is; null for a person.</summary>
    public string? Of { get; init; }
}

/// <summary>A whole world.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Ground">Its broker.</param>
/// <param name="Hubs">Replicas of a hub beside the broker.</param>
/// <param name="People">Who is in it.</param>
/// <param name="ClocksJump">A clock is wrong: entries may stand where they were first seen.</param>
/// <param name="Steps">What happens.</param>
internal sealed record WorldPlan(ulong Seed, Ground Ground, int Hubs, IReadOnlyList<Person> People, bool ClocksJump, IReadOnlyList<Step> Steps)
{
    /// <summary>The room beside #general.</summary>
    public const string OtherRoom = "porto";

    /// <summary>The private room; what it is called on the wire shows when it is made.</summary>
    public const string Den = "~den";

    private const string BesideMark = "-2";
    private const string LinkedMark = "-linked";

    /// <summary>Name of the broker's process.</summary>
    public const string Broker = "broker";

    /// <summary>Name of the other broker's process, where there are two.</summary>
    public const string OtherBroker = "broker-2";

    /// <summary>The brokers of a ground.</summary>
    public static IReadOnlyList<string> BrokersOf(Ground ground) => ground is Ground.Cluster or Ground.Bridge ? [Broker, OtherBroker] : [Broker];

    /// <summary>Name of the process of a hub beside the broker.</summary>
    public static string Hub(int number) => string.Create(CultureInfo.InvariantCulture, $"hub-{number}");

    /// <summary>Name of the second process of somebody.</summary>
    public static string Beside(string who) => who + BesideMark;

    /// <summary>Name of the second computer of somebody.</summary>
    public static string Linked(string who) => who + LinkedMark;

    /// <summary>Which computer that process is on: a person's first has the person's name.</summary>
    public static string ComputerOf(string process) => Without(process, BesideMark);

    /// <summary>Whose process that is.</summary>
    public static string PersonOf(string process) => Without(ComputerOf(process), LinkedMark);

    /// <summary>In short, for people.</summary>
    public string Describe(bool withSteps)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"seed {Seed}: {Ground}{(Hubs > 0 ? $" × {Hubs}" : "")}, {string.Join(' ', People.Select(static person => person.Name + (person is { IsLate: true, Of: null } ? " (late)" : "") + (person.HasSmallDisk ? " (small disk)" : "")))}, {Steps.Count} steps");
        foreach (var step in withSteps ? Steps : [])
        {
            text.AppendLine().Append("  ").Append(step);
        }

        return text.ToString();
    }

    private static string Without(string name, string mark) => name.EndsWith(mark, StringComparison.Ordinal) ? name[..^mark.Length] : name;
}
