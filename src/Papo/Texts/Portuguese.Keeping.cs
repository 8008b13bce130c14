// Owns: the Portuguese of keeping a profile.
// Must never: decide when something is said.
namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override string AboutPassphrase => "Sela as chaves do seu perfil com uma frase secreta, com outra, ou com nenhuma";

    public override string OptionRemovePassphrase => "tira a frase secreta";

    public override string PassphraseOf(string name) => $"Frase secreta de {name}: ";

    public override string PassphraseNew(string name) => $"Nova frase secreta de {name}: ";

    public override string PassphraseNone(string name) => $"{name} não tem frase secreta.";

    public override string PassphraseSet(string name) =>
        $"As chaves de {name} estão seladas. Daqui em diante o Papo pede a frase secreta; scripts usam PAPO_PASSPHRASE. Se você esquecer, ninguém a traz de volta.";

    public override string PassphraseRemoved(string name) => $"{name} não tem mais frase secreta; as chaves ficam em arquivos que só você pode ler.";

    public override string AboutBackup => "Grava um arquivo, selado com uma frase secreta, com as suas chaves, salas, ajustes e o passado";

    public override string AboutRestore => "Refaz o seu perfil a partir de uma cópia, num computador que não o tem";

    public override string PassphraseOfNewBackup => "Frase secreta para a cópia: ";

    public override string PassphraseOfBackup => "Frase secreta da cópia: ";

    public override string PassphraseAgain => "Mais uma vez: ";

    public override string PassphraseEmpty => "Sem uma frase secreta, quem achasse o arquivo seria você. Nada mudou.";

    public override string PassphrasesDiffer => "As duas não são iguais. Nada mudou.";

    public override string PassphraseUnasked(string variable) => $"É preciso uma frase secreta, e não há terminal onde perguntar. Ponha no ambiente como {variable}. Nada mudou.";

    public override string NoSuchFile(string path) => $"Não há arquivo {path}.";

    public override string ProfileSaved(string path, string size, string name) =>
        $"{path} ({size}): o perfil {name}, com as chaves e o passado, selado com a sua frase secreta. Sem ela ninguém abre o arquivo, nem você.";

    public override string ProfileRestored(string name, string folder) =>
        $"{name} está em {folder}, como um aparelho novo da mesma conta. Abra com: papo --name \"{name}\". O que ainda não tinha saído sai daqui; o que se disse depois da cópia volta de quem tem.";
}
