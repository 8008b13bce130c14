// Owns: the Brazilian Portuguese of the start and of everything that can go wrong.
// Must never: decide when something is said.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override string WhatOthersSee => "As outras pessoas veem este nome, se você está por aqui e tudo o que se escreve nas salas abertas.";

    public override string Looking => "Procurando uma conversa nesta rede…";

    public override string HostPrompt => "Ninguém está hospedando. Hospedar aqui? [S/n] ";

    public override string Hosting => "Hospedando. Nesta rede, as outras pessoas digitam:";

    public override string HostingOpen => "A conversa está aberta a todo mundo nesta rede.";

    public override string HostingNoNetwork => "Hospedando, mas este computador está fora de qualquer rede: só programas nele conseguem entrar.";

    public override string HostingLoopback => "Ninguém está hospedando: este processo hospeda a conversa, só neste computador.";

    public override string HostingDeclined => "Então não há onde entrar. Se houver um servidor em algum lugar: papo --broker mqtt://ENDEREÇO";

    public override string NobodyHosts =>
        "Nenhuma conversa encontrada: ninguém hospeda neste computador nem nesta rede. Abra o papo em um terminal para hospedar, ou diga onde fica o servidor: --broker mqtt://ENDEREÇO";

    public override string NamePrompt(string suggestion) => $"Seu nome [{suggestion}]: ";

    public override string ProfileInUse(string name) => $"{name} já está em uso em outra janela.";

    public override string WhoIsThisPrompt(string name) => $"Quem é você? [{name}, em mais um aparelho]: ";

    public override string SavedSilent(string broker) => $"{broker}, usado da última vez, não responde.";

    public override string Found(string broker) => $"Servidor encontrado em {broker}.";

    public override string Connecting(string broker) => $"Conectando a {broker}…";

    public override string NotYetThere(string broker, string why) =>
        $"Sem conexão com {broker}: {why} O Papo tenta de novo sozinho; o que você escrever fica guardado e sai depois.";

    public override bool IsYes(string answer) => answer.Trim().ToLowerInvariant() is "" or "s" or "sim" or "y" or "yes";

    public override string HostingPortTaken(int port) =>
        $"Não dá para hospedar: a porta {Number(port)} está em uso por outro programa. Se for um servidor MQTT, entre nele: papo --broker mqtt://localhost:{Number(port)}";

    public override string HostingFailed(string detail) => $"Não dá para hospedar: {detail}";

    public override string PasswordPrompt(string user) => $"Senha de {user} no servidor: ";

    public override string Crashed(string logFile) =>
        $"O Papo encontrou um defeito dele mesmo e precisa parar. Toda mensagem que apareceu como sua está salva. Detalhes para relatar o problema: {logFile}";

    public override string Connect(ConnectFailureKind kind, string detail) => kind switch
    {
        ConnectFailureKind.UnknownHost => "nenhum computador com esse nome foi encontrado. Confira a grafia ou use o endereço IP.",
        ConnectFailureKind.Refused => "o computador está lá, mas nenhum servidor escuta nessa porta.",
        ConnectFailureKind.Unreachable => "não há caminho até esse computador. Este aqui está na rede?",
        ConnectFailureKind.TimedOut => "ninguém responde lá. O computador pode estar desligado, ou há um firewall no meio.",
        ConnectFailureKind.NotMqtt => "o que escuta lá não é um servidor MQTT. Confira a porta.",
        ConnectFailureKind.Mqtt311Only => "esse servidor só fala MQTT antigo; o Papo precisa de MQTT 5 (Mosquitto 1.6 ou mais novo).",
        ConnectFailureKind.BadCredentials => "o servidor não aceita este usuário e senha. Use --user, e PAPO_PASSWORD ou digite a senha quando for pedida.",
        ConnectFailureKind.NotAuthorized => "o servidor não deixa este usuário entrar. Fale com quem cuida dele, ou use --user.",
        ConnectFailureKind.CertificateUnknown => "o certificado do servidor não é assinado por ninguém em quem este computador confia. Indique a autoridade com --ca ARQUIVO, ou a chave com --trust CHAVE.",
        ConnectFailureKind.CertificateChanged => $"o servidor tem outra chave, diferente da de antes ({detail}). Ele foi refeito, ou há alguém no meio; nada foi enviado. Fale com quem cuida dele; se a chave nova for a certa: --trust e essa chave.",
        ConnectFailureKind.CertificateExpired => "o certificado do servidor não vale hoje. Confira a data deste computador, ou fale com quem cuida do servidor.",
        ConnectFailureKind.CertificateNameMismatch => "o certificado do servidor é de outro nome. Use o nome para o qual ele foi feito.",
        ConnectFailureKind.CertificateFile => $"não dá para ler um arquivo de certificado ou chave ({detail.TrimEnd('.')}).",
        ConnectFailureKind.ServerBusy => "o servidor está ocupado demais agora.",
        ConnectFailureKind.Quota => "a sua cota no servidor acabou.",
        ConnectFailureKind.Banned => "o servidor baniu este computador. Fale com quem cuida dele.",
        ConnectFailureKind.ClientIdRefused => "o servidor não aceita o identificador deste programa. Fale com quem cuida dele.",
        ConnectFailureKind.TlsFailed => "não foi possível fazer uma conexão segura. Essa porta fala TLS? O servidor pede --cert e --key?",
        ConnectFailureKind.TakenOver => "outra conexão tomou o lugar desta.",
        ConnectFailureKind.ServerShuttingDown => "o servidor está sendo desligado.",
        ConnectFailureKind.Lost => "o servidor parou de responder.",
        ConnectFailureKind.ProtocolError => $"o servidor e o Papo não se entenderam ({detail}).",
        ConnectFailureKind.PacketTooLarge => "uma mensagem era maior do que o servidor permite.",
        _ => detail.Length == 0 ? "o servidor não disse por quê." : $"{detail.TrimEnd('.')}.",
    };

    public override string Profile(ProfileProblem problem, string path, string detail) => problem switch
    {
        ProfileProblem.Damaged => $"Não dá para ler o seu perfil: {path} está danificado. Nada foi mudado. Restaure uma cópia, ou comece outro perfil com --name.",
        ProfileProblem.Newer => $"O seu perfil foi feito por um Papo mais novo ({path}). Nada foi mudado. Atualize este programa, ou use outra pasta com --home.",
        ProfileProblem.ReadOnly => $"Não dá para gravar em {path}. Nada foi mudado. Deixe a pasta no seu nome e com gravação liberada, ou escolha outra com --home.",
        ProfileProblem.DiskFull => $"O disco está cheio ({path}). Nada se perdeu. Libere espaço e abra de novo.",
        ProfileProblem.ArchiveAway => $"Não dá para chegar ao acervo em {path}: {detail}. Nada se perdeu: o que as pessoas dizem fica com elas até o hub poder guardar. Ligue o servidor, ou indique outro acervo com --archive.",
        ProfileProblem.ArchiveRefused => $"O acervo em {path} não deixa este hub entrar: {detail}. Confira usuário e senha, e se o banco de dados existe.",
        ProfileProblem.ArchiveInUse => $"Outro hub está usando o acervo em {path}. Pare-o, ou dê a este hub um banco de dados só dele: os hubs mantêm os acervos iguais sozinhos.",
        ProfileProblem.LinkedCopy => "Este computador é vinculado: ele não guarda a chave da sua conta, e uma cópia dele não seria ninguém em outro lugar. Faça a cópia no primeiro; para ter a conta em mais um, vincule-o.",
        ProfileProblem.NotLinkedHere => $"Este computador está vinculado à sua conta em outra conversa, e não tem certificado para esta ({path}). Nada foi mudado. Vincule-o aqui também, com outro --name.",
        ProfileProblem.NoProfile => "Não há perfil com este nome aqui; nada foi gravado. Indique um com --name.",
        ProfileProblem.InTheWay => $"{path} já existe e ficou como está. Indique outro arquivo, ou outro perfil com --name.",
        ProfileProblem.BadBackup => $"{path} não é uma cópia inteira de um perfil: {detail}. Nada foi restaurado. Use outra cópia.",
        ProfileProblem.SealedElsewhere => $"As chaves deste perfil foram seladas pelo sistema para outro usuário ou computador, e este não as abre ({path}). Uma cópia feita lá com “papo backup” traz o perfil para cá.",
        ProfileProblem.PassphraseNeeded => "Este perfil tem uma frase secreta. Ponha no ambiente como PAPO_PASSPHRASE.",
        ProfileProblem.InUse => "Este perfil está aberto em outra janela. Nada mudou; feche lá e tente de novo.",
        ProfileProblem.PassphraseWrong => $"A frase secreta está errada: não abre {path}. Nada mudou; tente de novo.",
        ProfileProblem.NoSlot => $"Este perfil está aberto vezes demais ({path}). Feche alguns programas e tente de novo.",
        _ => $"Não dá para usar o seu perfil: {detail} ({path})",
    };

    public override string Send(SendProblem problem) => problem switch
    {
        SendProblem.TooLong => "O texto é longo demais: no máximo 16 KiB (cerca de 16.000 letras), ou menos se o servidor quiser. Encurte, ou mande em partes.",
        SendProblem.Empty => "Não há nada para enviar.",
        SendProblem.NotAllowed => "O servidor não deixa você escrever ali. Fale com quem cuida dele.",
        SendProblem.Quota => "A sua cota no servidor acabou. Espere um pouco, ou fale com quem cuida dele.",
        SendProblem.NotYours => "Só quem escreveu pode mudar ou apagar uma mensagem.",
        SendProblem.UnknownTarget => "Essa mensagem não é conhecida neste computador.",
        SendProblem.NotMember => "Você não está mais nessa sala privada; nada foi enviado.",
        SendProblem.DeviceRemoved => "Este computador foi removido da sua conta; nada foi enviado.",
        SendProblem.NameContested => "Não foi enviado: você verificou uma pessoa com este nome, e agora outra chave também usa o nome. Olhe isso na conversa com /verify e o nome; depois envie de novo.",
        SendProblem.NotJoined => "Você não está nessa sala. Entre com /join primeiro.",
        SendProblem.StoreFailed => "Não deu para gravar no disco. Libere espaço e tente de novo; o texto continua com você.",
        SendProblem.Ending => "O Papo está fechando.",
        SendProblem.Refused => "O servidor recusou sem dizer por quê.",
        _ => "Foi recusado.",
    };

    public override string Name(NameProblem problem) => problem switch
    {
        NameProblem.Empty => "Um nome precisa de pelo menos uma letra.",
        NameProblem.TooLong => $"Um nome tem no máximo {Number(Limits.NameCodePoints)} caracteres.",
        NameProblem.BadCharacter => "Um nome não pode ter caracteres de controle ou invisíveis, quebras de linha nem “·”.",
        NameProblem.BadStart => "Um nome não pode começar com @ # / ~ ou <.",
        _ => "Este nome não pode ser usado.",
    };

    public override string RoomName(string given) =>
        $"“{given}” não é uma sala: o nome de uma sala tem de 1 a {Number(Room.MaxLength)} caracteres entre a–z, 0–9 e -.";

    public override string Address(string given, string code) => code switch
    {
        "address-empty" => "Falta o endereço do servidor; ele é parecido com mqtt://192.168.1.42",
        "address-scheme" => $"“{given}” não começa com mqtt://, mqtts://, ws:// ou wss://",
        "address-port" => $"“{given}” não tem uma porta válida; uma porta é um número de 1 a 65535.",
        "address-password" => "Senha não vai no endereço, onde outras pessoas podem ver. Use --user, e PAPO_PASSWORD ou digite a senha quando for pedida.",
        "address-path" => $"“{given}” tem um caminho; só endereços ws:// e wss:// têm.",
        _ => $"“{given}” não é o endereço de um servidor; ele é parecido com mqtt://192.168.1.42 ou mqtts://papo.exemplo.org",
    };

    public override string NobodyCalled(string given) =>
        $"Aqui não se conhece ninguém chamado {given}, nem uma sala privada. Nada foi enviado. As pessoas ficam conhecidas quando estão aqui ao mesmo tempo que você; veja quem está com: papo who";

    public override string Member(MemberResult result, string name, string room, bool isIn) => result switch
    {
        MemberResult.Done => isIn ? $"Agora {name} está em {room}." : $"{name} não está mais em {room} e não lê nada do que se disser daqui em diante.",
        MemberResult.NoChange => isIn ? $"{name} já está em {room}." : $"{name} não está em {room}.",
        MemberResult.UnknownPerson => $"Aqui não se conhece ninguém chamado {name}; nada mudou.",
        MemberResult.NotPrivate => $"{room} não é uma sala privada: qualquer pessoa entra e sai. Crie uma com /create --private NOME",
        MemberResult.NameContested => $"Nada mudou: duas chaves usam o nome {name}, e você verificou uma delas. Olhe isso com /verify {name}, e convide de novo.",
        MemberResult.NotConnected => $"Sem conexão: só com ela dá para mudar quem está em {room}. Nada mudou.",
        MemberResult.RoomFull => $"{room} está cheia: numa sala privada cabem {Limits.PrivateMembers} pessoas. Nada mudou; tire alguém antes, ou crie uma segunda sala.",
        MemberResult.BrokerTakesLess => $"Tanta gente em {room} é mais do que este servidor transmite de uma vez (o tamanho máximo de pacote). Nada mudou; peça a quem cuida dele que permita 64 KiB, ou crie uma sala menor.",
        _ => $"Só quem criou {room} pode mudar quem está nela. Nada mudou.",
    };

    public override string Credentials(string path) => $"Não dá para ler {path}.";
}
