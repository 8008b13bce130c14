// Owns: the Brazilian Portuguese of the chat itself.
// Must never: decide when something is said.
using System.Globalization;
using Papo.Client;

namespace Papo.Texts;

/// <summary>Brazilian Portuguese.</summary>
internal sealed partial class Portuguese : Words
{
    private static readonly string[] Weekdays =
        ["domingo", "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado"];

    private static readonly string[] Months =
        ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"];

    public override string Tag => "pt-BR";

    public override string BadgeUnsigned => "sem assinatura";

    public override string BadgeNewKey => "chave nova";

    public override string BadgeUnknown => "aparelho desconhecido";

    public override string MarkEdited => "✎ editada";

    public override string MarkLate => "chegou depois";

    public override string MarkClock => "relógio errado";

    public override string DeletedText => "mensagem apagada";

    public override string MissingText => "o texto está faltando; já foi pedido";

    public override string UnsupportedText => "feita por um Papo mais novo; atualize para ver";

    public override string LockedText => "precisa de uma chave que ainda não está aqui; ela foi pedida";

    public override string RoomOpened(string room, string name) => room == "@" + name
        ? $"{name} está escrevendo direto para você; só vocês dois leem. Responda com /msg {name} TEXTO, ou vá para lá com /join {room}"
        : $"{name} pôs você em {room}, uma sala privada. Vá para lá com /join {room}";

    public override string SomethingEarlier => "uma mensagem anterior";

    public override string Healed => "As mensagens que faltavam chegaram.";

    public override string NothingYet => "Nenhuma mensagem por enquanto. Diga oi!";

    public override string PastIncomplete => "Talvez ainda falte uma parte da conversa; ela aparece quando chegar.";

    public override string ConnectionBack => "Conexão de volta.";

    public override string PasteDropped => "Não foi enviado.";

    public override string WaitingForSafety => "Esperando até que suas mensagens estejam a salvo…";

    public override string Bye => "Tchau!";

