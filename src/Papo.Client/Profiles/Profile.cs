// Owns: one identity of this user on disk: account key, slots, and the folder of each space.
// Must never: let two processes use one slot, or make a second account where one exists.
using Papo.Protocol;

namespace Papo.Client;

/// <summary>One identity of this user, with one locked slot of this process.</summary>
public sealed class Profile : IDisposable
{
    /// <summary>Most processes of one profile at a time.</summary>
    public const int MaxSlots = 256;

    internal const string NameFile = "name";
    private readonly FileStream _slotLock;

    private Profile(string path, DisplayName name, KeyPair? key, AccountId account, Vault? vault, int slot, FileStream slotLock, bool isNew)
    {
        Vault = vault;
        Path = path;
        Name = name;
        AccountKey = key;
        Account = account;
        Slot = slot;
        _slotLock = slotLock;
        IsNew = isNew;
    }

    /// <summary>Its display name.</summary>
    public DisplayName Name { get; private set; }

    /// <summary>Its account.</summary>
    public AccountId Account { get; }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The slot this process holds, from 0.</summary>
    public int Slot { get; }

    /// <summary>Whether this call made the profile.</summary>
    public bool IsNew { get; }

    /// <summary>Whether this copy is linked to an account whose key is on another computer.</summary>
    public bool IsLinked => AccountKey is null;

    /// <summary>Null in a linked copy.</summary>
    internal KeyPair? AccountKey { get; }

    /// <summary>Seals its secrets; null where there is no passphrase and the platform has no means.</summary>
    internal Vault? Vault { get; }

    internal string SpacesPath => System.IO.Path.Combine(Path, "spaces");

    /// <inheritdoc/>
    public void Dispose()
    {
        Vault?.Dispose();
        _slotLock.Dispose();
    }

    /// <summary>Held while a process takes its slot, and while nobody may.</summary>
    internal static string OpeningLock(string folder) => System.IO.Path.Combine(folder, "opening.lock");

    internal static bool IsInUse(string folder)
    {
        var slots = System.IO.Path.Combine(folder, "slots");
        if (!Directory.Exists(slots))
        {
            return false;
        }

        foreach (var file in Directory.EnumerateFiles(slots))
        {
            using var free = PrivateFile.TryLock(file);
            if (free is null)
            {
                return true;
            }
        }

        return false;
    }

    internal static Profile Open(string folder, DisplayName name, string? passphrase = null, IPlatformKeys? platform = null)
    {
        PrivateFile.MakeFolder(folder);
        PrivateFile.MakeFolder(System.IO.Path.Combine(folder, "slots"));
        PrivateFile.MakeFolder(System.IO.Path.Combine(folder, "spaces"));
        var linked = LinkedProfile.Account(folder);
        var (slot, slotLock) = TakeSlotAlone(folder, linked is null ? MaxSlots : Limits.LinkedDevices, platform);
        Vault? vault = null;
        try
        {
            vault = Vault.IsIn(folder) ? Vault.Open(folder, passphrase, platform) : null;
            var isNew = false;
            var key = linked is null ? KeyFile.ReadOrMake(ProfileCopy.AccountKeyOf(folder), vault, out isNew) : null;
            var nameFile = System.IO.Path.Combine(folder, NameFile);
            if (PrivateFile.ReadText(nameFile) is not { } stored || DisplayName.TryParse(stored, out var known) != NameProblem.None)
            {
                PrivateFile.WriteText(nameFile, name.Text);
                known = name;
            }

            return new Profile(folder, known!, key, linked ?? new AccountId(key!.Public.Fingerprint), vault, slot, slotLock, isNew);
        }
        catch
        {
            vault?.Dispose();
            slotLock.Dispose();
            throw;
        }
    }

    /// <summary>What this person does not want to see, one line each; the program decides what a line means. Empty at first.</summary>
    /// <exception cref="ProfileException">The folder cannot be written.</exception>
    public IReadOnlyList<string> Hidden
    {
        get => PrivateFile.ReadLines(System.IO.Path.Combine(Path, "hidden"));
        set => PrivateFile.WriteLines(System.IO.Path.Combine(Path, "hidden"), value);
    }

    /// <summary>How far each room was read and what was being written, one line each; the program decides what a line means. Empty at first.</summary>
    /// <exception cref="ProfileException">The folder cannot be written.</exception>
    public IReadOnlyList<string> Places
    {
        get => PrivateFile.ReadLines(System.IO.Path.Combine(Path, "places"));
        set => PrivateFile.WriteLines(System.IO.Path.Combine(Path, "places"), value);
    }

    /// <summary>What this person prefers, as lines of a file that people edit too; the program decides what a line means. Empty at first.</summary>
    /// <exception cref="ProfileException">The folder cannot be written.</exception>
    public IReadOnlyList<string> Preferences
    {
        get => PrivateFile.ReadLines(PreferencesFile);
        set => PrivateFile.WriteLines(PreferencesFile, value);
    }

    /// <summary>The file of <see cref="Preferences"/>.</summary>
    public string PreferencesFile => System.IO.Path.Combine(Path, "screen.conf");

    /// <summary>Keeps a new display name.</summary>
    internal void Rename(DisplayName name)
    {
        PrivateFile.WriteText(System.IO.Path.Combine(Path, NameFile), name.Text);
        Name = name;
    }

    /// <summary>Locks another slot of this profile, to finish what its process left; null when that process lives.</summary>
    internal FileStream? TryLockSlot(int slot) => slot == Slot ? null : PrivateFile.TryLock(SlotFile(Path, slot));

    // Whoever changes the passphrase keeps newcomers out, and finds everybody who is in.
    private static (int Slot, FileStream Lock) TakeSlotAlone(string folder, int most, IPlatformKeys? platform)
    {
        using var alone = PrivateFile.Lock(OpeningLock(folder));
        PlatformSealing.Apply(folder, platform);
        return TakeSlot(folder, most);
    }

    private static (int Slot, FileStream Lock) TakeSlot(string folder, int most)
    {
        for (var slot = 0; slot < most; slot++)
        {
            if (PrivateFile.TryLock(SlotFile(folder, slot)) is { } taken)
            {
                return (slot, taken);
            }
        }

        throw new ProfileException(ProfileProblem.NoSlot, folder, $"{most} slots are in use");
    }

    private static string SlotFile(string folder, int slot) => System.IO.Path.Combine(folder, "slots", $"{slot}.lock");
}
