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
    private static readonly TimeSpan FirstConnection = TimeSpan.FromSeconds(15);

    private string? Broker => options.Broker ?? (around.Variable("PAPO_BROKER") is { Length: > 0 } named ? named : null);

    private bool BringsBroker => Broker is null or Embedded;

    /// <summary>Runs until it is stopped.</summary>
    public async Task<int> RunAsync(HubRequest request, CancellationToken cancellation)
    {
        var hub = await StartAsync(request, cancellation);
        var telling = TellAsync(hub);
        try
        {
            if (!await hub.WaitConnectedAsync(FirstConnection, cancellation) && hub.Connection.Failure is { Permanent: true })
            {
                return hub.Connection.Failure.Kind is ConnectFailureKind.BadCredentials or ConnectFailureKind.NotAuthorized ? ExitCode.Refused : ExitCode.Unreachable;
            }

            Announce(request, hub);
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

    private async Task<HubNode> StartAsync(HubRequest request, CancellationToken cancellation)
    {
        var outside = BringsBroker ? null : entrance.Finder.Named();
        var announcement = outside is null
            ? OwnAnnouncement.Of(Addresses(request.Bind), HostedBroker.Port, request.Title, options.Root)
            : await OwnAnnouncement.OfAsync(outside, request.Title, options.Root, cancellation);
        try
        {
            return await HubNode.StartAsync(
                entrance.HubOptions() with
                {
                    Outside = outside,
                    Embedded = new EmbeddedBrokerOptions { Addresses = Addresses(request.Bind), Time = around.Time },
                    Credentials = outside is null ? new Credentials() : await entrance.CredentialsAsync(outside, cancellation),
                    Archive = request.Archive,
                    Retention = request.Retention,
                    Title = request.Title,
                    Announcement = announcement,
                },
                cancellation);
        }
        catch (BrokerPortTakenException taken)
        {
            throw new CommandFailedException(ExitCode.Failed, around.Words.HostingPortTaken(taken.Port));
        }
        catch (SocketException refused)
        {
            throw new CommandFailedException(ExitCode.Failed, around.Words.HostingFailed(refused.Message));
        }
    }

    // Every address of this computer means both families: a name may lead to either.
    private static IReadOnlyList<IPAddress> Addresses(IPAddress? bind) =>
        bind is null ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : IsEvery(bind) ? [IPAddress.Any, IPAddress.IPv6Any] : [bind];

    private static bool IsEvery(IPAddress bind) => bind.Equals(IPAddress.Any) || bind.Equals(IPAddress.IPv6Any);

    private void Announce(HubRequest request, HubNode hub)
    {
        var words = around.Words;
        around.Say(words.HubUp(hub.Broker.ToString(), hub.Path));
        if (!BringsBroker)
        {
            return;
        }

        var addresses = request.Bind is null ? [] : IsEvery(request.Bind) ? LanAddresses.Find() : [request.Bind];
        around.Say(addresses.Count == 0 ? words.HubOnlyHere : words.Hosting);
        if (addresses.Count > 0)
        {
            around.Say("  papo");
        }

        foreach (var address in addresses)
        {
            around.Say($"  papo --broker mqtt://{(address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address)}");
        }
    }

    private async Task TellAsync(HubNode hub)
    {
        await foreach (var change in hub.Changes.ReadAllAsync())
        {
            switch (change)
            {
                case ConnectionChanged { Connection: { Up: false, Failure: { } failure } }:
                    around.Say(around.Words.Connect(failure.Kind, Output.Harmless.Line(failure.Detail)));
                    break;
                case Noticed { Notice: { Kind: NoticeKind.StoreFailed or NoticeKind.StoreRecovered or NoticeKind.SpaceChanged } notice }:
                    around.Say(around.Words.Notice(notice, "", Output.Harmless.Line(notice.Text ?? "")));
                    break;
            }
        }
    }
}
