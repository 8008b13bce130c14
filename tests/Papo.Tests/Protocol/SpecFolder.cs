// Owns: where the test vectors lie.
// Must never: depend on the folder the tests are started from.
using System.Runtime.CompilerServices;

namespace Papo.Tests.Protocol;

internal static class SpecFolder
{
    public static string Of(string file, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "spec", "vectors", file));
}
