// Owns: secret Ed25519 seeds on disk: one line of base64, readable by the owner only, made once.
// Must never: overwrite a key that exists; it may be the only proof of who somebody is.
using Papo.Protocol;

namespace Papo.Client;

/// <summary>Key files of a profile.</summary>
internal static class KeyFile
{
    /// <summary>Reads a key, or makes one when there is none yet; two processes that start at once get the same one.</summary>
    /// <exception cref="ProfileException">The file exists and is not a key.</exception>
    public static KeyPair ReadOrMake(string path, Vault? vault, out bool made)
    {
        made = false;
        if (TryRead(path, vault) is { } existing)
        {
            return existing;
        }

        var fresh = KeyPair.Generate();
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        PrivateFile.WriteText(temporary, TextOf(fresh, vault));
        try
        {
            File.Move(temporary, path, overwrite: false);
            made = true;
            return fresh;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
            return TryRead(path, vault) ?? throw new ProfileException(ProfileProblem.Damaged, path, "the key vanished while it was read");
        }
    }

    /// <summary>Writes a key as it is or sealed, whichever way it is now.</summary>
    /// <exception cref="ProfileException">It is not a key, or sealed under another one.</exception>
    public static void Reseal(string path, Vault? from, Vault? to)
    {
        var pair = TryRead(path, from) ?? throw new ProfileException(ProfileProblem.Damaged, path, "the key vanished while it was read");
        PrivateFile.WriteText(path, TextOf(pair, to));
    }

    private static string TextOf(KeyPair pair, Vault? vault) => vault?.SealText(pair.Seed.Span) ?? Convert.ToBase64String(pair.Seed.Span);

    private static KeyPair? TryRead(string path, Vault? vault)
    {
        if (PrivateFile.ReadText(path) is not { } text)
        {
            return null;
        }

        if (Vault.IsSealed(text))
        {
            return vault?.OpenText(text) is { } opened && KeyPair.TryRead(opened, out var known) ? known : throw new ProfileException(ProfileProblem.Damaged, path, "it is sealed under another key");
        }

        var seed = new byte[KeyPair.SeedSize];
        return Convert.TryFromBase64String(text, seed, out var length) && KeyPair.TryRead(seed.AsSpan(0, length), out var pair)
            ? pair
            : throw new ProfileException(ProfileProblem.Damaged, path, "not a key file");
    }
}
