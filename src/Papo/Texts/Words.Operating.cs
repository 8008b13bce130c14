// Owns: the list of texts for whoever runs a hub: its settings, its backups.
// Must never: hold text of one language.
using Papo.Hub;

namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract string AboutHubBackup { get; }

    public abstract string AboutHubRestore { get; }

    public abstract string OptionConfig { get; }

    public abstract string OptionPrintConfig { get; }

    public abstract string PathsSettings { get; }

    /// <summary>The first lines of a settings file.</summary>
    public abstract IReadOnlyList<string> SettingsHead { get; }

    public abstract string SettingsFrom(string origin);

    public abstract string SettingsCommandLine { get; }

    public abstract string SettingsPassword { get; }

    public abstract string SettingsLine(string path, int line);

    public abstract string SettingsNoLine { get; }

    public abstract string SettingsUnknown(string key);

    public abstract string SettingsAllowed(string keys);

    public abstract string SettingsNoValue(string key);

    public abstract string SettingsUnreadable(string path, string detail);

    public abstract string BackupMade(string path, string size, string account);

    public abstract string BackupArchives(IReadOnlyList<string> places);

    public abstract string BackupElsewhere(string command);

    public abstract string BackupSecret { get; }

    public abstract string Restored(string account, string madeAt, string folder);

    public abstract string RestoredSettings(string path);

    public abstract string RestoredArchives(int count, string place);

    public abstract string RestoredElsewhere(string place, string command);

    public abstract string RestoredNew { get; }

    public abstract string Backup(BackupProblem problem, string path, string detail);
}
