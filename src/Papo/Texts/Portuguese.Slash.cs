// Owns: the Brazilian Portuguese of the slash commands.
// Must never: decide when something is said.
namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override (string Arguments, string About) SlashJoin => ("SALA", "vai para uma sala, entrando nela se preciso");

    public override (string Arguments, string About) SlashLeave => ("[SALA]", "sai desta sala ou de outra");

    public override (string Arguments, string About) SlashRooms => ("", "lista as salas");

    public override (string Arguments, string About) SlashWho => ("[SALA]", "lista quem está por aqui");

    public override (string Arguments, string About) SlashMe => ("TEXTO", "conta o que você faz: /me acena");

    public override (string Arguments, string About) SlashNick => ("NOME", "troca o seu nome");

    public override (string Arguments, string About) SlashReply => ("NOME|ID TEXTO", "responde à última mensagem de alguém, ou à que tem este id");

    public override (string Arguments, string About) SlashEdit => ("TEXTO", "põe um texto novo no lugar da sua última mensagem");

    public override (string Arguments, string About) SlashDelete => ("[ID]", "apaga a sua última mensagem, ou a que tem este id");

    public override (string Arguments, string About) SlashMsg => ("NOME [TEXTO]", "escreve só para uma pessoa, cifrado; sem texto vai para lá");

    public override (string Arguments, string About) SlashCreate => ("--private [--past] NOME", "cria uma sala privada, cifrada; com --past quem chega lê o que se disse antes");

    public override (string Arguments, string About) SlashInvite => ("[NOME]", "põe alguém nesta sala privada; sem nome, mostra um link para esta sala");

    public override (string Arguments, string About) SlashRemove => ("NOME", "tira alguém desta sala privada");

    public override (string Arguments, string About) SlashReact => ("EMOJI [NOME|ID]", "reage à última mensagem, à última de alguém, ou à que tem este id; repetir desfaz");

    public override (string Arguments, string About) SlashSearch => ("PALAVRAS", "busca no que este computador guarda");

    public override (string Arguments, string About) SlashHistory => ("[QUANTAS|DATA]", "mostra mais do passado (20), ou o que foi dito a partir de um dia: 2026-11-20");

    public override (string Arguments, string About) SlashThread => ("[NOME|ID]", "mostra a que uma mensagem responde, e o que responde a ela");

    public override (string Arguments, string About) SlashIds => ("", "mostra ou esconde os ids curtos das mensagens");

    public override (string Arguments, string About) SlashAway => ("[TEXTO]", "avisa que você deu uma saída; repetir avisa que voltou");

    public override (string Arguments, string About) SlashIgnore => ("NOME", "esconde as mensagens de alguém até você sair, ou volta a mostrar");

    public override (string Arguments, string About) SlashMute => ("[SALA]", "silencia uma sala, ou volta a mostrar");

    public override (string Arguments, string About) SlashRetry => ("", "tenta de novo o que não foi enviado");

    public override (string Arguments, string About) SlashLang => ("en|pt-BR", "troca o idioma");

    public override (string Arguments, string About) SlashHelp => ("[PALAVRAS]", "esta ajuda, ou o que trata dessas palavras");

    public override (string Arguments, string About) SlashQuit => ("", "sai da conversa");

    public override string HelpTail =>
        "Alt+Enter ou \\ no fim da linha: mais uma linha. // no começo: um texto que começa com barra. Tab completa. Suas mensagens: … esperando, ✓ no servidor, ✓✓ com mais alguém, ! não enviada.";

    public override string NothingOfYours => "Você ainda não escreveu nada aqui.";

    public override string NoIdYet => "Essa mensagem ainda está a caminho; tente de novo quando aparecer ✓.";

    public override string NotYours => "Só quem escreveu pode mudar ou apagar uma mensagem.";

    public override string NoRoomLeft => "Agora você não está em sala nenhuma. /join general volta.";

    public override string AwaySet => "As outras pessoas veem que você deu uma saída. Use /away de novo quando voltar.";

    public override string AwayCleared => "As outras pessoas veem que você voltou.";

    public override string LanguageNow => "Agora o Papo fala português.";

    public override string IdsShown => "Os ids curtos aparecem; use-os com /reply, /delete e /react.";

    public override string IdsHidden => "Os ids curtos estão escondidos.";

    public override string NothingToRetry => "Nada falhou; não há o que tentar de novo.";

    public override string StatusTooLong => "Esse texto é longo demais; no máximo 80 caracteres.";

    public override string HelpNothing(string words) => $"Nenhum comando trata de “{words}”. /help lista todos.";

    public override string UnknownSlash(string command, string? suggestion) =>
        $"Não existe o comando {command}; nada foi enviado. " +
        (suggestion is null ? "/help lista todos; // no começo envia uma barra." : $"Você quis dizer {suggestion}?");

    public override string SlashUsage(string usage) => $"É assim: {usage}";

    public override string NoSuchMessage(string given) => $"Nenhuma mensagem de “{given}”, ou com esse id, é conhecida aqui.";

    public override string NowIn(string room) => $"Agora você escreve em {room}.";

    public override string LeftRoom(string room) => $"Você saiu de {room}. O que foi dito fica neste computador.";

    public override string NotIn(string room) => $"Você não está em {room}.";

    public override string Ignoring(string name) => $"As mensagens de {name} ficam escondidas até você sair da conversa. /ignore {name} volta a mostrar.";

    public override string NoLongerIgnoring(string name) => $"As mensagens de {name} voltam a aparecer.";

    public override string Muting(string room) => $"{room} fica em silêncio a partir de agora, também na próxima vez. /mute {room} volta a mostrar.";

    public override string NoLongerMuting(string room) => $"{room} volta a aparecer.";

    public override string NowCalled(string name) => $"Agora o seu nome é {name}.";

    public override string LanguageUnknown(string given) => $"O Papo não fala “{given}”; há en e pt-BR.";

    public override string Retrying(int count) => Plural(count, "Tentando 1 mensagem de novo.", "Tentando {n} mensagens de novo.");
}
