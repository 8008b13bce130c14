// Owns: what a system offers to seal a key to its user with, and which systems do.
// Must never: seal to anything that a program of the same user without a desktop (cron, SSH) could not open.
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace Papo.Client;

/// <summary>Seals a few bytes so that only this user of this computer opens them. Any thread.</summary>
internal interface IPlatformKeys
{
    /// <summary>One word, kept beside what was sealed.</summary>
    string Name { get; }

    /// <summary>Seals; null when the system does not do it now, as for a user who logged on without a password.</summary>
    byte[]? Seal(byte[] secret);

    /// <summary>Opens; null when it was sealed to somebody else, elsewhere, or is damaged.</summary>
    byte[]? Open(byte[] bytes);
}

/// <summary>The one of this system.</summary>
internal static class PlatformKeys
{
    /// <summary>DPAPI on Windows; null elsewhere (docs/decisions/0120).</summary>
    public static IPlatformKeys? Own { get; } = OperatingSystem.IsWindows() ? new Dpapi() : null;
}

/// <summary>The Data Protection API: the system keeps the key under the user's own credentials, and nothing is asked.</summary>
[SupportedOSPlatform("windows")]
internal sealed class Dpapi : IPlatformKeys
{
    private static readonly byte[] Purpose = "papo vault"u8.ToArray();

    /// <inheritdoc/>
    public string Name => "dpapi";

    /// <inheritdoc/>
    public byte[]? Seal(byte[] secret)
    {
        try
        {
            return ProtectedData.Protect(secret, Purpose, DataProtectionScope.CurrentUser);
        }
        catch (CryptographicException)
        {
            return null; // an SSH session that was opened with a key has no credentials to derive one from
        }
    }

    /// <inheritdoc/>
    public byte[]? Open(byte[] bytes)
    {
        try
        {
            return ProtectedData.Unprotect(bytes, Purpose, DataProtectionScope.CurrentUser);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
