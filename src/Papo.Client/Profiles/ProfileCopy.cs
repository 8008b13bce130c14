// Owns: what of a profile goes into a backup: who it is and which spaces it knows, not its devices.
// Must never: name the key, card or client id of a device: a copy of a device would write the same log twice (docs/PROTOCOL.md 13.4).
using Papo.Protocol;

namespace Papo.Client;

/// <summary>A space of a profile that a backup holds.</summary>
/// <param name="Space">Which.</param>
/// <param name="Folder">Name of its folder below <see cref="ProfileCopy.SpacesFolder"/>.</param>
internal sealed record CopiedSpace(SpaceId Space, string Folder);

/// <summary>The files of a profile that make it the same account elsewhere, without a device; the next start makes one.</summary>
internal static class ProfileCopy
{
    public const string SpacesFolder = "spaces";
    public const string StoreFile = "store.db";
    private const string AccountFile = "account.key";
    private static readonly string[] SpaceFiles = ["space", "brokers"];

    /// <summary>The file of the account's key.</summary>
    public static string AccountKeyOf(string folder) => Path.Combine(folder, AccountFile);

    /// <summary>Whether there is an account in this folder.</summary>
    public static bool IsProfile(string folder) => File.Exists(AccountKeyOf(folder));

    /// <summary>The account, or null when its key is not there.</summary>
    /// <exception cref="ProfileException">The key is damaged.</exception>
    public static AccountId? Account(string folder, Vault? vault = null) => IsProfile(folder) ? new AccountId(KeyFile.ReadOrMake(AccountKeyOf(folder), vault, out _).Public.Fingerprint) : null;

    /// <summary>The spaces that have been reached.</summary>
    /// <exception cref="ProfileException">One of them is damaged.</exception>
    public static IReadOnlyList<CopiedSpace> Spaces(string folder)
    {
        var spaces = Path.Combine(folder, SpacesFolder);
        return Directory.Exists(spaces) ? [.. Directory.EnumerateDirectories(spaces).Order(StringComparer.Ordinal).Select(Known).OfType<CopiedSpace>()] : [];
    }

    /// <summary>The small files, as paths within the folder.</summary>
    public static IEnumerable<string> Files(string folder) =>
        new[] { AccountFile, Profile.NameFile }
            .Concat(Spaces(folder).SelectMany(static space => SpaceFiles.Select(file => Path.Combine(SpacesFolder, space.Folder, file))))
            .Where(file => File.Exists(Path.Combine(folder, file)));

    private static CopiedSpace? Known(string folder)
    {
        var file = Path.Combine(folder, SpaceFiles[0]);
        if (PrivateFile.ReadText(file) is not { } text)
        {
            return null;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && SpaceCard.TryRead(bytes.AsMemory(0, length), out var card)
            ? new CopiedSpace(card.Space, Path.GetFileName(folder))
            : throw new ProfileException(ProfileProblem.Damaged, file, "not a space card");
    }
}
