// Owns: the inputs kept for each target, as files named after their bytes.
// Must never: keep one that shows nothing new.
using System.Security.Cryptography;

namespace Papo.Fuzz;

/// <summary>A folder with a folder for each target.</summary>
internal sealed class Corpus(string folder)
{
    private const int NameLength = 12;
    private const string Crash = "crash-";

    /// <summary>The corpus of this source tree: found upwards from the program.</summary>
    public static Corpus OfSource()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Papo.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("the source tree");
        }

        return new Corpus(Path.Combine(folder.FullName, "spec", "corpora"));
    }

    /// <summary>Everything kept of a target, crashes of the past too, in a fixed order.</summary>
    public IReadOnlyList<byte[]> Of(Target target) => Directory.Exists(Path.Combine(folder, target.Name))
        ? [.. Directory.EnumerateFiles(Path.Combine(folder, target.Name)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)]
        : [];

    /// <summary>Keeps an input; where it lies.</summary>
    public string Keep(Target target, byte[] input, bool crash)
    {
        var place = Path.Combine(folder, target.Name, (crash ? Crash : "") + Convert.ToHexStringLower(SHA256.HashData(input))[..NameLength]);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllBytes(place, input);
        return place;
    }
}
