// Owns: `papo hub`: from the command line to a running hub, until it is stopped.
// Must never: open to the network without being told to.
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Papo.Client;
using Papo.Client.Discovery;
using Papo.Client.Wire;
using Papo.Diagnostics;
using Papo.Hosting;
using Papo.Hub;

namespace Papo.Commands;

/// <summary>Runs a hub.</summary>
internal sealed partial class HubCommand(Surroundings around, GlobalOptions options, Entrance entrance)
{
    private const string Embedded = "embedded";
    private const string Mosquitto = "mosquitto";
    private static readonly TimeSpan FirstConnection = TimeSpan.FromSeconds(15);

    private string? Broker => options.Broker ?? (around.Variable("PAPO_BROKER") is { Length: > 0 } named ? named : null);

    /// <summary>Runs until it is stopped.</summary>
    public async Task<int> RunAsync(HubRequest request, CancellationToken cancellation)
    {
        var plan = await PlanAsync(request, cancellation);
        var log = request.Log is { } form ? new StructuredLog(around.Error, form, around.Time, new LibraryLog(around.Log)) : null;
        var hub = await StartAsync(plan, request, log, cancellation);
        var report = new HubReport(around.Words, hub, sentence => Say(sentence, log));
        var telling = report.TellAsync();
        try
        {
            if (!await hub.WaitConnectedAsync(FirstConnection, cancellation) && hub.Connection.Failure is { Permanent: true })
            {
                return hub.Connection.Failure.Kind is ConnectFailureKind.BadCredentials or ConnectFailureKind.NotAuthorized ? ExitCode.Refused : ExitCode.Unreachable;
            }

            report.Announce(plan, request.Bind);
            await Task.Delay(Timeout.InfiniteTimeSpan, around.Time, cancellation);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            Say(around.Words.HubStops, log);
            throw;
        }
        finally
        {
            await hub.DisposeAsync();
            await telling;
        }
    }

    private void Say(string sentences, ILogger? log)
    {
        if (log is null)
        {
            around.Say(sentences);
            return;
        }

        foreach (var sentence in sentences.Split('\n'))
        {
            LogSaid(log, sentence);
        }
    }

    private async Task<BrokerPlan> PlanAsync(HubRequest request, CancellationToken cancellation)
    {
        var addresses = Addresses(request.Bind);
        switch (Broker)
        {
            case null or Embedded:
                return new BrokerPlan.Embedded(new EmbeddedBrokerOptions { Addresses = addresses, TlsPort = HubReport.TlsPort, OtherPortsMayMove = true, Time = around.Time });
            case Mosquitto:
                var program = await FindMosquittoAsync(cancellation);
                return new BrokerPlan.Mosquitto(
                    new MosquittoOptions { Program = program, Folder = HubNode.BrokerFolder(entrance.Home), Addresses = addresses, TlsPort = HubReport.TlsPort });
            default:
                var outside = entrance.Finder.Named()!;
                return new BrokerPlan.Outside(outside, await entrance.CredentialsAsync(outside, cancellation));
        }
    }

    private async Task<Announcement?> AnnouncementAsync(BrokerPlan plan, HubRequest request, CancellationToken cancellation) => plan is BrokerPlan.Outside outside
        ? await OwnAnnouncement.OfAsync(outside.Address, request.Title, options.Root, cancellation)
        : OwnAnnouncement.Of(Addresses(request.Bind), HostedBroker.Port, request.Title, options.Root);

    private async Task<MosquittoProgram> FindMosquittoAsync(CancellationToken cancellation)
    {
        var program = await MosquittoProgram.FindAsync(around.Variable("PATH"), cancellation) ?? throw new CommandFailedException(ExitCode.Failed, around.Words.HubNoMosquitto);
        return program.IsRecent ? program : throw new CommandFailedException(ExitCode.Failed, around.Words.HubOldMosquitto(program.Version.ToString()));
    }

    private async Task<HubNode> StartAsync(BrokerPlan plan, HubRequest request, ILogger? log, CancellationToken cancellation)
    {
        var words = around.Words;
        var common = entrance.HubOptions();
        try
        {
            return await HubNode.StartAsync(
                common with
                {
                    Broker = plan,
                    Tls = request.Tls,
                    Http = new HttpOptions { Addresses = Addresses(request.Bind) },
                    Archive = request.Archive,
                    Retention = request.Retention,
                    Title = request.Title,
                    Announcement = await AnnouncementAsync(plan, request, cancellation),
                    Log = log ?? common.Log,
                },
                cancellation);
        }
        catch (TlsFileException unreadable)
        {
            throw new CommandFailedException(ExitCode.Failed, words.HubTlsFile(Output.Harmless.Line(unreadable.Path), Output.Harmless.Line(unreadable.Message)));
        }
        catch (ProfileException damaged) when (damaged.Problem == ProfileProblem.Damaged)
        {
            throw new CommandFailedException(ExitCode.Failed, words.HubDamaged(Output.Harmless.Line(damaged.Path)));
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
        bind is null ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : HubReport.IsEvery(bind) ? [IPAddress.Any, IPAddress.IPv6Any] : [bind];

    [LoggerMessage(EventId = 4001, Level = LogLevel.Information, Message = "{Sentence}")]
    private static partial void LogSaid(ILogger logger, string sentence);
}
