// Owns: the folder of a hub in a home: where its parts lie, and the note of where its archive is.
// Must never: be changed by a backup.
using Papo.Client;

namespace Papo.Hub;

/// <summary>Where things of a hub are.</summary>
internal sealed class HubFolder(Home home)
{
    /// <summary>Name of the folder, and of the profile in it.</summary>
    public const string Name = "hub";

    /// <summary>The folder.</summary>
    public string Path { get; } = System.IO.Path.Combine(home.Path, Name);

    /// <summary>The profile in it.</summary>
    public string Profile => ProfileIn(Path);

    /// <summary>Certificates, where it has its own.</summary>
    public string Tls => System.IO.Path.Combine(Path, "tls");

    /// <summary>
    /// Where the hub that started last keeps what was said, null: in its own folder. A backup has to know, whatever its own command line says: a
    /// backup of the wrong place would look like one until it is needed.
    /// </summary>
    /// <exception cref="ProfileException">The note is damaged.</exception>
    public ArchivePlace? Archive
    {
        get
        {
            if (PrivateFile.ReadText(ArchiveFile) is not { Length: > 0 } text)
            {
                return null;
            }

            return ArchivePlace.TryParse(text, out var place) ? place : throw new ProfileException(ProfileProblem.Damaged, ArchiveFile, "not an archive");
        }
    }

    private string ArchiveFile => System.IO.Path.Combine(Path, "archive");

    /// <summary>Notes where the archive is.</summary>
    /// <exception cref="ProfileException">The folder cannot be written.</exception>
    public void NoteArchive(ArchivePlace? place)
    {
        try
        {
            PrivateFile.WriteText(ArchiveFile, place?.Kept ?? "");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.From(failure, Path);
        }
    }

    /// <summary>The profile in a folder of a hub.</summary>
    public static string ProfileIn(string folder) => System.IO.Path.Combine(folder, "profiles", Name);
}
