// Owns: one file with everything a hub is made of, taken while it runs: a tar of keys, certificates, settings and archive, with SHA-256 sums.
// Must never: leave half a file under the final name, change the hub, or copy one of its devices.
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Papo.Client;
using Papo.Client.Store;

namespace Papo.Hub;

/// <summary>What a backup holds.</summary>
/// <param name="Path">The file.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Account">The hub.</param>
/// <param name="Archives">The archives in it, as the files they were taken from.</param>
/// <param name="HasSettings">Whether a settings file is in it.</param>
/// <param name="Elsewhere">The database that holds the archive instead, which its own programs back up; or null.</param>
public sealed record BackupContents(string Path, long Size, string Account, IReadOnlyList<string> Archives, bool HasSettings, PostgresAddress? Elsewhere);

/// <summary>Makes backups of a hub.</summary>
public sealed class HubBackup
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly HubFolder _hub;
    private readonly string _staging;
    private readonly DateTimeOffset _now;
    private readonly StringBuilder _sums = new();

    private HubBackup(HubFolder hub, string staging, DateTimeOffset now) => (_hub, _staging, _now) = (hub, staging, now);

    /// <summary>Writes the backup of the hub in <paramref name="home"/>, which may be running.</summary>
    /// <param name="home">The home of the hub.</param>
    /// <param name="file">The file to make.</param>
    /// <param name="settings">The settings file to take along, if it exists.</param>
    /// <param name="program">Version of this program.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="BackupException">It was not made.</exception>
    /// <exception cref="ProfileException">The hub's own files cannot be used.</exception>
    public static BackupContents Write(Home home, string file, string settings, string program, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(home);
        var hub = new HubFolder(home);
        if (!ProfileCopy.IsProfile(hub.Profile))
        {
            throw new BackupException(BackupProblem.NoHub, hub.Path);
        }

        if (Path.Exists(file))
        {
            throw new BackupException(BackupProblem.FileExists, file);
        }

        var staging = $"{file}.{Environment.ProcessId}.part";
        try
        {
            PrivateFile.MakeFolder(staging);
            return new HubBackup(hub, staging, now).Write(file, settings, program);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupException(BackupProblem.Unusable, file, failure.Message, failure);
        }
        finally
        {
            if (Directory.Exists(staging))
            {
                Directory.Delete(staging, recursive: true);
            }
        }
    }

    private BackupContents Write(string file, string settings, string program)
    {
        var account = ProfileCopy.Account(_hub.Profile)!.ToString()!;
        var spaces = ProfileCopy.Spaces(_hub.Profile);
        var place = _hub.Archive;
        var archives = place is ArchivePlace.Postgres ? [] : spaces.Select(space => (space.Space, Path: Store(place, space))).Where(static store => File.Exists(store.Path)).ToList();
        var whole = Path.Combine(_staging, "backup.tar");
        using (var stream = new FileStream(whole, PrivateOptions(FileMode.CreateNew)))
        {
            using (var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
            {
                var manifest = new BackupManifest(BackupManifest.Current, program, _now, account, place?.Kept ?? "", [.. spaces.Select(static space => space.Space.ToString())]);
                Add(tar, BackupManifest.File, new MemoryStream(manifest.Encode()));
                AddKeys(tar, settings);
                foreach (var (space, path) in archives)
                {
                    var copy = Path.Combine(_staging, "archive.db");
                    SqliteDatabase.CopyTo(path, copy);
                    AddFile(tar, $"{BackupManifest.ArchiveFolder}/{space}.db", copy);
                    File.Delete(copy);
                }

                Add(tar, BackupManifest.SumsFile, new MemoryStream(Encoding.UTF8.GetBytes(_sums.ToString())));
            }

            stream.Flush(flushToDisk: true);
        }

        var size = new FileInfo(whole).Length;
        File.Move(whole, file, overwrite: false);
        return new BackupContents(file, size, account, [.. archives.Select(static store => store.Path)], File.Exists(settings), (place as ArchivePlace.Postgres)?.Address);
    }

    private string Store(ArchivePlace? place, CopiedSpace space) => place is ArchivePlace.Folder folder
        ? folder.FileOf(space.Space)
        : Path.Combine(_hub.Profile, ProfileCopy.SpacesFolder, space.Folder, ProfileCopy.StoreFile);

    private void AddKeys(TarWriter tar, string settings)
    {
        var profile = HubFolder.ProfileIn(HubFolder.Name);
        foreach (var file in ProfileCopy.Files(_hub.Profile))
        {
            AddFile(tar, Path.Combine(profile, file), Path.Combine(_hub.Profile, file));
        }

        var certificates = Directory.Exists(_hub.Tls) ? Directory.GetFiles(_hub.Tls) : [];
        foreach (var file in certificates.Where(static file => Path.GetExtension(file) is ".pem" or ".key").Order(StringComparer.Ordinal))
        {
            AddFile(tar, Path.Combine(HubFolder.Name, "tls", Path.GetFileName(file)), file);
        }

        if (File.Exists(settings))
        {
            AddFile(tar, BackupManifest.SettingsFile, settings);
        }
    }

    private void AddFile(TarWriter tar, string name, string path)
    {
        using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Add(tar, name.Replace('\\', '/'), content);
    }

    // The sums are those of sha256sum, so that a backup can be checked where there is no Papo.
    private void Add(TarWriter tar, string name, Stream content)
    {
        _sums.Append(Convert.ToHexStringLower(SHA256.HashData(content))).Append("  ").Append(name).Append('\n');
        content.Position = 0;
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = OwnerOnly, ModificationTime = _now });
    }

    internal static FileStreamOptions PrivateOptions(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }
}
