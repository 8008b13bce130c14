// Owns: making a profile of a backup where there is none: checked to the last byte first, then put in place.
// Must never: write over a profile, or give back a device: what is restored is a new device of the same account (docs/PROTOCOL.md 13.4).
using System.Formats.Tar;
using Papo.Client.Engine;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>Restores backups of a profile.</summary>
internal static class ProfileRestore
{
    private const int LongestName = 200;

    /// <summary>Restores into the folder that belongs to the profile's name, or to <paramref name="name"/> where one is given.</summary>
    /// <returns>The name under which to open it.</returns>
    /// <exception cref="ProfileException">It was not restored; nothing is in place then.</exception>
    public static DisplayName Read(string file, string passphrase, IPlatformKeys? platform, DisplayName? name, string profiles, Func<DisplayName, string> folderOf)
    {
        var staging = Path.Combine(profiles, $"restore.{Environment.ProcessId}.part");
        try
        {
            if (name is not null)
            {
                RefuseTaken(folderOf(name)); // at once, not after a minute of reading
            }

            PrivateFile.MakeFolder(staging);
            byte[]? platformKey;
            using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16))
            {
                using var frames = SealedFile.Open(stream, file, passphrase);
                using var opened = SealedStream.Read(stream, frames, file);
                platformKey = Unpack(opened, file, staging, passphrase);
                opened.ReadToEnd();
            }

            var openedAs = OpenedAs(staging, file);
            if (name is not null)
            {
                PrivateFile.WriteText(Path.Combine(staging, Profile.NameFile), name.Text);
            }

            var folder = folderOf(name ?? openedAs);
            RefuseTaken(folder);
            foreach (var space in ProfileCopy.Spaces(staging))
            {
                RestoredStore.Renew(Path.Combine(staging, ProfileCopy.SpacesFolder, space.Folder, ProfileCopy.StoreFile));
            }

            if (platformKey is not null)
            {
                Adopt(staging, platformKey, platform);
            }

            Directory.Move(staging, folder);
            return name ?? openedAs;
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException or FormatException or ArgumentException)
        {
            throw new ProfileException(ProfileProblem.BadBackup, file, failure.Message, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.From(failure, failure is FileNotFoundException or DirectoryNotFoundException ? file : profiles);
        }
        finally
        {
            PrivateFile.DeleteFolder(staging);
        }
    }

    private static void RefuseTaken(string folder)
    {
        if (Path.Exists(folder))
        {
            throw new ProfileException(ProfileProblem.InTheWay, folder, "it exists");
        }
    }

    private static DisplayName OpenedAs(string staging, string file)
    {
        var marker = Path.Combine(staging, ProfileBackup.OpenedAs);
        if (DisplayName.TryParse(PrivateFile.ReadText(marker), out var name) != NameProblem.None || !ProfileCopy.IsProfile(staging))
        {
            throw new ProfileException(ProfileProblem.BadBackup, file, "no profile is in it");
        }

        File.Delete(marker);
        return name!;
    }

    // Sealed by this platform, or open where it has no means: as a profile without a passphrase is here.
    private static void Adopt(string staging, byte[] key, IPlatformKeys? platform)
    {
        using var kept = platform is null ? null : Vault.Make(staging, platform, key);
        if (kept is null)
        {
            using var vault = Vault.Of(key);
            PrivateFile.MakeFolder(Path.Combine(staging, ProfileCopy.SpacesFolder));
            Resealing.Run(staging, vault, null, null);
        }
    }

    // Returns the key of a vault that a platform had sealed, if one is in it.
    private static byte[]? Unpack(Stream opened, string file, string staging, string passphrase)
    {
        byte[]? platformKey = null;
        using var tar = new TarReader(opened, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || !IsPlainName(entry.Name))
            {
                throw new ProfileException(ProfileProblem.BadBackup, file, entry.Name);
            }

            if (entry is { Name: ProfileBackup.VaultKey or ProfileBackup.PlatformKey, DataStream: { } content, Length: FileKey.Size })
            {
                var key = new byte[FileKey.Size]; // it is written nowhere
                content.ReadExactly(key);
                if (entry.Name == ProfileBackup.PlatformKey)
                {
                    platformKey = key;
                }
                else
                {
                    Vault.Make(staging, passphrase, PassphraseCost.Daily, key).Dispose();
                }

                continue;
            }

            var path = Path.Combine(staging, entry.Name);
            PrivateFile.MakeFolder(Path.GetDirectoryName(path)!);
            using var target = PrivateFile.Create(path);
            entry.DataStream?.CopyTo(target);
            target.Flush(flushToDisk: true);
        }

        return platformKey;
    }

    // Names a backup has: nothing that leads out of the folder, on any platform.
    private static bool IsPlainName(string name) =>
        name.Length <= LongestName && name.Split('/').All(static part => part.Length > 0 && part[0] != '.' && part.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'));
}
