// Owns: the Brazilian Portuguese of the command line.
// Must never: decide when something is said.
using Papo.Client;

namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override string HelpUsage => "Uso";

    public override string HelpCommands => "Comandos";

    public override string HelpOptions => "Opções";

    public override string HelpEverywhere => "Opções de todos os comandos";

    public override string HelpExamples => "Exemplos";

    public override string HelpMore => "papo COMMAND --help conta mais. ROOM é o nome de uma sala, como general. O TEXT depois de -- vale ao pé da letra.";

    public override string AboutPapo => "Papo: bate-papo na sua rede, sobre MQTT 5.";

    public override string AboutChat => "Sem comando: abre a conversa.";

    public override string AboutSend => "Envia uma mensagem (TEXT ou a entrada padrão), mostra o id e termina quando ela está a salvo";

    public override string AboutTail => "Mostra as últimas mensagens e depois as novas, conforme chegam";

    public override string AboutHistory => "Mostra mensagens passadas";

    public override string AboutSearch => "Busca no que este computador guarda";

    public override string AboutRooms => "Lista as salas";

    public override string AboutWho => "Lista quem está por aqui";

    public override string AboutHub => "Roda um hub: guarda o passado de todas as salas abertas e traz um servidor junto";

    public override string OptionHubBroker => "o servidor: o dele mesmo (embedded), um Mosquitto instalado que ele roda (mosquitto) ou um que roda em outro lugar";

    public override string OptionBind => "endereço em que o servidor dele escuta; 0.0.0.0 abre para a rede (só este computador)";

    public override string OptionArchive => "onde fica guardado o passado: sqlite:PASTA ou postgres://USUARIO@SERVIDOR/BANCO (padrão: um arquivo na pasta do hub)";

    public override string OptionRetention => "por quanto tempo guardar o passado (padrão: none, para sempre)";

    public override string OptionTitle => "como as pessoas chamam este lugar";

    public override string UsageBind(string given) => $"“{given}” não é um endereço deste computador, como 0.0.0.0 ou 192.168.0.10.";

    public override string UsageArchive => "Um acervo se indica com sqlite:PASTA ou postgres://USUARIO@SERVIDOR/BANCO.";

    public override string UsageRetention(string given) => $"“{given}” não é um tempo de guarda, como 90d ou 12h (no mínimo uma hora), nem none.";

    public override string UsageTitle => "Um título tem no máximo 80 caracteres e nenhuma quebra de linha.";

    public override string HubUp(string broker, string folder) => $"O hub está no ar em {broker}. O que se diz nas salas abertas fica guardado em {folder}.";

    public override string HubOnlyHere => "Só programas deste computador podem entrar; --bind 0.0.0.0 abre para a rede.";

    public override string HubDamaged(string path) => $"Não dá para ler o acervo: {path} está danificado. Nada foi mudado. Traga de volta uma cópia (papo hub restore ARQUIVO), ou tire o arquivo dali: um acervo vazio se enche sozinho com o que têm as pessoas que estão aqui.";

    public override string HubStops => "Encerrando. Está tudo salvo.";

    public override string OptionBroker => "onde fica a conversa: mqtt:// mqtts:// ws:// wss:// (ou PAPO_BROKER)";

    public override string OptionName => "quem é você: escolhe ou cria o perfil com esse nome";

    public override string OptionHome => "pasta de todos os perfis (ou PAPO_HOME)";

    public override string OptionPlain => "linhas simples, mesmo em um terminal";

    public override string OptionNoColor => "sem cores (ou NO_COLOR)";

    public override string OptionLang => "idioma: en ou pt-BR";

    public override string OptionVerbose => "conta mais sobre a conexão na saída de erros";

    public override string OptionUser => "usuário no servidor; a senha vem de PAPO_PASSWORD ou é perguntada";

    public override string OptionCa => "autoridades certificadoras de confiança (PEM)";

    public override string OptionTrust => "chave que o servidor tem que ter quando nenhuma autoridade conhecida o garante; substitui a guardada antes";

    public override string OptionLog => "o que acontece vai para a saída de erros em linhas com campos, para programas que juntam registros";

    public override string UsageLog(string given) => $"“{given}” não é uma forma de registro; há logfmt e json.";

    public override string OptionTlsCert => "certificado para mqtts e wss, com os intermediários depois dele (PEM); sem isto o hub faz o dele";

    public override string OptionTlsKey => "chave desse certificado (PEM)";

    public override string UsageTrust(string given) => $"“{given}” não é a chave de um servidor; ela tem 64 dígitos de 0–9 e a–f, como o hub mostra.";

    public override string OptionCert => "certificado deste cliente (PEM)";

    public override string OptionKey => "chave desse certificado (PEM)";

    public override string OptionRoot => "primeiro nível de todos os tópicos (chat)";

    public override string OptionHelp => "esta ajuda";

    public override string OptionVersion => "a versão";

    public override string OptionPaths => "onde ficam os dados e os registros";

    public override string OptionTimeout => "quanto esperar até estar a salvo: 15s, 2m, 500ms (15s)";

    public override string OptionCount => "no máximo quantas mensagens";

    public override string OptionJson => "um objeto JSON por linha";

    public override string OptionNoFollow => "termina depois das últimas mensagens";

    public override string OptionBefore => "só antes deste id ou momento (2026-11-22, 14:30, 2h para duas horas atrás, RFC 3339)";

    public override string OptionAfter => "só depois deste id ou momento";

    public override string OptionIn => "só nesta sala";

    public override string OptionFrom => "só desta pessoa";

    public override string UsageDashText => "Um texto que começa com hífen vai depois de --";

    public override string SendNothing => "Não há nada para enviar: o texto está vazio.";

    public override string SendNotUtf8 => "A entrada padrão não é texto UTF-8; nada foi enviado.";

    public override string SendBrokerOnly => "O servidor recebeu, mas ainda não há mais ninguém aqui: ela fica na caixa de saída até alguém ter uma cópia.";

    public override string SendNotConfirmed => "Sem confirmação a tempo. Ela fica na caixa de saída e vai com o próximo papo deste perfil.";

    public override string SendKept => "A mensagem fica na caixa de saída e vai com o próximo papo deste perfil.";

    public override string PastIncompleteNote => "Nem tudo chegou a tempo; isto é o que este computador tem.";

    public override string? PastFrom(PastSource source) => source switch
    {
        PastSource.Hub => "Uma parte veio do hub.",
        PastSource.Member => "Uma parte veio de outra pessoa da sala.",
        _ => null,
    };

    public override string Searched(PastSource source) => source == PastSource.Hub ? "Busca feita neste computador e no acervo do hub." : "Busca feita só neste computador: nenhum hub responde.";

    public override string OnlyLocal => "Sem conexão; isto é o que este computador tem.";

    public override string SearchNothing => "Nada encontrado.";

    public override string AwayWord => "volta logo";

    public override string OfflineWord => "fora";

    public override string MeWord => "você";

    public override string JoinedWord => "participando";

    public override string NobodyHere => "Não há ninguém aqui.";

    public override string PathsData => "dados";

    public override string PathsLogs => "registros";

    public override string PathsNote => "Apagar estas pastas e o programa remove o Papo.";

    public override string UsageUnknown(string token) => $"“{token}” está sobrando.";

    public override string UsageUnknownOption(string token) => $"Aqui não existe a opção {token}.";

    public override string UsageNeedsValue(string option) => $"{option} precisa de um valor.";

    public override string UsageOnce(string option) => $"{option} aparece duas vezes.";

    public override string UsageMissing(string what) => $"Falta {what}.";

    public override string UsageCount(string given) => $"“{given}” não é um número de mensagens; vale de 0 a 100000.";

    public override string UsageTimeout(string given) => $"“{given}” não é um tempo de espera; escreva 15s, 2m ou 500ms.";

    public override string UsageMoment(string given) => $"“{given}” não é o id de uma mensagem nem um momento; escreva 2026-11-22, 14:30, 2h ou 2026-11-22T14:30:00Z.";

    public override string UsageLanguage(string given) => $"O Papo não fala “{given}”; há en e pt-BR.";

    public override string UsageRoot(string given) => $"“{given}” não serve como primeiro nível dos tópicos: sem barra, +, # ou espaço.";

    public override string UsageHint(string command) => $"{command} --help conta mais.";

    public override string UsageDidYouMean(string suggestion) => $"Você quis dizer {suggestion}?";

    public override string UnknownId(string given) => $"Nenhuma mensagem {given} é conhecida aqui.";

    public override string SendTrying(string broker, string why) => $"{broker}: {why} Tentando até o tempo acabar…";

    public override string Unreachable(string broker, string why) => $"Sem acesso a {broker}: {why}";

    public override string UnreachableKept(string broker, string why) => $"Sem acesso a {broker}: {why} {SendKept}";

    public override string Since(string time) => $"desde {time}";

    public override string RoomRow(int here, long messages) => $"{Number(here)} aqui, {Plural(messages, "1 mensagem", "{n} mensagens")}";
}
