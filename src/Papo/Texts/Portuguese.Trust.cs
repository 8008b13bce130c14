// Owns: the Portuguese of comparing keys.
// Must never: decide when something is said.
namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override (string Arguments, string About) SlashVerify => ("NOME [sim|não]", "compara as chaves com alguém; sim: os números são iguais, não: desfaz");

    public override string VerifiedWord => "verificado";

    public override string SafetyNumberWith(string name) => $"O seu número de segurança com {name}:";

    public override string HowToVerify(string name) =>
        $"{name} vê os mesmos números com /verify e o seu nome. Comparem por outro caminho: frente a frente, ou numa ligação em que você conhece a voz. Tudo igual: /verify {name} sim. Qualquer diferença: há alguém entre vocês; não escreva nada de particular.";

    public override string VerifiedSince(string name, string day) => $"✓ {name} está verificado, desde {day}. /verify {name} não desfaz.";

    public override string VerifiedNamesakes(string name, string others, string other) =>
        $"O mesmo nome também é usado por {others}, com outra chave. Pode ser um computador novo de {name}, ou outra pessoa. Pergunte a {name} por outro caminho. Continua quem você conhece: /verify {name} sim. É a chave nova: compare com /verify {other} e depois /verify {name} não.";

    public override string Verified(string name) => $"✓ {name} está verificado. Quem mais vier com esse nome aparece à parte, e você fica sabendo.";

    public override string NoLongerVerified(string name) => $"{name} não está mais verificado.";
}
