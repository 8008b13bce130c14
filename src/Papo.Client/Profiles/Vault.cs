// Owns: the key under which a profile's secrets are sealed, itself sealed with the user's passphrase or by the platform, in a file of its own.
// Must never: change that key while anything is sealed under it, or write the file but whole.
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>
/// The vault of a profile: <c>papo vault 1 argon2id PASSES KIB SALT SEALED</c> where its user has set a passphrase, <c>papo vault 2 NAME SEALED</c>
/// where the platform of that name seals it. Another passphrase seals the same key anew; what lies under it stays as it is.
/// </summary>
internal sealed class Vault : IDisposable
{
    private const string FileName = "vault";
    private const string Mark = "papo vault 1 argon2id";
    private const string PlatformMark = "papo vault 2 ";
    private const string SealedMark = "sealed ";
    private readonly byte[] _bytes;
    private readonly FileKey _key;

    private Vault(byte[] bytes) => (_bytes, _key) = (bytes, new FileKey(bytes));

    /// <summary>The key, to go into a backup.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Whether a profile has one.</summary>
    public static bool IsIn(string profile) => File.Exists(FileOf(profile));

    /// <summary>Whether it is sealed with a passphrase, as far as its file says anything else.</summary>
    public static bool HasPassphrase(string profile) => PrivateFile.ReadText(FileOf(profile)) is { } text && !text.StartsWith(PlatformMark, StringComparison.Ordinal);

    /// <summary>Makes one that the platform seals; null, and nothing on the disk, when it does not.</summary>
    public static Vault? Make(string profile, IPlatformKeys platform, byte[]? key = null)
    {
        var made = new Vault(key ?? RandomNumberGenerator.GetBytes(FileKey.Size));
        if (made.Keep(profile, platform))
        {
            return made;
        }

        made.Dispose();
        return null;
    }

    /// <summary>One of a key that a backup brought, on no disk.</summary>
    public static Vault Of(byte[] key) => new(key);

    /// <summary>Makes one of a new key, or of the one that a backup brought.</summary>
    public static Vault Make(string profile, string passphrase, PassphraseCost cost, byte[]? key = null)
    {
        var made = new Vault(key ?? RandomNumberGenerator.GetBytes(FileKey.Size));
        made.Keep(profile, passphrase, cost);
        return made;
    }

    /// <summary>Opens the one of a profile.</summary>
    /// <exception cref="ProfileException">The passphrase is missing or wrong, the platform does not open it, or the file is damaged or newer.</exception>
    public static Vault Open(string profile, string? passphrase, IPlatformKeys? platform)
    {
        var path = FileOf(profile);
        var text = PrivateFile.ReadText(path) ?? "";
        if (text.StartsWith(PlatformMark, StringComparison.Ordinal))
        {
            return OpenByPlatform(path, text[PlatformMark.Length..].Split(' '), platform);
        }

        var parts = text.Split(' ');
        if (parts is not ["papo", "vault", _, _, var passes, var memory, var salt, var sealedKey] || !text.StartsWith(Mark + " ", StringComparison.Ordinal))
        {
            throw new ProfileException(text.StartsWith("papo vault ", StringComparison.Ordinal) && !text.StartsWith("papo vault 1 ", StringComparison.Ordinal) && !text.StartsWith("papo vault 2", StringComparison.Ordinal) ? ProfileProblem.Newer : ProfileProblem.Damaged, path, "not a vault");
        }

        if (!int.TryParse(passes, NumberStyles.None, CultureInfo.InvariantCulture, out var times) || !int.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out var kib)
            || new PassphraseCost(times, kib) is not { IsBearable: true } cost || FromBase64(salt) is not { Length: FileKey.SaltSize } salted || FromBase64(sealedKey) is not { } box)
        {
            throw new ProfileException(ProfileProblem.Damaged, path, "not a vault");
        }

        if (passphrase is null)
        {
            throw new ProfileException(ProfileProblem.PassphraseNeeded, path, "no passphrase was given");
        }

        using var wrapping = FileKey.Derive(passphrase, salted, cost);
        return wrapping.OpenWith(Bound(cost, salt), box) is { Length: FileKey.Size } bytes
            ? new Vault(bytes)
            : throw new ProfileException(ProfileProblem.PassphraseWrong, path, "it does not open");
    }

    /// <summary>Takes it away: nothing may be sealed under its key any more.</summary>
    public static void Remove(string profile) => File.Delete(FileOf(profile));

    /// <summary>Seals the key with a passphrase, in place of the one before.</summary>
    public void Keep(string profile, string passphrase, PassphraseCost cost)
    {
        var salted = RandomNumberGenerator.GetBytes(FileKey.SaltSize);
        var salt = Convert.ToBase64String(salted);
        using var wrapping = FileKey.Derive(passphrase, salted, cost);
        PrivateFile.WriteText(FileOf(profile), Invariant($"{Mark} {cost.Passes} {cost.KiB} {salt} {Convert.ToBase64String(wrapping.SealWith(Bound(cost, salt), _bytes))}"));
    }

    /// <summary>Lets the platform seal the key, in place of what was before; false, and nothing is changed, when it does not or would not open it again.</summary>
    public bool Keep(string profile, IPlatformKeys platform)
    {
        if (platform.Seal(_bytes) is not { } box || platform.Open(box) is not { } opened || !CryptographicOperations.FixedTimeEquals(opened, _bytes))
        {
            return false;
        }

        PrivateFile.WriteText(FileOf(profile), $"{PlatformMark}{platform.Name} {Convert.ToBase64String(box)}");
        return true;
    }

    /// <summary>Whether the text of a key file is sealed.</summary>
    public static bool IsSealed(string text) => text.StartsWith(SealedMark, StringComparison.Ordinal);

    /// <summary>A secret as the text of a key file.</summary>
    public string SealText(ReadOnlySpan<byte> secret) => SealedMark + Convert.ToBase64String(_key.SealWith("file"u8, secret));

    /// <summary>Opens such a text; null when it was not sealed here.</summary>
    public byte[]? OpenText(string text) => IsSealed(text) && FromBase64(text[SealedMark.Length..]) is { } bytes ? _key.OpenWith("file"u8, bytes) : null;

    /// <summary>A secret of a store, longer than it is by <see cref="FileKey.Overhead"/>.</summary>
    public byte[] Seal(ReadOnlySpan<byte> secret) => _key.SealWith("store"u8, secret);

    /// <summary>Opens it.</summary>
    public byte[]? Open(ReadOnlySpan<byte> bytes) => _key.OpenWith("store"u8, bytes);

    /// <inheritdoc/>
    public void Dispose()
    {
        _key.Dispose();
        CryptographicOperations.ZeroMemory(_bytes);
    }

    private static Vault OpenByPlatform(string path, string[] parts, IPlatformKeys? platform)
    {
        if (parts is not [var name, var text] || FromBase64(text) is not { } box)
        {
            throw new ProfileException(ProfileProblem.Damaged, path, "not a vault");
        }

        return platform?.Name == name && platform.Open(box) is { Length: FileKey.Size } bytes
            ? new Vault(bytes)
            : throw new ProfileException(ProfileProblem.SealedElsewhere, path, $"{name} does not open it");
    }

    private static string FileOf(string profile) => Path.Combine(profile, FileName);

    private static byte[] Bound(PassphraseCost cost, string salt) => Encoding.ASCII.GetBytes(Invariant($"{Mark} {cost.Passes} {cost.KiB} {salt}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
