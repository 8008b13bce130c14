// Owns: `papo backup` and `papo restore`: what is in the file, and what becomes of it.
// Must never: print a key, or write over anything.
using System.Globalization;
using Papo.Output;

namespace Papo.Commands;

/// <summary>Saves a profile and brings it back.</summary>
internal sealed class ProfileCommands(Surroundings around, GlobalOptions options, Entrance entrance, Passphrases passphrases)
{
    /// <summary><c>papo backup FILE</c>.</summary>
    public async Task<int> BackupAsync(BackupRequest request, CancellationToken cancellation)
    {
        var (words, name) = (around.Words, entrance.DefaultName());
        var passphrase = await passphrases.ChooseAsync(words.PassphraseOfNewBackup, cancellation);
        var size = entrance.Home.Backup(name, request.File, passphrase);
        around.Say(words.ProfileSaved(Harmless.Line(request.File), Size(size), Harmless.Name(name.Text)));
        return ExitCode.Done;
    }

    /// <summary><c>papo restore FILE</c>.</summary>
    public async Task<int> RestoreAsync(RestoreRequest request, CancellationToken cancellation)
    {
        var words = around.Words;
        if (!File.Exists(request.File))
        {
            throw new CommandFailedException(ExitCode.Usage, words.NoSuchFile(Harmless.Line(request.File)));
        }

        var passphrase = await passphrases.AskAsync(words.PassphraseOfBackup, cancellation);
        var name = entrance.Home.Restore(request.File, passphrase, options.Name);
        around.Say(words.ProfileRestored(Harmless.Name(name.Text), Harmless.Line(entrance.Home.Path)));
        return ExitCode.Done;
    }

    private static string Size(long bytes) => bytes < 1_000_000
        ? $"{Math.Max(1, bytes / 1_000)} kB"
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");
}
