// Owns: the Portuguese of comparing keys.
// Must never: decide when something is said.
using Papo.Client;

namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override (string Arguments, string About) SlashVerify => ("NOME [emoji|sim|não]", "compara as chaves, por números ou emoji; sim: são iguais, não: desfaz");

    public override string VerifiedWord => "verificado";

    public override string SafetyNumberWith(string name) => $"O seu número de segurança com {name}:";

    public override string HowToVerify(string name) =>
        $"{name} vê os mesmos números com /verify e o seu nome. Comparem por outro caminho: frente a frente, ou numa ligação em que você conhece a voz. Tudo igual: /verify {name} sim. Qualquer diferença: há alguém entre vocês; não escreva nada de particular. Mais rápido se os dois estão aí: /verify @{name} emoji";

    public override string VerifiedSince(string name, string day) => $"✓ {name} está verificado, desde {day}. /verify {name} não desfaz.";

    public override string VerifiedNamesakes(string name, string others, string other) =>
        $"O mesmo nome também é usado por {others}, com outra chave. Pode ser um computador novo de {name}, ou outra pessoa. Pergunte a {name} por outro caminho. Continua quem você conhece: /verify {name} sim. É a chave nova: compare com /verify {other} e depois /verify {name} não.";

    public override string Verified(string name) => $"✓ {name} está verificado. Quem mais vier com esse nome aparece à parte, e você fica sabendo.";

    public override string NoLongerVerified(string name) => $"{name} não está mais verificado.";

    public override IReadOnlyList<string> ComparedEmoji { get; } =
    [
        "elefante", "tartaruga", "polvo", "abelha", "pinguim", "peixe", "borboleta", "caracol", "galo", "coelho", "caranguejo", "cobra", "leão", "cavalo", "porco", "sapo",
        "cacto", "girassol", "cogumelo", "palmeira", "maçã", "banana", "uva", "morango", "limão", "abacaxi", "milho", "cenoura", "pão", "queijo", "pizza", "bolo",
        "lua", "estrela", "arco-íris", "fogo", "raio", "boneco de neve", "onda", "globo", "foguete", "bicicleta", "trem", "veleiro", "helicóptero", "trator", "âncora", "casa",
        "chave", "sino", "balão", "violão", "tambor", "cartola", "óculos", "tênis", "guarda-chuva", "despertador", "câmera", "livro", "bola", "lâmpada", "martelo", "presente",
    ];

    public override string EmojiBegun(string name, bool isAsked) => isAsked
        ? $"{name} também quer; os emoji já vêm."
        : $"{name} recebeu o aviso. Os emoji aparecem para vocês dois assim que {name} digitar /verify, o seu nome e emoji, em até dez minutos. Encontrem-se, ou façam uma ligação.";

    public override string EmojiWanted(string name) => $"{name} quer comparar as chaves com você. Quando estiverem numa ligação ou lado a lado, em até dez minutos: /verify @{name} emoji";

    public override string EmojiWith(string name) => $"Sete emoji, para {name} e você:";

    public override string HowToCompareEmoji(string name) =>
        $"Digam um ao outro quais são, frente a frente ou numa ligação em que você conhece a voz. Os mesmos sete na mesma ordem nas duas telas: /verify @{name} sim. Qualquer diferença: há alguém entre vocês; não escreva segredos.";

    public override string EmojiEnded(EmojiEnd why, string name) => why switch
    {
        EmojiEnd.NoAnswer => $"{name} não quis comparar emoji em dez minutos. Nada mudou. Para tentar de novo: /verify @{name} emoji",
        EmojiEnd.Doubtful => $"A comparação com {name} foi cortada: o que veio não confere com o que foi prometido. Pode haver alguém entre vocês; não escreva segredos. Comparem os números: /verify {name}",
        EmojiEnd.TooOld => $"O Papo de {name} é antigo demais para comparar emoji. Nada mudou. Comparem os números: /verify {name}",
        EmojiEnd.Replaced => $"A comparação com {name} terminou, pois agora você compara com outra pessoa.",
        _ => $"A comparação com {name} foi interrompida. Nada mudou. Comecem de novo, os dois: /verify @{name} emoji",
    };
}
