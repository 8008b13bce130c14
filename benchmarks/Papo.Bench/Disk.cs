// Owns: the two places a store is measured on, and the folders made there.
// Must never: leave a folder behind.
namespace Papo.Bench;

/// <summary>A place for stores.</summary>
/// <param name="Name"><c>tmpfs</c> or <c>disk</c>.</param>
/// <param name="Root">Where folders are made.</param>
internal sealed record Disk(string Name, string Root)
{
    public static IReadOnlyList<Disk> All { get; } = Directory.Exists("/dev/shm")
        ? [new("tmpfs", "/dev/shm"), new("disk", Path.GetFullPath("artifacts"))]
        : [new("disk", Path.GetFullPath("artifacts"))];

    public static bool IsName(string name) => name is "tmpfs" or "disk";

    public DirectoryInfo MakeFolder()
    {
        Directory.CreateDirectory(Root);
        var name = "papo-bench-" + Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6));
        return Directory.CreateDirectory(Path.Combine(Root, name));
    }
}
