// Stub of the profile API; the real one replaces it.
using Papo.Protocol;

namespace Papo.Client;

/// <summary>Why a profile cannot be used.</summary>
public enum ProfileProblem
{
    /// <summary>The store or a key file is damaged.</summary>
    Damaged,
    /// <summary>Made by a newer program.</summary>
    Newer,
    /// <summary>Folder or file cannot be written.</summary>
    ReadOnly,
    /// <summary>No space left.</summary>
    DiskFull,
    /// <summary>Every slot is in use (256).</summary>
    NoSlot,
    /// <summary>Somebody else's folder, or readable by others.</summary>
    Permissions,
}

/// <summary>A profile cannot be used. <see cref="Path"/> names the file.</summary>
public sealed class ProfileException(ProfileProblem problem, string path, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>Why.</summary>
    public ProfileProblem Problem { get; } = problem;
    /// <summary>The file or folder.</summary>
    public string Path { get; } = path;
}

/// <summary>The folder that holds every profile of this user (<c>--home</c>).</summary>
public sealed class Home(string path)
{
    /// <summary>The folder.</summary>
    public string Path { get; } = path;
    /// <summary>The platform's data folder for Papo, also with HOME unset.</summary>
    public static string DefaultPath => throw new NotImplementedException();
    /// <summary>Profile names, the last used first.</summary>
    public IReadOnlyList<string> Profiles() => throw new NotImplementedException();
    /// <summary>The name of the profile last used interactively, or null.</summary>
    public string? LastUsed => throw new NotImplementedException();
    /// <summary>Whether some process has this profile open now.</summary>
    public bool InUse(string name) => throw new NotImplementedException();
    /// <summary>Opens the profile of this name, making it when new; remembers it as last used. Takes a free slot (lock).</summary>
    /// <exception cref="ProfileException">It cannot be used.</exception>
    public Profile Open(DisplayName name) => throw new NotImplementedException();
    /// <summary>The broker URL last used successfully by this user, or null; setting remembers it (canonical form, no credentials).</summary>
    public string? SavedBroker { get => throw new NotImplementedException(); set => throw new NotImplementedException(); }
    /// <summary>Credentials kept for a broker URL (file of mode 0600), or null.</summary>
    public Credentials? SavedCredentials(string url) => throw new NotImplementedException();
    /// <summary>Keeps credentials for a broker URL.</summary>
    public void SaveCredentials(string url, Credentials credentials) => throw new NotImplementedException();
}

/// <summary>One identity of this user, with one locked slot of this process.</summary>
public sealed class Profile : IDisposable
{
    /// <summary>Its name.</summary>
    public DisplayName Name => throw new NotImplementedException();
    /// <summary>Its account.</summary>
    public AccountId Account => throw new NotImplementedException();
    /// <summary>The folder.</summary>
    public string Path => throw new NotImplementedException();
    /// <summary>The slot this process holds, from 0.</summary>
    public int Slot => throw new NotImplementedException();
    /// <summary>Whether this call made the profile.</summary>
    public bool IsNew => throw new NotImplementedException();
    /// <inheritdoc/>
    public void Dispose() => throw new NotImplementedException();
}
