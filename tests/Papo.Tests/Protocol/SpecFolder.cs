// Owns: where the test vectors lie: spec/vectors/ of the checkout that these tests were built in.
// Must never: depend on the folder the tests are started from.
namespace Papo.Tests.Protocol;

internal static class SpecFolder
{
    public static string Of(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Papo.slnx")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? "", "spec", "vectors", file);
    }
}
