// Owns: what is fuzzed: a reader of bytes from outside, and inputs that it takes.
// Must never: be told apart from the program's own use of that reader.
namespace Papo.Fuzz;

/// <summary>One reader.</summary>
/// <param name="Name">Also its folder in the corpus.</param>
/// <param name="Read">Feeds it; answers with what it took them for: anything that differs where something else happened. What it throws is a bug.</param>
/// <param name="Examples">Good inputs, from which others are made.</param>
internal sealed record Target(string Name, Func<byte[], object?> Read, params byte[][] Examples);
