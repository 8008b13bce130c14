// Owns: how one world ended.
// Must never: hold more than what is reported.
namespace Papo.Torture.World;

/// <summary>One seed's result.</summary>
internal sealed record Outcome(ulong Seed, string Ground, int Members, int Messages, int Kills, double Seconds, double RestSeconds, IReadOnlyList<string> Violations);
