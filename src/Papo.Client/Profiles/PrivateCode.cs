// Owns: native code that had to be put on the disk, in a folder of its owner, under a name that is its hash.
// Must never: hand out a file whose content is not what was asked for.
using System.Security.Cryptography;

namespace Papo.Client;

/// <summary>Native libraries kept in the user's data folder.</summary>
public static class PrivateCode
{
    /// <summary>Keeps <paramref name="content"/> under <paramref name="home"/> and returns the path; an existing file is compared, not trusted.</summary>
    /// <exception cref="ProfileException">The folder cannot be written.</exception>
    public static string Keep(string home, string name, string suffix, ReadOnlySpan<byte> content)
    {
        var folder = Path.Combine(home, "native");
        try
        {
            PrivateFile.MakeFolder(folder);
            var path = Path.Combine(folder, $"{name}-{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}{suffix}");
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
            {
                PrivateFile.Write(path, content);
            }

            return path;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.From(failure, folder);
        }
    }
}
