// Owns: the ways in which a backup cannot be made or used.
// Must never: carry wording for people; the program says what to do.
namespace Papo.Hub;

/// <summary>Why a backup was not made, or not restored.</summary>
public enum BackupProblem
{
    /// <summary>There is no hub in this home.</summary>
    NoHub,

    /// <summary>The file to write is there already.</summary>
    FileExists,

    /// <summary>A file or folder cannot be read or written.</summary>
    Unusable,

    /// <summary>The file is no backup of a hub, or not a whole one, or was changed.</summary>
    Damaged,

    /// <summary>A newer program made it.</summary>
    Newer,

    /// <summary>The home to restore into has a hub.</summary>
    HomeTaken,

    /// <summary>There is an archive of this space where one would be restored.</summary>
    ArchiveTaken,

    /// <summary>The backup holds an archive in files; the settings name a database.</summary>
    ArchiveIsFiles,
}

/// <summary>A backup cannot be made or used; nothing was changed. <see cref="Path"/> names the file or folder.</summary>
public sealed class BackupException(BackupProblem problem, string path, string detail = "", Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>Why.</summary>
    public BackupProblem Problem { get; } = problem;

    /// <summary>The file or folder.</summary>
    public string Path { get; } = path;
}
