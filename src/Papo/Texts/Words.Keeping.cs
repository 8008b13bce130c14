// Owns: the list of texts about keeping a profile: passphrases, backup, restore.
// Must never: hold text of one language.
namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract string AboutBackup { get; }

    public abstract string AboutRestore { get; }

    public abstract string PassphraseOfNewBackup { get; }

    public abstract string PassphraseOfBackup { get; }

    public abstract string PassphraseAgain { get; }

    public abstract string PassphraseEmpty { get; }

    public abstract string PassphrasesDiffer { get; }

    public abstract string PassphraseUnasked(string variable);

    public abstract string NoSuchFile(string path);

    public abstract string ProfileSaved(string path, string size, string name);

    public abstract string ProfileRestored(string name, string folder);
}
