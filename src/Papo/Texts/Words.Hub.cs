// Owns: the list of texts of `papo hub`: where it is, what happens to its broker.
// Must never: hold text of one language.
using Papo.Hub;

namespace Papo.Texts;

internal abstract partial class Words
{
    public abstract string HubUsesMosquitto(string version, string folder);

    public abstract string HubNoMosquitto { get; }

    public abstract string HubOldMosquitto(string version);

    public abstract string HubMosquitto(MosquittoProblem problem, string detail);

    public abstract string HubPortTaken(int port);

    public abstract string HubEncrypted(string url, string key);

    public abstract string HubWeb(string url, string place);

    public abstract string HubHealth(string place);

    public abstract string HubPortMoved(int wanted, int port);

    public abstract string HubTlsFile(string path, string detail);

    public abstract string HubLost(string broker, string why);

    public abstract string HubStillWithout(string why);

    public abstract string HubBack(string broker);

    public abstract string HubBroker(BrokerNotice notice, string detail);
}
