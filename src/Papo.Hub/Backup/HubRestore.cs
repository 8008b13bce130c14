// Owns: making a hub of a backup in a home that has none: checked completely first, then put in place.
// Must never: write over a hub, an archive or a settings file, or give back a device: the restored hub is a new replica of the same account.
using System.Formats.Tar;
using System.Security.Cryptography;
using Papo.Client;

namespace Papo.Hub;

/// <summary>A backup that was read and found whole, not restored yet.</summary>
public sealed class HubRestore : IDisposable
{
    private const int LongestName = 200;
    private readonly Home _home;
    private readonly string _staging;
    private readonly string _file;
    private readonly BackupManifest _manifest;

    private HubRestore(Home home, string staging, string file, BackupManifest manifest) => (_home, _staging, _file, _manifest) = (home, staging, file, manifest);

    /// <summary>The hub.</summary>
    public string Account => _manifest.Account;

    /// <summary>When the backup was made.</summary>
    public DateTimeOffset MadeAt => _manifest.MadeAt;

    /// <summary>The database that holds its archive, or null.</summary>
    public PostgresAddress? Elsewhere => ArchivePlace.TryParse(_manifest.Archive, out var place) && place is ArchivePlace.Postgres { Address: var address } ? address : null;

    /// <summary>The settings file in it, line by line, or null.</summary>
    public IReadOnlyList<string>? Settings => File.Exists(SettingsPath) ? File.ReadAllLines(SettingsPath) : null;

    private string SettingsPath => Path.Combine(_staging, BackupManifest.SettingsFile);

    /// <summary>Reads and checks a backup for a home without a hub.</summary>
    /// <exception cref="BackupException">It cannot be restored there.</exception>
    public static HubRestore Open(Home home, string file)
    {
        ArgumentNullException.ThrowIfNull(home);
        var hub = new HubFolder(home);
        if (Path.Exists(hub.Path))
        {
            throw new BackupException(BackupProblem.HomeTaken, hub.Path);
        }

        var staging = $"{hub.Path}.{Environment.ProcessId}.part";
        try
        {
            PrivateFile.MakeFolder(staging);
            Unpack(file, staging);
            return new HubRestore(home, staging, file, Check(file, staging));
        }
        catch (Exception failure) when (Problem(failure) is { } problem)
        {
            Remove(staging);
            throw new BackupException(problem, file, failure.Message, failure);
        }
        catch
        {
            Remove(staging);
            throw;
        }
    }

    /// <summary>Puts everything in place. The settings file is written only where there is none.</summary>
    /// <param name="archive">Where the hub will look for its archive; null: in its own folder.</param>
    /// <param name="settings">Where the settings file belongs.</param>
    /// <returns>How many archives are in place, and whether the settings are.</returns>
    /// <exception cref="BackupException">Something is in the way; nothing of the hub is in place then.</exception>
    public (int Archives, bool Settings) Into(ArchivePlace? archive, string settings)
    {
        try
        {
            var archives = PlaceArchives(archive);
            Directory.Move(Path.Combine(_staging, HubFolder.Name), new HubFolder(_home).Path);
            var writes = File.Exists(SettingsPath) && !Path.Exists(settings);
            if (writes)
            {
                PrivateFile.MakeFolder(Path.GetDirectoryName(Path.GetFullPath(settings))!);
                PrivateFile.Write(settings, File.ReadAllBytes(SettingsPath));
            }

            return (archives, writes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupException(BackupProblem.Unusable, _file, failure.Message, failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Remove(_staging);

    private static void Unpack(string file, string staging)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !IsPlainName(entry.Name))
            {
                throw new BackupException(BackupProblem.Damaged, file, entry.Name);
            }

            var path = Path.Combine(staging, entry.Name);
            PrivateFile.MakeFolder(Path.GetDirectoryName(path)!);
            using var target = new FileStream(path, HubBackup.PrivateOptions(FileMode.CreateNew));
            entry.DataStream?.CopyTo(target);
            target.Flush(flushToDisk: true);
        }
    }

    // Names a backup has: nothing that leads out of the folder, on any platform.
    private static bool IsPlainName(string name) =>
        name.Length <= LongestName && name.Split('/').All(static part => part.Length > 0 && part[0] != '.' && part.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'));

    // Every file that is there has its sum and every sum its file: the sums are the last file, so half a backup has none.
    private static BackupManifest Check(string file, string staging)
    {
        var sums = Path.Combine(staging, BackupManifest.SumsFile);
        var wanted = File.Exists(sums) ? File.ReadAllLines(sums) : throw new BackupException(BackupProblem.Damaged, file, BackupManifest.SumsFile);
        foreach (var line in wanted)
        {
            var name = line.Length > 66 ? line[66..] : "";
            var path = Path.Combine(staging, name);
            if (!IsPlainName(name) || !File.Exists(path) || Sum(path) != line[..64])
            {
                throw new BackupException(BackupProblem.Damaged, file, name);
            }
        }

        var manifest = BackupManifest.Read(File.ReadAllBytes(Path.Combine(staging, BackupManifest.File)));
        if (manifest is { Format: > BackupManifest.Current })
        {
            throw new BackupException(BackupProblem.Newer, file, manifest.Program);
        }

        var whole = manifest is not null
            && wanted.Length + 1 == Directory.EnumerateFiles(staging, "*", SearchOption.AllDirectories).Count()
            && ProfileCopy.IsProfile(HubFolder.ProfileIn(Path.Combine(staging, HubFolder.Name)));
        return whole ? manifest! : throw new BackupException(BackupProblem.Damaged, file, BackupManifest.File);
    }

    private static string Sum(string path)
    {
        using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    private int PlaceArchives(ArchivePlace? archive)
    {
        var profile = HubFolder.ProfileIn(Path.Combine(_staging, HubFolder.Name));
        var from = Path.Combine(_staging, BackupManifest.ArchiveFolder);
        var files = Directory.Exists(from) ? Directory.GetFiles(from, "*.db") : [];
        if (files.Length > 0 && archive is ArchivePlace.Postgres postgres)
        {
            throw new BackupException(BackupProblem.ArchiveIsFiles, postgres.Address.Shown);
        }

        var moves = ProfileCopy.Spaces(profile)
            .Select(space => (From: Path.Combine(from, $"{space.Space}.db"), To: archive is ArchivePlace.Folder folder ? folder.FileOf(space.Space) : Path.Combine(profile, ProfileCopy.SpacesFolder, space.Folder, ProfileCopy.StoreFile)))
            .Where(static move => File.Exists(move.From)).ToList();
        if (moves.Find(static move => Path.Exists(move.To)) is { To: { } taken })
        {
            throw new BackupException(BackupProblem.ArchiveTaken, taken);
        }

        foreach (var (path, to) in moves)
        {
            // Between two disks a move is a copy: it gets its name when it is whole.
            PrivateFile.MakeFolder(Path.GetDirectoryName(to)!);
            File.Move(path, to + ".part", overwrite: true);
            File.Move(to + ".part", to);
        }

        return moves.Count;
    }

    // What is no tar, or half of one, is told by the reader in several ways.
    private static BackupProblem? Problem(Exception failure) => failure switch
    {
        InvalidDataException or EndOfStreamException or FormatException or ArgumentException => BackupProblem.Damaged,
        IOException or UnauthorizedAccessException => BackupProblem.Unusable,
        _ => null,
    };

    private static void Remove(string staging)
    {
        if (Directory.Exists(staging))
        {
            Directory.Delete(staging, recursive: true);
        }
    }
}
