// Owns: how hard it is made to try passphrases: the parameters of Argon2id (RFC 9106).
// Must never: be assumed by a reader; they are written beside what they seal, so that they can rise.
namespace Papo.Protocol;

/// <summary>What one try of a passphrase costs.</summary>
/// <param name="Passes">Passes over the memory.</param>
/// <param name="KiB">Memory in KiB.</param>
public sealed record PassphraseCost(int Passes, int KiB)
{
    /// <summary>For keys that are opened with every command: 64 MiB, about a fifth of a second.</summary>
    public static PassphraseCost Daily { get; } = new(3, 64 * 1024);

    /// <summary>For a file that is opened once in years and lies who knows where: 256 MiB.</summary>
    public static PassphraseCost Archive { get; } = new(3, 256 * 1024);

    /// <summary>Whether a file may ask for it: one that was tampered with must not take the computer down.</summary>
    public bool IsBearable => Passes is >= 1 and <= 64 && KiB is >= 8 and <= 2 * 1024 * 1024;
}
