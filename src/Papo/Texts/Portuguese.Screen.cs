// Owns: the Brazilian Portuguese of the full screen.
// Must never: decide when something is said.
namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override string NewSince => "novo desde a sua última visita";

    public override string FoldedNotes(int count) => $"· {count} avisos (/set notes all mostra)";

    public override string TooSmall => "Pequeno demais.";

    public override string CopyModeHeader => "Textos para copiar. ↑ ↓ PgUp PgDn movem, o resto volta.";

    public override string HereCount(int count) => $"{count} aqui";

    public override string EncryptedMark => "criptografada de ponta a ponta";

    public override string MutedMark => "silenciada";

    public override string HelpHint => "F1 ajuda · Ctrl+K ir para…";

    public override string StatusDown(string why) => $"sem conexão, o que você escrever fica guardado e vai depois: {why.TrimEnd('.')}";

    public override string StatusConnecting => "conectando…";

    public override string StatusAway => "ausente (/away termina)";

    public override string StatusHub(string title) => title.Length > 0 ? $"hub “{title}”" : "hub";

    public override string StatusNoHub => "sem hub";

    public override string RowsBelow(int count) => $"↓ mais {(count >= 1000 ? "1000+" : count)} (Ctrl+End)";

    public override string ComposerHint(string room) => $"Escreva em {room}…";

    public override string ComposerAbout(string name, bool edit) => edit ? "editar" : $"↪ {name}";

    public override string EmptyNoRoom => "Você não está em nenhuma sala. /join general entra em uma, /rooms lista todas.";

    public override string EmptyRoom(string room) => $"Ninguém disse nada em {room} ainda. Escreva algo e tecle Enter.";

    public override IReadOnlyList<string> Greeting =>
    [
        "Boas-vindas. Escreva e tecle Enter: todos na sala leem.",
        "Ctrl+K leva a todo lugar. Tab completa. F1 ou ? é a ajuda.",
        "Ctrl+C duas vezes sai. Este aviso só vem uma vez.",
    ];

    public override string PeopleTitle => "aqui";

    public override string AndMore(int count) => $"e mais {count}";

    public override string BoxNothing => "Nada combina. Backspace apaga letras, Esc fecha.";

    public override string BoxSearchHint => "Digite palavras e tecle Enter.";

    public override string ReactTitle => "Reagir com";

    public override string Copied => "Copiado, se o terminal permitir.";

    public override string CopiedLink(string link) => $"Copiado: {link}";

    public override string FailedBelow(string why) => $"Não enviado: {why} /retry tenta de novo.";

    public override string PaletteTitle => "Ir para";

    public override string PaletteRoom(int unread) => unread == 0 ? "sala" : unread == 1 ? "sala, 1 nova" : $"sala, {unread} novas";

    public override string PaletteJoin => "entrar nesta sala";

    public override string HelpTitle => "Ajuda: comandos, teclas, sinais (digite para filtrar)";

    public override string SearchTitle => "Buscar";

    public override string ThreadTitle(int count) => count == 1 ? "Respostas · 1 mensagem" : $"Respostas · {count} mensagens";

    public override string NothingSince => "Nada foi dito desde então, até onde este computador sabe.";

    public override string NoThread => "Aqui nada responde a nada ainda. /reply, ou Alt+R, responde a uma mensagem.";

    public override string FoundTitle(int count) => count == 0 ? "Nada encontrado" : count == 1 ? "1 resultado" : $"{count} resultados";

    public override string SettingsTitle => "Preferências (valem na hora)";

    public override IReadOnlyList<(string Key, string About)> ChosenKeys =>
    [
        ("r", "com uma mensagem escolhida: responder"),
        ("e", "com uma mensagem escolhida: editar"),
        ("+", "com uma mensagem escolhida: reagir"),
        ("d", "com uma mensagem escolhida: apagar"),
        ("c", "com uma mensagem escolhida: copiar o texto"),
        ("t", "com uma mensagem escolhida: mostrar as respostas"),
    ];

    public override string ChosenHint(bool mine) => mine ? "r responde  e edita  + reage  d apaga  c copia  t respostas" : "r responde  + reage  c copia  t respostas  Esc solta";

    public override string ViNormal => "vi: normal, i escreve";

    public override IReadOnlyList<(string Sign, string About)> Signs =>
    [
        ("…  ✓  ✓✓  !", "suas mensagens: esperando, no broker, alguém tem, não enviada"),
        ("3  @3  –  ✎", "uma sala: mensagens novas, uma cita você, silenciada, um rascunho espera"),
        ("●  ○", "uma pessoa: aqui, ausente"),
        ("✓nome", "vocês compararam as chaves: é essa pessoa"),
        ("!nome", "um nome conhecido com outra chave: talvez outra pessoa"),
        ("?nome", "de um aparelho que ainda não se conhece"),
        ("✗nome", "de um aparelho que foi retirado da conta"),
        ("~nome", "visita, sem assinatura: qualquer um pode escrever com esse nome"),
        ("~sala", "uma sala privada, criptografada de ponta a ponta"),
    ];

    public override string NoteTitle => "Papo";

    public override string LinkTitle(string room) => $"Convite para {room}";

    public override string LinkKeys => "Enter copia o link, Esc fecha.";

    public override string WhereBroker(string broker) => $"Conexão com {broker}";

    public override string WhereOwn(string signs) => $"Suas mensagens a caminho: {signs}";

    public override string WhereRooms(string rooms) => $"Suas salas: {rooms}";

    public override string ElsewhereTitle => "em outras salas";

    public override string AboutSetting(string name) => name switch
    {
        "theme" => "cores",
        "time" => "como as horas são escritas",
        "density" => "linhas em branco entre as pessoas",
        "rooms" => "a lista de salas",
        "people" => "a lista de pessoas",
        "notes" => "avisos de quem chegou e saiu",
        "keys" => "teclas do Emacs ou do vi",
        "mouse" => "se os cliques são do Papo ou do terminal",
        "notify" => "quando citam você",
        _ => "",
    };

    public override string SettingIs(string name, string value) => $"{name} agora é {value}.";

    public override string NoSuchSetting(string name, string value) => $"Não existe a preferência {name} = {value}. /set mostra todas.";

    public override string SettingUnknown(string line, string file) => $"Não entendi em {file}: {line}";

    public override string NothingToJumpTo => "Não há para onde ir.";

    public override string OnceMoreToLeave => "Ctrl+C mais uma vez sai.";

    public override string OnlyOnScreen(string command) => $"{command} é para a tela cheia; você está no modo simples.";

    public override (string Arguments, string About) SlashWhere => ("", "dizer que sala é esta, quem está aqui e como está a conexão");

    public override (string Arguments, string About) SlashRead => ("[QUANTAS]", "ler de novo as últimas mensagens (5)");

    public override (string Arguments, string About) SlashSet => ("[NOME [VALOR]]", "preferências da tela cheia");

    public override (string Arguments, string About) SlashTheme => ("[auto|dark|light|contrast|16]", "cores da tela cheia");

    public override (string Arguments, string About) SlashCopy => ("", "mostrar só os textos, para copiar");
}
