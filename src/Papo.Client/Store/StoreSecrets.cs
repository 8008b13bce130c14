// Owns: how secrets lie in the tables of a store: as they are, or sealed where the profile has a vault. Their length tells which.
// Must never: hand out bytes that did not open.
namespace Papo.Client.Store;

/// <summary>Secrets of 32 bytes in a store.</summary>
internal sealed class StoreSecrets(Vault? vault)
{
    private const int Size = 32;

    /// <summary>As they are.</summary>
    public static StoreSecrets Plain { get; } = new(null);

    /// <summary>The bytes for a table.</summary>
    public ReadOnlyMemory<byte> ToKeep(ReadOnlyMemory<byte> secret) => vault?.Seal(secret.Span) ?? secret;

    /// <summary>The secret of such bytes; also of those from before there was a vault.</summary>
    /// <exception cref="ProfileException">They are sealed under another key.</exception>
    public byte[] Open(ReadOnlySpan<byte> kept) => kept.Length == Size
        ? kept.ToArray()
        : vault?.Open(kept) ?? throw new ProfileException(ProfileProblem.Damaged, "store", "a secret is sealed under another key");
}
