// Owns: taking every secret of a profile that nobody has open from one form to the other.
// Must never: leave a secret under a key that is not on the disk, wherever it is cut: the caller's vault comes first and goes last.
using Papo.Client.Store;

namespace Papo.Client;

/// <summary>File by file; what is read takes either form, so a cut leaves something that opens, and doing it again finishes it.</summary>
internal static class Resealing
{
    /// <summary>Takes all of it to <paramref name="to"/>; null leaves it as it is.</summary>
    /// <param name="profile">The folder.</param>
    /// <param name="from">What it is sealed with now, as far as it is.</param>
    /// <param name="to">What it shall be sealed with.</param>
    /// <param name="step">Called before each thing that is written; null but where a test cuts there.</param>
    public static void Run(string profile, Vault? from, Vault? to, Action? step)
    {
        foreach (var space in Directory.EnumerateDirectories(Path.Combine(profile, ProfileCopy.SpacesFolder)))
        {
            if (Path.Combine(space, ProfileCopy.StoreFile) is var path && File.Exists(path))
            {
                using var store = SpaceStore.Open(path, from);
                step?.Invoke();
                store.Reseal(new StoreSecrets(to));
            }

            if (to is not null)
            {
                ForgetOldForms(space);
            }

            Keys(space, from, to, step);
        }

        Keys(profile, from, to, step);
    }

    /// <summary>Whether a key lies there as it is. Keys come after the store they stand beside, and the account's last: then something is left to do.</summary>
    public static bool IsLeft(string profile) =>
        Directory.EnumerateDirectories(Path.Combine(profile, ProfileCopy.SpacesFolder)).Append(profile)
            .SelectMany(static folder => Directory.EnumerateFiles(folder, "*.key"))
            .Any(static key => PrivateFile.ReadText(key) is { } text && !Vault.IsSealed(text));

    private static void Keys(string folder, Vault? from, Vault? to, Action? step)
    {
        foreach (var key in Directory.GetFiles(folder, "*.key"))
        {
            step?.Invoke();
            KeyFile.Reseal(key, from, to);
        }
    }

    // The store as it was before a migration, and what a crash left of a key that was just being made.
    private static void ForgetOldForms(string space)
    {
        foreach (var left in Directory.EnumerateFiles(space, ProfileCopy.StoreFile + ".v*").Concat(Directory.EnumerateFiles(space, "*.key.*.tmp")).ToList())
        {
            File.Delete(left);
        }
    }
}
