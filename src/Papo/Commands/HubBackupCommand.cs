// Owns: `papo hub backup FILE`: what is in it, what is not, and how to keep it.
// Must never: print a key.
using System.Globalization;
using Papo.Hub;
using Papo.Output;

namespace Papo.Commands;

/// <summary>Makes a backup of the hub of this home.</summary>
internal sealed class HubBackupCommand(Surroundings around, Entrance entrance)
{
    /// <summary>Runs to the exit code.</summary>
    public int Run(HubBackupRequest request)
    {
        var words = around.Words;
        try
        {
            var made = HubBackup.Write(entrance.Home, request.File, request.Settings, around.Version, around.Time.GetUtcNow());
            around.Say(words.BackupMade(Harmless.Line(made.Path), Size(made.Size), made.Account));
            around.Say(made.Elsewhere is { } database ? words.BackupElsewhere(DumpCommand(database)) : words.BackupArchives([.. made.Archives.Select(Harmless.Line)]));
            around.Say(words.BackupSecret);
            return ExitCode.Done;
        }
        catch (BackupException failed)
        {
            throw Failed(failed, words);
        }
    }

    /// <summary>A backup that was not made or restored, as the end of a command.</summary>
    public static CommandFailedException Failed(BackupException failed, Texts.Words words) =>
        new(ExitCode.Failed, words.Backup(failed.Problem, Harmless.Line(failed.Path), Harmless.Line(failed.Message)));

    private static string DumpCommand(PostgresAddress database) => $"pg_dump --format=custom --schema='papo_*' --file=papo-archive.dump '{database.Url}'";

    private static string Size(long bytes) => bytes < 1_000_000
        ? $"{Math.Max(1, bytes / 1_000)} kB"
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
