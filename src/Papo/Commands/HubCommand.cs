// Owns: `papo hub`: starts it, says where it is, and what happens to it, until it is stopped.
// Must never: open to the network without being told to.
using System.Net;
using System.Net.Sockets;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Hosting;
using Papo.Hub;

namespace Papo.Commands;

/// <summary>Runs a hub.</summary>
internal sealed class HubCommand(Surroundings around, GlobalOptions options, Entrance entrance)
{
    private const string Embedded = "embedded";
    private const string Mosquitto = "mosquitto";
    private const int TlsPort = 8883;
    private static readonly TimeSpan FirstConnection = TimeSpan.FromSeconds(15);

    private string? Broker => options.Broker ?? (around.Variable("PAPO_BROKER") is { Length: > 0 } named ? named : null);

    private bool BringsBroker => Broker is null or Embedded or Mosquitto;

    /// <summary>Runs until it is stopped.</summary>
    public async Task<int> RunAsync(HubRequest request, CancellationToken cancellation)
    {
        var plan = await PlanAsync(request, cancellation);
        var hub = await StartAsync(plan, request, cancellation);
        var telling = Task.WhenAll(TellAsync(hub), TellBrokerAsync(hub));
        try
        {
            if (!await hub.WaitConnectedAsync(FirstConnection, cancellation) && hub.Connection.Failure is { Permanent: true })
            {
                return hub.Connection.Failure.Kind is ConnectFailureKind.BadCredentials or ConnectFailureKind.NotAuthorized ? ExitCode.Refused : ExitCode.Unreachable;
            }

            Announce(plan, request, hub);
            await Task.Delay(Timeout.InfiniteTimeSpan, around.Time, cancellation);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            around.Say(around.Words.HubStops);
            throw;
        }
        finally
        {
            await hub.DisposeAsync();
            await telling;
        }
    }

    private async Task<BrokerPlan> PlanAsync(HubRequest request, CancellationToken cancellation)
    {
        var addresses = Addresses(request.Bind);
        switch (Broker)
        {
            case null or Embedded:
                return new BrokerPlan.Embedded(new EmbeddedBrokerOptions { Addresses = addresses, TlsPort = TlsPort, OtherPortsMayMove = true, Time = around.Time });
            case Mosquitto:
                var program = await FindMosquittoAsync(cancellation);
                return new BrokerPlan.Mosquitto(
                    new MosquittoOptions { Program = program, Folder = HubNode.BrokerFolder(entrance.Home), Addresses = addresses, TlsPort = TlsPort });
            default:
                var outside = entrance.Finder.Named()!;
                return new BrokerPlan.Outside(outside, await entrance.CredentialsAsync(outside, cancellation));
        }
    }

    private async Task<MosquittoProgram> FindMosquittoAsync(CancellationToken cancellation)
    {
        var program = await MosquittoProgram.FindAsync(around.Variable("PATH"), cancellation) ?? throw new CommandFailedException(ExitCode.Failed, around.Words.HubNoMosquitto);
        return program.IsRecent ? program : throw new CommandFailedException(ExitCode.Failed, around.Words.HubOldMosquitto(program.Version.ToString()));
    }

    private async Task<HubNode> StartAsync(BrokerPlan plan, HubRequest request, CancellationToken cancellation)
    {
        var words = around.Words;
        try
        {
            return await HubNode.StartAsync(
                entrance.HubOptions() with
                {
                    Broker = plan,
                    Tls = request.Tls,
                    Http = new HttpOptions { Addresses = Addresses(request.Bind) },
                    Archive = request.Archive,
                    Retention = request.Retention,
                    Title = request.Title,
                },
                cancellation);
        }
        catch (TlsFileException unreadable)
        {
            throw new CommandFailedException(ExitCode.Failed, words.HubTlsFile(Output.Harmless.Line(unreadable.Path), Output.Harmless.Line(unreadable.Message)));
        }
        catch (BrokerPortTakenException taken)
        {
            throw new CommandFailedException(ExitCode.Failed, words.HubPortTaken(taken.Port));
        }
        catch (MosquittoException failed)
        {
            throw new CommandFailedException(ExitCode.Failed, words.HubMosquitto(failed.Problem, Output.Harmless.Line(failed.Message)));
        }
        catch (SocketException refused)
        {
            throw new CommandFailedException(ExitCode.Failed, words.HostingFailed(refused.Message));
        }
    }

    // Every address of this computer means both families: a name may lead to either.
    private static IReadOnlyList<IPAddress> Addresses(IPAddress? bind) =>
        bind is null ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : IsEvery(bind) ? [IPAddress.Any, IPAddress.IPv6Any] : [bind];

    private static bool IsEvery(IPAddress bind) => bind.Equals(IPAddress.Any) || bind.Equals(IPAddress.IPv6Any);

    private void Announce(BrokerPlan plan, HubRequest request, HubNode hub)
    {
        var words = around.Words;
        around.Say(words.HubUp(hub.Broker.ToString(), hub.Path));
        if (plan is BrokerPlan.Mosquitto { Options: var mosquitto })
        {
            around.Say(words.HubUsesMosquitto(mosquitto.Program.Version.ToString(), mosquitto.Folder));
        }

        var addresses = request.Bind is null ? [] : IsEvery(request.Bind) ? LanAddresses.Find() : [request.Bind];
        var first = addresses.Count == 0 ? IPAddress.Loopback : addresses[0];
        AnnounceHttp(hub, first);
        if (!BringsBroker)
        {
            return;
        }

        around.Say(addresses.Count == 0 ? words.HubOnlyHere : words.Hosting);
        foreach (var address in addresses)
        {
            around.Say("  papo --broker " + Url("mqtt", address, hub.Broker.Port));
        }

        if (hub is { TlsPort: { } port, KeyFingerprint: { } key })
        {
            around.Say(words.HubEncrypted(Url("mqtts", first, port), key));
            SayMoved(TlsPort, port);
        }
    }

    private void AnnounceHttp(HubNode hub, IPAddress address)
    {
        var http = new HttpOptions();
        if (hub.HttpPort is not { } port)
        {
            return;
        }

        around.Say(BringsBroker ? around.Words.HubWeb(Url("ws", address, port), Host(address) + $":{port}") : around.Words.HubHealth(Host(address) + $":{port}"));
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
            around.Say(around.Words.HubPortMoved(wanted, port));
        }
    }

    private static string Host(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private static string Url(string scheme, IPAddress address, int port) =>
        BrokerAddress.TryParse($"{scheme}://{Host(address)}:{port}", out var url, out _) ? url.ToString() : Host(address);

    private async Task TellAsync(HubNode hub)
    {
        await foreach (var change in hub.Changes.ReadAllAsync())
        {
            switch (change)
            {
                case ConnectionChanged { Connection: { Up: false, Failure: { } failure } }:
                    around.Say(around.Words.Connect(failure.Kind, Output.Harmless.Line(failure.Detail)));
                    break;
                case Noticed { Notice: { Kind: NoticeKind.StoreFailed or NoticeKind.StoreRecovered or NoticeKind.SpaceChanged or NoticeKind.KeyPinned } notice }:
                    around.Say(around.Words.Notice(notice, "", Output.Harmless.Line(notice.Text ?? "")));
                    break;
            }
        }
    }

    private async Task TellBrokerAsync(HubNode hub)
    {
        await foreach (var notice in hub.BrokerNotices.ReadAllAsync())
        {
            around.Say(around.Words.HubBroker(notice, Output.Harmless.Line(notice.Detail)));
        }
    }
}
