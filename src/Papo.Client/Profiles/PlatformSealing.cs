// Owns: sealing a profile without a passphrase by the platform's means, at the first opening that finds it alone.
// Must never: be run but under the opening lock, or where a process has the profile open.
namespace Papo.Client;

/// <summary>What an opening does before it takes a slot.</summary>
internal static class PlatformSealing
{
    /// <summary>Seals what is not sealed yet; nothing where the system has no means, or not now, or there is a passphrase.</summary>
    public static void Apply(string profile, IPlatformKeys? platform, Action? step = null)
    {
        if (platform is null || Vault.HasPassphrase(profile) || (Vault.IsIn(profile) && !Resealing.IsLeft(profile)) || Profile.IsInUse(profile))
        {
            return;
        }

        step?.Invoke();
        using var vault = Vault.IsIn(profile) ? Vault.Open(profile, null, platform) : Vault.Make(profile, platform);
        if (vault is not null)
        {
            Resealing.Run(profile, vault, vault, step);
        }
    }
}