    public override string ShortDay(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    public override string Day(DateOnly day) =>
        $"{Weekdays[(int)day.DayOfWeek]}, {(day.Day == 1 ? "1º" : day.Day.ToString(CultureInfo.InvariantCulture))} de {Months[day.Month - 1]} de {day.Year.ToString(CultureInfo.InvariantCulture)}";

    public override string Names(IReadOnlyList<string> names) => Join(names, "e", static n => $"mais {Number(n)}");

    public override string Guest(string name) => name == NamelessGuest ? "visitante" : $"visitante: {name}";

    public override string EditedLine(string name) => $"{name} editou:";

    public override string WithdrawnLine(string name) => $"o que {name} disse então veio depois de uma remoção: não vale para ninguém";

    public override string RestoredLine(string name) => $"o que {name} disse então vale de novo";

    public override string DeletedLine(string name, string time) => $"{name} apagou uma mensagem" + (time.Length == 0 ? "" : $" das {time}");

    public override string Reacted(string name, string reaction, string author, string quote) => $"{name} reagiu com {reaction} a {author}: {quote}";

    public override string Unreacted(string name, string author, string quote) => $"{name} desfez uma reação a {author}: {quote}";

    public override string Came(string names, int count) => $"→ {names} {(count == 1 ? "chegou" : "chegaram")}";

    public override string Left(string names, int count) => $"← {names} {(count == 1 ? "saiu" : "saíram")}";

    public override string Renamed(string before, string after) => $"{before} agora se chama {after}";

    public override string WentAway(string name, string status) => $"{name} deu uma saidinha" + (status.Length == 0 ? "" : $": {status}");

    public override string CameBack(string name) => $"{name} voltou";

    public override string Typing(string names, int count) => $"{names} {(count == 1 ? "está" : "estão")} digitando…";

    public override string Missing(int count) => Plural(count, "Falta 1 mensagem, pedindo…", "Faltam {n} mensagens, pedindo…");

    public override string Header(string room, int here) => $"{room} · {Plural(here, "1 pessoa aqui", "{n} pessoas aqui")}";

    public override string HeaderOffline(string room) => $"{room} · sem conexão";

    public override string ConnectionLost(string why) =>
        $"A conexão caiu: {why} O Papo tenta de novo sozinho; o que você escrever fica guardado e sai depois.";

    public override string StillWaiting(string why) => $"Ainda sem conexão: {why}";

    public override string NotSent(string quote, string why) => $"! não enviada: {quote}. {why} Ela fica guardada; /retry tenta de novo.";

    public override string StateOne(string mark, string quote) => $"{mark} {quote}";

    public override string StateMany(string mark, int count) => $"{mark} {Number(count)} mensagens";

    public override string AskBeforePaste(int lines) => $"Enviar estas {Number(lines)} linhas como uma mensagem só? Enter envia, Ctrl+C descarta.";

    public override string StillUnsafe(int count) => Plural(
        count,
        "1 mensagem ainda não chegou a ninguém. Ela fica na caixa de saída e vai da próxima vez.",
        "{n} mensagens ainda não chegaram a ninguém. Elas ficam na caixa de saída e vão da próxima vez.");

    public override string HostLeaves(int others) => Plural(
        others,
        "Era este computador que hospedava a conversa: para a outra pessoa ela fica suspensa até alguém hospedar de novo. O que foi dito fica nos dois computadores.",
        "Era este computador que hospedava a conversa: para as outras {n} pessoas ela fica suspensa até alguém hospedar de novo. O que foi dito fica no computador de cada uma.");

    public override string Notice(Notice notice, string room, string text) => notice.Kind switch
    {
        NoticeKind.NameClash => $"Duas pessoas usam o mesmo nome; a mais recente aparece como {text}.",
        NoticeKind.KeyChanged => $"{text} está escrevendo com uma chave nova. Pode ser um computador novo ou outra pessoa: pergunte antes de confiar.",
        NoticeKind.VerifiedNameTaken => $"{text} usa o nome de alguém que você verificou, com outra chave. Até você olhar isso com /verify, nada vai diretamente a nenhum dos dois.",
        NoticeKind.BadSignature => Plural(
            notice.Count, "1 mensagem falsificada ou danificada foi descartada.", "{n} mensagens falsificadas ou danificadas foram descartadas."),
        NoticeKind.Malformed => Plural(notice.Count, "1 mensagem ilegível foi descartada.", "{n} mensagens ilegíveis foram descartadas."),
        NoticeKind.Forked => $"Um aparelho de {text} assinou duas mensagens diferentes com o mesmo número. Nada mais novo desse aparelho é aceito.",
        NoticeKind.SlotRetired => "Este perfil também está em uso em outro lugar (uma cópia?). Aqui foi criado um aparelho novo; nada se perdeu.",
        NoticeKind.SpaceChanged => "Este servidor agora carrega outra comunidade. O que você tinha fica guardado à parte, neste computador.",
        NoticeKind.SpaceRestored => "O servidor tinha perdido a marca desta conversa; ela foi recolocada.",
        NoticeKind.StoreFailed => $"Não dá para gravar no disco: {text} Nada é aceito até ele voltar a funcionar; libere espaço ou confira a pasta.",
        NoticeKind.StoreRecovered => "O disco voltou a funcionar.",
        NoticeKind.FloodRefused => Plural(
            notice.Count, $"Enxurrada em {room}: 1 remetente novo ficou de fora.", $"Enxurrada em {room}: {{n}} remetentes novos ficaram de fora."),
        NoticeKind.ClockDoubtful => $"O relógio de {text} está muito errado; essas mensagens ficam na ordem em que chegaram.",
        NoticeKind.Drained => Plural(
            notice.Count, "Enviando 1 mensagem que tinha ficado na caixa de saída.", "Enviando {n} mensagens que tinham ficado na caixa de saída."),
        NoticeKind.KeyMissing => $"Há mensagens em {room} que precisam de uma chave que um computador de {text} tem; ela foi pedida. Elas aparecem quando a chave chegar.",
        NoticeKind.KeyAwaited => $"O programa de {text} ainda não mostrou a chave dele. O que você escrever fica guardado e sai quando ela aparecer.",
        NoticeKind.BackInRoom => $"Você está em {room} de novo. O que se disse enquanto esteve fora continua fechado, a não ser que a sala partilhe o passado.",
        NoticeKind.RemovedFromRoom => $"Você foi tirado de {room}. O que se disse antes fica aqui; nada novo chega.",
        NoticeKind.OutsiderRefused => Plural(notice.Count, $"Algo em {room}, de alguém que não está lá, foi descartado.", $"{{n}} coisas em {room}, de gente que não está lá, foram descartadas."),
        NoticeKind.CameByLink => $"{text} entrou em {room} pelo seu link.",
        NoticeKind.DeviceRemoved => $"{text} removeu um computador da conta; o que ele disser aparece marcado.",
        NoticeKind.RemovedHere => "Este computador foi removido da sua conta. O que ele tem continua legível aqui; ele não envia mais nada.",
        NoticeKind.DeviceAsks => $"Um computador chamado {text} quer ser vinculado à sua conta. Digite o código que ele mostra: /devices CÓDIGO, ou recuse: /devices no",
        NoticeKind.DeviceLinked => $"{text} está vinculado à sua conta.",
        NoticeKind.HubFound => text.Length > 0 ? $"Um hub guarda o passado deste lugar: {text}." : "Um hub guarda o passado deste lugar.",
        NoticeKind.KeyPinned => $"Primeira vez neste servidor, e ninguém conhecido garante o certificado dele. De agora em diante ele tem que ter esta chave: {text}",
        NoticeKind.HubDoubtful => "Mais alguém diz ser o hub daqui. O Papo fica com o que já conhece.",
        _ => $"{notice.Kind} {text}".TrimEnd(),
    };
}
