// Owns: where a hub keeps what was said, as a person writes it, and opening it.
// Must never: fall back to another place when the named one cannot be used.
using System.Diagnostics.CodeAnalysis;
using Papo.Client;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Hub;

/// <summary>The archive of a hub: a folder with a file for each space, or a PostgreSQL server.</summary>
public abstract record ArchivePlace
{
    private const string FilePrefix = "sqlite:";

    private ArchivePlace()
    {
    }

    /// <summary>As it can be read again; a password is not in it.</summary>
    public abstract string Kept { get; }

    /// <summary>A folder on this computer.</summary>
    public sealed record Folder(string Path) : ArchivePlace
    {
        /// <inheritdoc/>
        public override string Kept => $"{FilePrefix}{Path}";

        /// <inheritdoc/>
        public override string ToString() => Kept;

        /// <summary>The file of a space.</summary>
        internal string FileOf(SpaceId space) => System.IO.Path.Combine(Path, $"{space}.db");

        internal override Database Open(SpaceId space, int slot)
        {
            try
            {
                Directory.CreateDirectory(Path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw new ProfileException(ProfileProblem.ReadOnly, Path, failure.Message, failure);
            }

            return SqliteDatabase.Open(FileOf(space), SqliteDatabase.ArchiveCache);
        }

        internal override void Check()
        {
        }
    }

    /// <summary>A PostgreSQL server.</summary>
    public sealed record Postgres(PostgresAddress Address) : ArchivePlace
    {
        /// <inheritdoc/>
        public override string Kept => Address.Url;

        /// <inheritdoc/>
        public override string ToString() => Address.Shown;

        internal override Database Open(SpaceId space, int slot) => PostgresDatabase.Open(Address, space, slot);

        internal override void Check() => PostgresDatabase.Check(Address);
    }

    /// <summary>Reads <c>sqlite:FOLDER</c> or <c>postgres://…</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ArchivePlace? place)
    {
        ArgumentNullException.ThrowIfNull(text);
        place = null;
        if (text.Contains('\0'))
        {
            return false; // no system takes it in a path
        }

        if (text.StartsWith(FilePrefix, StringComparison.Ordinal) && text.Length > FilePrefix.Length)
        {
            place = new Folder(System.IO.Path.GetFullPath(text[FilePrefix.Length..]));
        }
        else if (PostgresAddress.TryParse(text, out var address))
        {
            place = new Postgres(address);
        }

        return place is not null;
    }

    /// <summary>Opens the archive of a space for one replica.</summary>
    /// <exception cref="ProfileException">It cannot be used.</exception>
    internal abstract Database Open(SpaceId space, int slot);

    /// <summary>Whether it could be opened, before a space is known.</summary>
    /// <exception cref="ProfileException">It cannot be used.</exception>
    internal abstract void Check();
}
