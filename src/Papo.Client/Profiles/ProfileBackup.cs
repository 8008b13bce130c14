// Owns: one sealed file with everything a profile is made of, taken while it is in use: keys, settings, stores.
// Must never: leave half a file under the final name, write over one, or copy a device (docs/PROTOCOL.md 13.4).
using System.Formats.Tar;
using System.Text;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client;

/// <summary>Makes backups of a profile.</summary>
internal static class ProfileBackup
{
    /// <summary>The first file: the name under which the profile was opened.</summary>
    public const string OpenedAs = "opened-as";

    /// <summary>The key of its vault, where it has one: the restored profile has the passphrase of the backup.</summary>
    public const string VaultKey = "vault-key";

    /// <summary>The key of a vault that the platform sealed: what it sealed opens nowhere else, and the restored profile has no passphrase either.</summary>
    public const string PlatformKey = "platform-key";

    // Beside those of ProfileCopy.
    private static readonly string[] Choices = ["screen.conf", "hidden", "places", "broker-keys"];

    /// <summary>Writes the backup of the profile in a folder, whose <paramref name="own"/> passphrase opens it where it has one.</summary>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="ProfileException">It was not made.</exception>
    public static long Write(string profile, string? own, IPlatformKeys? platform, DisplayName openedAs, string file, string passphrase, PassphraseCost cost)
    {
        if (LinkedProfile.Account(profile) is not null)
        {
            throw new ProfileException(ProfileProblem.LinkedCopy, profile, "the account's key is elsewhere");
        }

        if (!ProfileCopy.IsProfile(profile))
        {
            throw new ProfileException(ProfileProblem.NoProfile, profile, "no account in it");
        }

        if (Path.Exists(file))
        {
            throw new ProfileException(ProfileProblem.InTheWay, file, "it exists");
        }

        using var vault = Vault.IsIn(profile) ? Vault.Open(profile, own, platform) : null;
        var begun = $"{file}.{Environment.ProcessId}.part";
        var staging = Path.Combine(profile, $"backup.{Environment.ProcessId}.part"); // copies of stores lie nowhere but beside them
        try
        {
            PrivateFile.MakeFolder(staging);
            using (var stream = PrivateFile.Create(begun))
            {
                using var frames = SealedFile.Begin(stream, passphrase, cost);
                using var sealing = SealedStream.Write(stream, frames, begun);
                using (var tar = new TarWriter(sealing, TarEntryFormat.Pax, leaveOpen: true))
                {
                    Fill(tar, profile, vault, openedAs, staging);
                }

                sealing.Finish();
                stream.Flush(flushToDisk: true);
            }

            File.Move(begun, file, overwrite: false);
            return new FileInfo(file).Length;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw ProfileException.From(failure, file);
        }
        finally
        {
            File.Delete(begun);
            PrivateFile.DeleteFolder(staging);
        }
    }

    private static void Fill(TarWriter tar, string profile, Vault? vault, DisplayName openedAs, string staging)
    {
        Add(tar, OpenedAs, new MemoryStream(Encoding.UTF8.GetBytes(openedAs.Text)));
        if (vault is not null)
        {
            Add(tar, Vault.HasPassphrase(profile) ? VaultKey : PlatformKey, new MemoryStream(vault.Bytes.ToArray()));
        }

        foreach (var file in ProfileCopy.Files(profile).Concat(Choices.Where(choice => File.Exists(Path.Combine(profile, choice)))))
        {
            AddFile(tar, file, Path.Combine(profile, file));
        }

        foreach (var space in ProfileCopy.Spaces(profile))
        {
            var store = Path.Combine(ProfileCopy.SpacesFolder, space.Folder, ProfileCopy.StoreFile);
            var copy = Path.Combine(staging, ProfileCopy.StoreFile);
            SqliteDatabase.CopyTo(Path.Combine(profile, store), copy);
            AddFile(tar, store, copy);
            File.Delete(copy);
        }
    }

    private static void AddFile(TarWriter tar, string name, string path)
    {
        using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Add(tar, name.Replace('\\', '/'), content);
    }

    private static void Add(TarWriter tar, string name, Stream content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
}
