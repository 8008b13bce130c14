// Owns: the ways in which a profile on disk can be unusable.
// Must never: carry wording for people; the program says what to do.
namespace Papo.Client;

/// <summary>Why a profile cannot be used.</summary>
public enum ProfileProblem
{
    /// <summary>The store or a key file is damaged.</summary>
    Damaged,

    /// <summary>Made by a newer program.</summary>
    Newer,

    /// <summary>A folder or file cannot be written, or belongs to somebody else.</summary>
    ReadOnly,

    /// <summary>No space left on the disk.</summary>
    DiskFull,

    /// <summary>The server of a hub's archive cannot be reached.</summary>
    ArchiveAway,

    /// <summary>The server of a hub's archive does not let it in.</summary>
    ArchiveRefused,

    /// <summary>Another hub uses this archive.</summary>
    ArchiveInUse,

    /// <summary>There is no profile of this name.</summary>
    NoProfile,

    /// <summary>A file or profile is there already, and nothing is written over it.</summary>
    InTheWay,

    /// <summary>The file is no backup of a profile, or not a whole one, or was changed.</summary>
    BadBackup,

    /// <summary>Its keys are sealed, and no passphrase was given.</summary>
    PassphraseNeeded,

    /// <summary>Its keys are sealed by the platform of another computer or user, or this one does not open or seal them.</summary>
    SealedElsewhere,

    /// <summary>Some process has it open, and it must not.</summary>
    InUse,

    /// <summary>The passphrase does not open it; nothing was changed.</summary>
    PassphraseWrong,

    /// <summary>All 256 slots, of a linked copy 16, are in use by running processes.</summary>
    NoSlot,

    /// <summary>A linked copy does not hold its account's key: there is nothing to back up that would be somebody elsewhere.</summary>
    LinkedCopy,

    /// <summary>This copy is linked to its account in another chat, and has no certificate for this one.</summary>
    NotLinkedHere,
}

/// <summary>A profile cannot be used; <see cref="Path"/> names the file or folder.</summary>
public sealed class ProfileException(ProfileProblem problem, string path, string detail, Exception? inner = null) : Exception(detail, inner)
{
    /// <summary>Why.</summary>
    public ProfileProblem Problem { get; } = problem;

    /// <summary>The file or folder.</summary>
    public string Path { get; } = path;

    /// <summary>Puts an I/O failure into one of the problems.</summary>
    internal static ProfileException From(Exception failure, string path) => new(
        failure is IOException io && PrivateFile.IsDiskFull(io) ? ProfileProblem.DiskFull : ProfileProblem.ReadOnly, path, failure.Message, failure);
}
