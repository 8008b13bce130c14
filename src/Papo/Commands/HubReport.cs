// Owns: what a running hub says: where it is, and what happens to it.
// Must never: decide how it is said; a terminal and a collector of logs want different lines.
using System.Net;
using System.Net.Sockets;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Hosting;
using Papo.Hub;
using Papo.Texts;

namespace Papo.Commands;

/// <summary>The words of one hub.</summary>
internal sealed class HubReport(Words words, HubNode hub, Action<string> say)
{
    /// <summary>The port of MQTT over TLS.</summary>
    public const int TlsPort = 8883;

    /// <summary>Whether an address means every address of this computer.</summary>
    public static bool IsEvery(IPAddress bind) => bind.Equals(IPAddress.Any) || bind.Equals(IPAddress.IPv6Any);

    /// <summary>Says where it is.</summary>
    public void Announce(BrokerPlan plan, IPAddress? bind)
    {
        say(words.HubUp(hub.Broker.ToString(), Output.Harmless.Line(hub.Archive)));
        if (plan is BrokerPlan.Mosquitto { Options: var mosquitto })
        {
            say(words.HubUsesMosquitto(mosquitto.Program.Version.ToString(), mosquitto.Folder));
        }

        var addresses = bind is null ? [] : IsEvery(bind) ? LanAddresses.Find() : [bind];
        var first = addresses.Count == 0 ? IPAddress.Loopback : addresses[0];
        var brings = plan is not BrokerPlan.Outside;
        AnnounceHttp(first, brings);
        if (!brings)
        {
            return;
        }

        if (addresses.All(IPAddress.IsLoopback))
        {
            say(words.HubOnlyHere);
        }
        else
        {
            say(words.Hosting);
            say("  papo");
            foreach (var address in addresses)
            {
                say("  papo --broker " + Url("mqtt", address, hub.Broker.Port));
            }
        }

        if (hub is { TlsPort: { } port, KeyFingerprint: { } key })
        {
            say(words.HubEncrypted(Url("mqtts", first, port), key));
            SayMoved(TlsPort, port);
        }
    }

    /// <summary>Says what happens to it until it ends. Has to run: a hub waits for its reader.</summary>
    public Task TellAsync() => Task.WhenAll(TellChangesAsync(), TellBrokerAsync());

    private void AnnounceHttp(IPAddress address, bool brings)
    {
        var http = new HttpOptions();
        if (hub.HttpPort is not { } port)
        {
            return;
        }

        say(brings ? words.HubWeb(Url("ws", address, port), Host(address) + $":{port}") : words.HubHealth(Host(address) + $":{port}"));
        SayMoved(http.Port, port);
        if (hub.HttpsPort is { } secure)
        {
            SayMoved(http.TlsPort, secure);
        }
    }

    private void SayMoved(int wanted, int port)
    {
        if (port != wanted)
        {
            say(words.HubPortMoved(wanted, port));
        }
    }

    private static string Host(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private static string Url(string scheme, IPAddress address, int port) =>
        BrokerAddress.TryParse($"{scheme}://{Host(address)}:{port}", out var url, out _) ? url.ToString() : Host(address);

    private async Task TellChangesAsync()
    {
        var without = "";
        await foreach (var change in hub.Changes.ReadAllAsync())
        {
            switch (change)
            {
                case ConnectionChanged { Connection: { Up: false, Failure: { } failure } }:
                    // A hub may be without its broker for days: each reason once.
                    var why = words.Connect(failure.Kind, Output.Harmless.Line(failure.Detail));
                    if (why != without)
                    {
                        say(without.Length == 0 ? words.HubLost(hub.Broker.ToString(), why) : words.HubStillWithout(why));
                        without = why;
                    }

                    break;
                case ConnectionChanged { Connection.Up: true } when without.Length > 0:
                    say(words.HubBack(hub.Broker.ToString()));
                    without = "";
                    break;
                case Noticed { Notice: { Kind: NoticeKind.StoreFailed or NoticeKind.StoreRecovered or NoticeKind.SpaceChanged or NoticeKind.KeyPinned } notice }:
                    say(words.Notice(notice, "", Output.Harmless.Line(notice.Text ?? "")));
                    break;
            }
        }
    }

    private async Task TellBrokerAsync()
    {
        await foreach (var notice in hub.BrokerNotices.ReadAllAsync())
        {
            say(words.HubBroker(notice, Output.Harmless.Line(notice.Detail)));
        }
    }
}
