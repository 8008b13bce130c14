// Owns: the Brazilian Portuguese of `papo hub`.
// Must never: decide when something is said.
using Papo.Hub;

namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override string HubUsesMosquitto(string version, string folder) =>
        $"O servidor dele é o Mosquitto {version}, com uma configuração própria em {folder}.";

    public override string HubNoMosquitto =>
        "O Mosquitto não está instalado aqui; nada foi iniciado. Instale o pacote mosquitto (apt install mosquitto, brew install mosquitto), ou rode sem --broker: o hub traz um servidor dele mesmo.";

    public override string HubOldMosquitto(string version) =>
        $"O Mosquitto {version} é antigo demais: o Papo precisa de MQTT 5 (1.6 ou mais novo). Nada foi iniciado. Atualize, ou rode sem --broker: o hub traz um servidor dele mesmo.";

    public override string HubMosquitto(MosquittoProblem problem, string detail) => problem switch
    {
        MosquittoProblem.InUse => $"Outro hub desta pasta já roda o Mosquitto ({detail}). Nada foi iniciado. Encerre aquele primeiro, ou use outra pasta com --home.",
        _ => $"O Mosquitto não inicia: {(detail.Length == 0 ? "ele não aceita conexões." : detail)} Nada foi iniciado; o que o hub guarda continua guardado.",
    };

    public override string HubPortTaken(int port) =>
        $"A porta {Number(port)} está em uso por outro programa; nada foi iniciado. Se for um servidor MQTT, use-o: papo hub --broker mqtt://localhost:{Number(port)} — ou pare-o antes (systemctl stop mosquitto).";

    public override string HubEncrypted(string url, string key) => $"Com criptografia: papo --broker {url}\nA chave dele, para comparar com o que os outros veem na primeira vez: {key}";

    public override string HubWeb(string url, string place) => $"Por WebSocket: papo --broker {url}\n{HubHealth(place)}";

    public override string HubHealth(string place) => $"Saúde e números: http://{place}/health/ready e http://{place}/metrics";

    public override string HubPortMoved(int wanted, int port) => $"A porta {Number(wanted)} está em uso por outro programa; vale a {Number(port)} no lugar dela.";

    public override string HubTlsFile(string path, string detail) =>
        $"Não dá para usar o certificado ou a chave em {path} ({detail.TrimEnd('.')}). Nada foi iniciado. Confira --tls-cert e --tls-key, ou tire esse arquivo de lá e o hub faz um novo.";

    public override string HubLost(string broker, string why) =>
        $"Sem conexão com {broker}: {why} O hub tenta de novo sozinho; nada do que ele confirmou se perde, e ao voltar ele pede o que faltou.";

    public override string HubStillWithout(string why) => $"Ainda sem conexão: {why}";

    public override string HubBack(string broker) => $"Conexão com {broker} de volta.";

    public override string HubBroker(BrokerNotice notice, string detail) => notice.What switch
    {
        BrokerEvent.Ended => $"O servidor parou sozinho{(detail.Length == 0 ? "" : $" ({detail})")}. Ele está sendo iniciado de novo; quem estava conectado volta sozinho, e nada que foi confirmado se perde.",
        BrokerEvent.Back => "O servidor está de volta.",
        _ => "O disco está cheio: o servidor não consegue salvar o que guarda para quem está fora. A conversa continua; libere espaço antes de parar o servidor.",
    };
}
