// Owns: setting, changing and taking away the passphrase of a profile that nobody has open.
// Must never: leave a secret under a key that is not on the disk, wherever it is cut: the vault comes first and goes last.
using Papo.Protocol;

namespace Papo.Client;

/// <summary>From one state to the other, file by file; what is read takes either form, so a cut leaves something that opens.</summary>
/// <param name="profile">The folder.</param>
/// <param name="platform">What this system seals with where there is no passphrase; null for nothing.</param>
/// <param name="step">Called before each thing that is written; null but where a test cuts there.</param>
internal sealed class PassphraseChange(string profile, IPlatformKeys? platform, Action? step)
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

        using var vault = Vault.IsIn(profile) ? Vault.Open(profile, current, platform) : null;
        if (fresh is not null)
        {
            step?.Invoke();
            vault?.Keep(profile, fresh, cost);
            using var made = vault is null ? Vault.Make(profile, fresh, cost) : null;
            Resealing.Run(profile, vault ?? made, vault ?? made, step);
        }
        else if (vault is not null && platform is not null)
        {
            step?.Invoke();
            if (!vault.Keep(profile, platform))
            {
                throw new ProfileException(ProfileProblem.SealedElsewhere, profile, "the platform does not seal it");
            }

            Resealing.Run(profile, vault, vault, step);
        }
        else if (vault is not null)
        {
            Resealing.Run(profile, vault, null, step);
            step?.Invoke();
            Vault.Remove(profile);
        }
    }
}
