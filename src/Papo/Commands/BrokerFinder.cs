// Owns: which broker: the flag, PAPO_BROKER, the one used last time, this computer, one on the network.
// Must never: host, or take another broker than the one that was named.
using System.Net.Sockets;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Output;

namespace Papo.Commands;

/// <summary>Finds the broker.</summary>
internal sealed class BrokerFinder(Surroundings around, GlobalOptions options, Home home, Questions questions)
{
    private const string Local = "mqtt://localhost:1883";
    private static readonly TimeSpan SearchTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SecondLook = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(2);

    /// <summary>The broker that was named by flag or environment, or null.</summary>
    /// <exception cref="CommandFailedException">It is no address.</exception>
    public BrokerAddress? Named()
    {
        var given = options.Broker ?? around.Variable("PAPO_BROKER");
        return string.IsNullOrEmpty(given) && options.Broker is null ? null : Parse(given!);
    }

    /// <summary>The broker of this computer.</summary>
    public BrokerAddress ThisComputer => Parse(Local);

    /// <summary>The broker used last time, or null; null too when that was this computer's.</summary>
    public BrokerAddress? Saved => home.SavedBroker is { } text && BrokerAddress.TryParse(text, out var address, out _) && address != ThisComputer ? address : null;

    /// <summary>Looks for a chat where none was named: two seconds at most.</summary>
    public Task<SearchResult> SearchAsync(CancellationToken cancellation) => new ChatSearch(Saved, ThisComputer, options.Root, SearchTime, around.Time).RunAsync(cancellation);

    /// <summary>Looks once more, for a moment: a question was answered meanwhile, and somebody else may host by now.</summary>
    public Task<SearchResult> SearchAgainAsync(CancellationToken cancellation) => new ChatSearch(null, ThisComputer, options.Root, SecondLook, around.Time).RunAsync(cancellation);

    /// <summary>The broker of a command that does not host: named, else the saved one, else this computer's, else the first chat on the network.</summary>
    /// <exception cref="CommandFailedException">Nobody listens anywhere, or the address is wrong.</exception>
    public async Task<BrokerAddress> ForCommandAsync(CancellationToken cancellation)
    {
        if (Named() is { } named)
        {
            return named;
        }

        // A saved broker that is down is waited for, never replaced: a script's message must not end up in another community.
        if (home.SavedBroker is not null)
        {
            return Saved ?? ThisComputer;
        }

        var search = await SearchAsync(cancellation);
        return search.Answered
            ?? await new FoundChoice(around, questions).FirstAsync(search.Found, cancellation)
            ?? throw new CommandFailedException(ExitCode.Unreachable, around.Words.NobodyHosts);
    }

    /// <summary>Whether something listens there.</summary>
    public static async Task<bool> ListensAsync(BrokerAddress address, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ProbePatience);
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(address.Host, address.Port, patience.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    private BrokerAddress Parse(string given) =>
        BrokerAddress.TryParse(given, out var address, out var code)
            ? address
            : throw new CommandFailedException(ExitCode.Usage, around.Words.Address(Harmless.Line(given), code ?? ""));
}
