// Owns: the Portuguese of keeping a profile.
// Must never: decide when something is said.
namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override string AboutBackup => "Grava um arquivo, selado com uma frase secreta, com as suas chaves, salas, ajustes e o passado";

    public override string AboutRestore => "Refaz o seu perfil a partir de uma cópia, num computador que não o tem";

    public override string PassphraseOfNewBackup => "Frase secreta para a cópia: ";

    public override string PassphraseOfBackup => "Frase secreta da cópia: ";

    public override string PassphraseAgain => "Mais uma vez: ";

    public override string PassphraseEmpty => "Sem uma frase secreta, quem achasse o arquivo seria você. Nada foi gravado.";

    public override string PassphrasesDiffer => "As duas não são iguais. Nada mudou.";

    public override string PassphraseUnasked(string variable) => $"É preciso uma frase secreta, e não há terminal onde perguntar. Ponha no ambiente como {variable}. Nada mudou.";

    public override string NoSuchFile(string path) => $"Não há arquivo {path}.";

    public override string ProfileSaved(string path, string size, string name) =>
        $"{path} ({size}): o perfil {name}, com as chaves e o passado, selado com a sua frase secreta. Sem ela ninguém abre o arquivo, nem você.";

    public override string ProfileRestored(string name, string folder) =>
        $"{name} está em {folder}, como um aparelho novo da mesma conta. Abra com: papo --name \"{name}\". O que ainda não tinha saído sai daqui; o que se disse depois da cópia volta de quem tem.";
}
