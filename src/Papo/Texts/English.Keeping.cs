// Owns: the English of keeping a profile.
// Must never: decide when something is said.
namespace Papo.Texts;

internal sealed partial class English
{
    public override string AboutBackup => "Write one file, sealed with a passphrase, with your keys, rooms, settings and past";

    public override string AboutRestore => "Make your profile of a backup on a computer that does not have it";

    public override string PassphraseOfNewBackup => "Passphrase for the backup: ";

    public override string PassphraseOfBackup => "Passphrase of the backup: ";

    public override string PassphraseAgain => "Once more: ";

    public override string PassphraseEmpty => "Without a passphrase anybody who finds the file would be you. Nothing was written.";

    public override string PassphrasesDiffer => "The two are not the same. Nothing was changed.";

    public override string PassphraseUnasked(string variable) => $"A passphrase is needed, and there is no terminal to ask at. Put it into the environment as {variable}. Nothing was changed.";

    public override string NoSuchFile(string path) => $"There is no file {path}.";

    public override string ProfileSaved(string path, string size, string name) =>
        $"{path} ({size}): the profile {name} with its keys and its past, sealed with your passphrase. Without the passphrase nobody can open it, nor can you.";

    public override string ProfileRestored(string name, string folder) =>
        $"{name} is in {folder}, as a new device of the same account. Open it with: papo --name \"{name}\". What was not sent yet goes out from here; what was said since the backup comes back from those who hold it.";
}
