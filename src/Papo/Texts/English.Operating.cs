// Owns: the English for whoever runs a hub.
// Must never: decide when something is said.
using Papo.Hub;

namespace Papo.Texts;

internal sealed partial class English
{
    public override string AboutHubBackup => "Write one file with the hub’s keys, settings and archive, also while it runs";

    public override string AboutHubRestore => "Make a hub of a backup in a home that has none";

    public override string OptionConfig => "settings file in place of the usual one (or PAPO_HUB_CONFIG); papo --paths prints where that is";

    public override string OptionPrintConfig => "print the settings in effect as a settings file, and end";

    public override string PathsSettings => "settings of a hub";

    public override IReadOnlyList<string> SettingsHead =>
    [
        "Settings of papo hub, one “key = value” a line. A line that begins with # is a comment.",
        "An option on the command line comes first, then PAPO_BROKER and PAPO_HUB_… (as PAPO_HUB_BIND), then this file.",
    ];

    public override string SettingsFrom(string origin) => $"from {origin}";

    public override string SettingsCommandLine => "the command line";

    public override string SettingsPassword => "The password is not shown. Give it in PGPASSWORD or in the password file of PostgreSQL.";

    public override string SettingsLine(string path, int line) => $"{path}, line {Number(line)}";

    public override string SettingsNoLine => "this is neither “key = value” nor a comment (#).";

    public override string SettingsUnknown(string key) => $"there is no setting “{key}”.";

    public override string SettingsAllowed(string keys) => $"There are: {keys}.";

    public override string SettingsNoValue(string key) => $"{key} has no value. Write one, or take the line out.";

    public override string SettingsUnreadable(string path, string detail) => $"The settings in {path} cannot be read ({detail.TrimEnd('.')}). Nothing was started.";

    public override string BackupMade(string path, string size, string account) => $"{path} ({size}): keys and settings of the hub {account}.";

    public override string BackupArchives(IReadOnlyList<string> places) => places.Count == 0 ? "No archive is in it: the hub has not reached a broker yet." : $"The archive is in it, from {string.Join(", ", places)}.";

    public override string BackupElsewhere(string command) => $"The archive is not in it: it is in PostgreSQL. Back it up with\n  {command}";

    public override string BackupSecret => "Whoever has this file can be this hub and read its archive: it holds secret keys. Only you can read it now; keep it so.";

    public override string Restored(string account, string madeAt, string folder) => $"The hub {account}, as it was at {madeAt}, is in {folder}.";

    public override string RestoredSettings(string path) => $"Its settings are in {path}.";

    public override string RestoredArchives(int count, string place) => $"Archives in place: {Number(count)}, in {place}.";

    public override string RestoredElsewhere(string place, string command) => $"Its archive is in PostgreSQL ({place}). If that is lost too, bring it back before the start with\n  {command}";

    public override string RestoredNew => "papo hub starts it, as a new replica of the same hub. What was said since the backup comes back from those who hold it.";

    public override string Backup(BackupProblem problem, string path, string detail) => problem switch
    {
        BackupProblem.NoHub => $"There is no hub in {path} yet; nothing was written. Name its home with --home, or start papo hub once.",
        BackupProblem.FileExists => $"{path} is there already and was left as it is. Name another file.",
        BackupProblem.Damaged => $"{path} is not a whole backup of a hub ({detail}). Nothing was restored. Use another backup.",
        BackupProblem.Newer => $"{path} was made by a newer Papo ({detail}). Nothing was restored. Update this program.",
        BackupProblem.HomeTaken => $"There is a hub in {path}; nothing was restored. Name another home with --home, or move that folder away.",
        BackupProblem.ArchiveTaken => $"There is an archive in {path}; nothing was restored. Name another folder with --archive, or move that file away.",
        BackupProblem.ArchiveIsFiles => $"This backup holds its archive in files, and {path} is a database; nothing was restored. Restore it with --archive sqlite:FOLDER; a hub on the database then fills it from that one.",
        _ => $"The backup {path} cannot be read or written ({detail.TrimEnd('.')}). Nothing was changed. Check the folder and the space on the disk.",
    };
}
