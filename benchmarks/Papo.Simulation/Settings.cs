// Owns: how much is simulated: sizes, parts, seed, and the network.
// Must never: change what is simulated.
using System.Globalization;

namespace Papo.Simulation;

/// <summary>The arguments of a run: numbers are sizes, words are parts, the rest is <c>name=value</c>.</summary>
internal sealed record Settings(string[] Arguments)
{
    public required IReadOnlyList<int> Devices { get; init; }

    public required IReadOnlySet<string> Parts { get; init; }

    public required IReadOnlyList<bool> Hubs { get; init; }

    public ulong Seed { get; } = (ulong)Number(Arguments, "seed", 1);

    public int? Trials { get; } = Number(Arguments, "trials", 0) is var trials and > 0 ? (int)trials : null;

    public double[] Losses { get; } = Number(Arguments, "loss", -1) is var loss and >= 0 ? [loss / 100] : [0, 0.01, 0.05];

    /// <summary>Mean of one leg in milliseconds.</summary>
    public double Leg { get; } = Number(Arguments, "leg", 6);

    /// <summary>How many join at once.</summary>
    public int Joining { get; } = (int)Number(Arguments, "join", 500);

    private static double Number(string[] arguments, string name, double otherwise) =>
        arguments.FirstOrDefault(argument => argument.StartsWith(name + "=", StringComparison.Ordinal)) is { } found
            ? double.Parse(found.AsSpan(name.Length + 1), NumberStyles.Float, CultureInfo.InvariantCulture)
            : otherwise;
}
