// Owns: reading the commands of whoever runs a hub: settings, backup, restore.
// Must never: guess; whatever is not understood is a usage error.
using System.CommandLine;
using Papo.Hub;

namespace Papo.Commands;

internal sealed partial record CommandLineReading
{
    private static bool IsHub(Grammar grammar, ParseResult result) =>
        result.CommandResult.Command is var command && (command == grammar.Hub || command.Parents.Contains(grammar.Hub)) && !result.GetValue(grammar.Help);

    private sealed partial class RequestReader
    {
        private Request ReadBackup() => FirstArgument() is { } file ? new HubBackupRequest(Path.GetFullPath(file), settings.Path) : Wrong(words.UsageMissing("FILE"));

        private Request ReadRestore()
        {
            ArchivePlace? archive = null;
            if (Get(grammar.Archive) is { } place && !ArchivePlace.TryParse(place, out archive))
            {
                return Wrong(words.UsageArchive);
            }

            return FirstArgument() is { } file ? new HubRestoreRequest(Path.GetFullPath(file), settings.Path, archive) : Wrong(words.UsageMissing("FILE"));
        }

        private HubSettingsRequest ReadSettings() => new([.. HubSettings.Options(grammar).Select(option => (HubSettings.Key(option), InEffect(option)))]);

        private HubSetting? InEffect(Option<string> option) =>
            Value(result, option) is { } typed ? new HubSetting(typed, words.SettingsCommandLine) : settings.Find(option.Name);
    }
}
