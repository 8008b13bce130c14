// Owns: the list of all readers.
// Must never: hold one that is not fuzzed.
namespace Papo.Fuzz;

internal static class Targets
{
    public static IReadOnlyList<Target> All { get; } = [.. WireTargets.All, .. TextTargets.All];
}
