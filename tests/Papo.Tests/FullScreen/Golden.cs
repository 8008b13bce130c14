// Owns: comparing what was made with what was reviewed and kept.
// Must never: write what it compares with, unless asked to by PAPO_GOLDEN=write.
using System.Runtime.CompilerServices;

namespace Papo.Tests.FullScreen;

/// <summary>Files in the folder <c>golden</c>.</summary>
internal static class Golden
{
    /// <summary>Fails where the text differs from the kept one.</summary>
    public static void Check(string name, string text, [CallerFilePath] string here = "") =>
        CheckFile(Path.Combine(Path.GetDirectoryName(here)!, "golden", name + ".txt"), text);

    /// <summary>Fails where the text differs from a picture in the documentation.</summary>
    public static void CheckDocs(string name, string text, [CallerFilePath] string here = "") =>
        CheckFile(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/screens", name + ".svg"), text);

    private static void CheckFile(string file, string text)
    {
        if (Environment.GetEnvironmentVariable("PAPO_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }

        Assert.True(File.Exists(file), $"There is no {file}; PAPO_GOLDEN=write makes it.");
        Assert.Equal(File.ReadAllText(file), text, ignoreLineEndingDifferences: true);
    }
}
