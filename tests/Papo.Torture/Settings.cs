// Owns: what the command line of the torture says.
// Must never: hold a default that depends on the machine, but for the seed to begin with.
using System.Globalization;
using System.Security.Cryptography;
using Papo.Torture.Plan;

namespace Papo.Torture;

/// <summary>Which seeds, for how long; on which ground, where one is asked for that no seed draws; whether the first violation ends the run.</summary>
internal sealed record Settings(ulong First, ulong? Last, TimeSpan? For, TimeSpan? Soak, Ground? Ground, bool Keep, bool Verbose, bool StopAtViolation)
{
    public const string Usage = "usage: ./torture [--seed N | --seeds A..B | --for 2m | --soak 30m] [--ground cluster|bridge] [--keep] [--verbose] [--stop]";

    /// <summary>Null when it cannot be understood.</summary>
    public static Settings? Read(string[] arguments)
    {
        var settings = new Settings((ulong)RandomNumberGenerator.GetInt32(1_000_000), null, TimeSpan.FromMinutes(2), null, null, false, false, false);
        for (var at = 0; at < arguments.Length; at++)
        {
            var value = at + 1 < arguments.Length ? arguments[at + 1] : "";
            switch (arguments[at])
            {
                case "--keep":
                    settings = settings with { Keep = true };
                    continue;
                case "--verbose":
                    settings = settings with { Verbose = true };
                    continue;
                case "--stop":
                    settings = settings with { StopAtViolation = true };
                    continue;
                case "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                    settings = settings with { First = seed, Last = seed, For = null };
                    break;
                case "--seeds" when value.Split("..") is [var from, var to] && ulong.TryParse(from, out var first) && ulong.TryParse(to, out var last) && first <= last:
                    settings = settings with { First = first, Last = last, For = null };
                    break;
                case "--for" when Time(value) is { } time:
                    settings = settings with { For = time, Last = null };
                    break;
                case "--soak" when Time(value) is { } time:
                    settings = settings with { Soak = time };
                    break;
                case "--ground" when value is "cluster" or "bridge":
                    settings = settings with { Ground = value == "cluster" ? Plan.Ground.Cluster : Plan.Ground.Bridge };
                    break;
                default:
                    return null;
            }

            at++;
        }

        return settings is { Soak: not null, Ground: not null } ? null : settings; // a soak has a ground of its own
    }

    private static TimeSpan? Time(string text) => text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? text[^1] switch { 's' => TimeSpan.FromSeconds(number), 'm' => TimeSpan.FromMinutes(number), 'h' => TimeSpan.FromHours(number), _ => null }
        : null;
}
