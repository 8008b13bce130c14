// Owns: setting, changing and taking away the passphrase of a profile that nobody has open.
// Must never: leave a secret under a key that is not on the disk, wherever it is cut: the vault comes first and goes last.
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>From one state to the other, file by file; what is read takes either form, so a cut leaves something that opens.</summary>
/// <param name="profile">The folder.</param>
/// <param name="step">Called before each thing that is written; null but where a test cuts there.</param>
internal sealed class PassphraseChange(string profile, Action? step)
{
    /// <summary>Changes it; <paramref name="fresh"/> null takes it away.</summary>
    /// <exception cref="ProfileException">The profile is in use, or the passphrase it has is missing or wrong; nothing was changed then.</exception>
    public void Apply(string? current, string? fresh, PassphraseCost cost)
    {
        if (!File.Exists(Path.Combine(profile, Profile.NameFile)))
        {
            throw new ProfileException(ProfileProblem.NoProfile, profile, "nobody has a name in it");
        }

        using var alone = PrivateFile.Lock(Profile.OpeningLock(profile));
        if (Profile.IsInUse(profile))
        {
            throw new ProfileException(ProfileProblem.InUse, profile, "a process has it open");
        }

        using var vault = Vault.IsIn(profile) ? Vault.Open(profile, current) : null;
        if (fresh is not null)
        {
            step?.Invoke();
            vault?.Keep(profile, fresh, cost);
            using var made = vault is null ? Vault.Make(profile, fresh, cost) : null;
            Convert(vault ?? made, vault ?? made);
        }
        else if (vault is not null)
        {
            Convert(vault, null);
            step?.Invoke();
            Vault.Remove(profile);
        }
    }

    private void Convert(Vault? from, Vault? to)
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

            foreach (var key in Directory.GetFiles(space, "*.key"))
            {
                step?.Invoke();
                KeyFile.Reseal(key, from, to);
            }
        }

        foreach (var key in Directory.GetFiles(profile, "*.key"))
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
