// Owns: secret Ed25519 seeds on disk: one line of base64, readable by the owner only, made once.
// Must never: overwrite a key that exists; it may be the only proof of who somebody is.
using Papo.Protocol;

namespace Papo.Client;

/// <summary>Key files of a profile.</summary>
internal static class KeyFile
{
    /// <summary>Reads a key, or makes one when there is none yet; two processes that start at once get the same one.</summary>
    /// <exception cref="ProfileException">The file exists and is not a key.</exception>
    public static KeyPair ReadOrMake(string path, out bool made)
    {
        made = false;
        if (TryRead(path) is { } existing)
        {
            return existing;
        }

        var fresh = KeyPair.Generate();
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        PrivateFile.Write(temporary, System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(fresh.Seed.Span) + "\n"));
        try
        {
            File.Move(temporary, path, overwrite: false);
            made = true;
            return fresh;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
            return TryRead(path) ?? throw new ProfileException(ProfileProblem.Damaged, path, "the key vanished while it was read");
        }
    }

    private static KeyPair? TryRead(string path)
    {
        if (PrivateFile.ReadText(path) is not { } text)
        {
            return null;
        }

        var seed = new byte[KeyPair.SeedSize];
        return Convert.TryFromBase64String(text, seed, out var length) && KeyPair.TryRead(seed.AsSpan(0, length), out var pair)
            ? pair
            : throw new ProfileException(ProfileProblem.Damaged, path, "not a key file");
    }
}
