// Owns: the folder of all profiles of one user, and the small choices that are kept there (last profile, last broker, credentials).
// Must never: hold a password in a file that others can read.
using System.Text;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>The folder that holds every profile of this user (<c>--home</c>).</summary>
public sealed class Home(string path)
{
    private readonly CredentialFile _credentials = new(System.IO.Path.Combine(path, "credentials.json"));

    /// <summary>The platform's data folder for Papo: XDG, <c>%LOCALAPPDATA%</c> or <c>~/Library/Application Support</c>; works with HOME unset.</summary>
    public static string DefaultPath
    {
        get
        {
            var xdg = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            var data = !OperatingSystem.IsWindows() && !OperatingSystem.IsMacOS() && System.IO.Path.IsPathRooted(xdg)
                ? xdg
                : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return data.Length > 0
                ? System.IO.Path.Combine(data, "papo")
                : System.IO.Path.Combine(System.IO.Path.GetTempPath(), "papo-" + Environment.UserName);
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>What keys are sealed with where there is no passphrase; null for nothing.</summary>
    internal IPlatformKeys? Platform { get; init; } = PlatformKeys.Own;

    /// <summary>Profile names, the last used first.</summary>
    public IReadOnlyList<string> Profiles()
    {
        var last = LastUsed;
        return [.. Names().OrderByDescending(name => name == last).ThenBy(static name => name, StringComparer.Ordinal)];
    }

    /// <summary>The name of the profile last opened; where none was, of the only one there is: whoever was linked and died before it opened it. Else null.</summary>
    public string? LastUsed => Noted ?? (Names().ToList() is [var only] && DisplayName.TryParse(only, out var name) == NameProblem.None && Directory.Exists(Folder(name!)) ? only : null);

    /// <summary>The broker last used with success, as a canonical URL without credentials, or null. Null forgets it.</summary>
    /// <exception cref="ProfileException">The folder cannot be written.</exception>
    public string? SavedBroker
    {
        get => PrivateFile.ReadText(System.IO.Path.Combine(Path, "last-broker"));
        set => Guarded(() =>
        {
            if (value is null)
            {
                File.Delete(System.IO.Path.Combine(Path, "last-broker"));
            }
            else if (value != SavedBroker)
            {
                PrivateFile.WriteText(System.IO.Path.Combine(Path, "last-broker"), value);
            }
        });
    }

    /// <summary>Whether some process has this profile open now.</summary>
    public bool InUse(string name) => DisplayName.TryParse(name, out var parsed) == NameProblem.None && Profile.IsInUse(Folder(parsed!));

    /// <summary>Whether the keys of this profile are sealed with a passphrase.</summary>
    public bool HasPassphrase(DisplayName name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Vault.HasPassphrase(Folder(name));
    }

    /// <summary>Seals the keys of a profile that nobody has open with a passphrase, with another one than before, or (null) with none: by the platform's means then, where it has any.</summary>
    /// <exception cref="ProfileException">It cannot be done; nothing was changed.</exception>
    public void SetPassphrase(DisplayName name, string? current, string? fresh, PassphraseCost? cost = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        Guarded(() => new PassphraseChange(Folder(name), Platform, null).Apply(current, fresh, cost ?? PassphraseCost.Daily));
    }

    /// <summary>Opens the profile of this name, making it when new; remembers it as last used; takes its lowest free slot.</summary>
    /// <exception cref="ProfileException">It cannot be used.</exception>
    public Profile Open(DisplayName name, string? passphrase = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Guarded(() =>
        {
            PrivateFile.MakeFolder(Path);
            var profile = Profile.Open(Folder(name), name, passphrase, Platform);
            if (Noted != name.Text)
            {
                PrivateFile.WriteText(System.IO.Path.Combine(Path, "last-profile"), name.Text); // not what its owner is called by now: that leads to no folder
            }

            return profile;
        });
    }

    /// <summary>Writes one file, sealed with a passphrase, with all of a profile but its devices, also while it is in use.</summary>
    /// <param name="name">The profile.</param>
    /// <param name="own">Its own passphrase, where it has one.</param>
    /// <param name="file">The file to make.</param>
    /// <param name="passphrase">The one that opens the file.</param>
    /// <param name="cost">How hard trying others is made.</param>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="ProfileException">It was not made; nothing is left of it.</exception>
    public long Backup(DisplayName name, string? own, string file, string passphrase, PassphraseCost? cost = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ProfileBackup.Write(Folder(name), own, Platform, name, file, passphrase, cost ?? PassphraseCost.Archive);
    }

    /// <summary>Makes a profile of a backup, as a new device of the same account; under its own name unless one is given.</summary>
    /// <returns>The name under which to open it.</returns>
    /// <exception cref="ProfileException">It cannot be restored here; nothing was changed.</exception>
    public DisplayName Restore(string file, string passphrase, DisplayName? name)
    {
        var profiles = System.IO.Path.Combine(Path, "profiles");
        Guarded(() => PrivateFile.MakeFolder(profiles));
        var restored = ProfileRestore.Read(file, passphrase, Platform, name, profiles, Folder);
        Guarded(() => PrivateFile.WriteText(System.IO.Path.Combine(Path, "last-profile"), restored.Text));
        return restored;
    }

    /// <summary>Credentials kept for a broker URL, or null.</summary>
    /// <exception cref="ProfileException">The file is damaged.</exception>
    public Credentials? SavedCredentials(string url) => _credentials.Find(url);

    /// <summary>Keeps credentials for a broker URL in a file of mode 0600.</summary>
    /// <exception cref="ProfileException">The folder cannot be written.</exception>
    public void SaveCredentials(string url, Credentials credentials) => Guarded(() =>
    {
        PrivateFile.MakeFolder(Path);
        _credentials.Keep(url, credentials);
    });

    private string? Noted => PrivateFile.ReadText(System.IO.Path.Combine(Path, "last-profile"));

    private IEnumerable<string> Names()
    {
        var root = System.IO.Path.Combine(Path, "profiles");
        return Directory.Exists(root) ? Directory.EnumerateDirectories(root).Select(static folder => PrivateFile.ReadText(System.IO.Path.Combine(folder, Profile.NameFile))).OfType<string>() : [];
    }

    // A name may hold any letters; a folder name keeps to lower-case ASCII and escapes the rest, so that it is the same on every platform.
    internal string Folder(DisplayName name)
    {
        var safe = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(name.Key))
        {
            _ = b is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9') or (byte)'-' ? safe.Append((char)b) : safe.Append('_').Append(b.ToString("x2"));
        }

        return System.IO.Path.Combine(Path, "profiles", safe.ToString());
    }

    private void Guarded(Action action) => Guarded(() =>
    {
        action();
        return true;
    });

    private T Guarded<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.From(failure, Path);
        }
    }
}
