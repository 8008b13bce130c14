// Owns: the English of `papo hub`.
// Must never: decide when something is said.
using Papo.Hub;

namespace Papo.Texts;

internal sealed partial class English
{
    public override string HubUsesMosquitto(string version, string folder) =>
        $"Mosquitto {version} is its broker, with a configuration of its own in {folder}.";

    public override string HubNoMosquitto =>
        "Mosquitto is not installed here; nothing was started. Install the package mosquitto (apt install mosquitto, brew install mosquitto), or leave --broker out: the hub brings a broker of its own.";

    public override string HubOldMosquitto(string version) =>
        $"Mosquitto {version} is too old: Papo needs MQTT 5 (1.6 or newer). Nothing was started. Update it, or leave --broker out: the hub brings a broker of its own.";

    public override string HubMosquitto(MosquittoProblem problem, string detail) => problem switch
    {
        MosquittoProblem.InUse => $"Another hub of this home runs Mosquitto already ({detail}). Nothing was started. Stop that one first, or use another folder with --home.",
        _ => $"Mosquitto does not start: {(detail.Length == 0 ? "it takes no connection." : detail)} Nothing was started; what the hub holds is kept.",
    };

    public override string HubPortTaken(int port) =>
        $"Port {Number(port)} is taken by another program; nothing was started. If it is a broker, use it: papo hub --broker mqtt://localhost:{Number(port)} — or stop it first (systemctl stop mosquitto).";

    public override string HubEncrypted(string url, string key) => $"Encrypted: papo --broker {url}\nIts key, to compare with what others see the first time: {key}";

    public override string HubWeb(string url, string place) => $"Over WebSocket: papo --broker {url}\n{HubHealth(place)}";

    public override string HubHealth(string place) => $"Health and figures: http://{place}/health/ready and http://{place}/metrics";

    public override string HubPortMoved(int wanted, int port) => $"Port {Number(wanted)} is taken by another program; {Number(port)} is used instead.";

    public override string HubTlsFile(string path, string detail) =>
        $"The certificate or key in {path} cannot be used ({detail.TrimEnd('.')}). Nothing was started. Check --tls-cert and --tls-key, or move that file away and the hub makes a new one.";

    public override string HubLost(string broker, string why) =>
        $"No connection to {broker}: {why} The hub tries again by itself; nothing it has acknowledged is lost, and it asks for what it misses when it is back.";

    public override string HubStillWithout(string why) => $"Still no connection: {why}";

    public override string HubBack(string broker) => $"Connected to {broker} again.";

    public override string HubBroker(BrokerNotice notice, string detail) => notice.What switch
    {
        BrokerEvent.Ended => $"The broker ended by itself{(detail.Length == 0 ? "" : $" ({detail})")}. It is started again; whoever was connected comes back by itself, and nothing that was acknowledged is lost.",
        BrokerEvent.Back => "The broker runs again.",
        _ => "The disk is full: the broker cannot save what it keeps for people who are away. The chat goes on; free some space before the broker is stopped.",
    };
}
