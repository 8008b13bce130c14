// Owns: `papo hub restore FILE`: which archive it belongs to, and what to do next.
// Must never: write over anything.
using System.Globalization;
using Papo.Hub;
using Papo.Output;

namespace Papo.Commands;

/// <summary>Makes a hub of a backup.</summary>
internal sealed class HubRestoreCommand(Surroundings around, Entrance entrance)
{
    /// <summary>Runs to the exit code.</summary>
    public int Run(HubRestoreRequest request)
    {
        var words = around.Words;
        try
        {
            using var backup = HubRestore.Open(entrance.Home, request.File);
            var archive = request.Archive ?? OwnArchive(backup, request.Settings);
            var folder = Path.Combine(entrance.Home.Path, "hub");
            var (archives, settings) = backup.Into(archive, request.Settings);
            around.Say(words.Restored(backup.Account, backup.MadeAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture), Harmless.Line(folder)));
            if (settings)
            {
                around.Say(words.RestoredSettings(Harmless.Line(request.Settings)));
            }

            around.Say(backup.Elsewhere is { } database
                ? words.RestoredElsewhere(database.Shown, $"pg_restore --dbname='{database.Url}' papo-archive.dump")
                : words.RestoredArchives(archives, Harmless.Line(archive?.ToString() ?? folder)));
            around.Say(words.RestoredNew);
            return ExitCode.Done;
        }
        catch (BackupException failed)
        {
            throw HubBackupCommand.Failed(failed, words);
        }
    }

    // Where there is no settings file yet, the one in the backup will be it: the hub must find its archive where that says.
    private ArchivePlace? OwnArchive(HubRestore backup, string settings)
    {
        if (File.Exists(settings) || backup.Settings is not { } lines)
        {
            return null;
        }

        var keys = HubSettings.Options(new Grammar()).Select(HubSettings.Key).ToList();
        var file = HubSettingsFile.Parse(settings, lines, keys, around.Words);
        return file.Values.TryGetValue("archive", out var setting) && ArchivePlace.TryParse(setting.Value, out var place) ? place : null;
    }
}
