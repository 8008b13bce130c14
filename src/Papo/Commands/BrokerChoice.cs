// Owns: where a chat is: the broker that was named, one that was found, or one of our own.
// Must never: host where a broker was named, or on the network without consent.
using Papo.Client.Discovery;
using Papo.Client.Wire;
using Papo.Hosting;

namespace Papo.Commands;

/// <summary>Where a chat is.</summary>
/// <param name="Broker">The broker.</param>
/// <param name="Hosted">The broker of this process, null when somebody else's.</param>
internal sealed record BrokerPlace(BrokerAddress Broker, HostedBroker? Hosted);

/// <summary>Chooses the broker of a chat.</summary>
internal sealed class BrokerChoice(Surroundings around, Entrance entrance, Questions questions)
{
    /// <summary>The place, or null when there is none and the person does not want to host.</summary>
    public async Task<BrokerPlace?> ChooseAsync(CancellationToken cancellation)
    {
        var words = around.Words;
        var finder = entrance.Finder;
        if (finder.Named() is { } named)
        {
            Note(words.Connecting(named.ToString()));
            return new BrokerPlace(named, null);
        }

        Note(words.Looking);
        var search = await finder.SearchAsync(cancellation);
        if (search.SavedIsSilent)
        {
            around.Say(words.SavedSilent(finder.Saved!.ToString()));
        }

        if (search.Answered is { } answered)
        {
            Note(words.Found(answered.ToString()));
            return new BrokerPlace(answered, null);
        }

        var found = await TakeFoundAsync(search.Found, cancellation);
        return found.Broker is { } broker ? new BrokerPlace(broker, null)
            : found.Left ? null
            : around.MayAsk ? await AskToHostAsync(finder.ThisComputer, search.Found, cancellation)
            : await HostAsync(finder.ThisComputer, HostScope.ThisComputer, cancellation);
    }

    private async Task<FoundChoiceResult> TakeFoundAsync(IReadOnlyList<FoundChat> found, CancellationToken cancellation)
    {
        var choice = new FoundChoice(around, questions);
        return around.MayAsk ? await choice.AskAsync(found, cancellation) : new FoundChoiceResult(await choice.FirstAsync(found, cancellation));
    }

    private async Task<BrokerPlace?> AskToHostAsync(BrokerAddress local, IReadOnlyList<FoundChat> silent, CancellationToken cancellation)
    {
        var answer = await questions.AskAsync(around.Words.HostPrompt, cancellation);
        if (answer is null || !around.Words.IsYes(answer))
        {
            around.Say(around.Words.HostingDeclined);
            return null;
        }

        // Two people may look at this question at the same time: the second one to say yes joins the first.
        var again = await entrance.Finder.SearchAgainAsync(cancellation);
        var found = await TakeFoundAsync([.. again.Found.Where(static chat => chat.Kind == FoundKind.Chat).Except(silent)], cancellation);
        return found.Left ? null
            : (again.Answered ?? found.Broker) is { } broker ? new BrokerPlace(broker, null)
            : await HostAsync(local, HostScope.Network, cancellation);
    }

    private async Task<BrokerPlace> HostAsync(BrokerAddress local, HostScope scope, CancellationToken cancellation)
    {
        var words = around.Words;
        try
        {
            var hosted = await HostedBroker.StartAsync(scope, entrance.HubOptions(), cancellation);
            around.Log.Hosting(scope.ToString());
            Announce(scope);
            return new BrokerPlace(local, hosted);
        }
        catch (HostingException failed)
        {
            var sentence = failed.TakenPort is { } port ? words.HostingPortTaken(port) : words.HostingFailed(failed.Message);
            throw new CommandFailedException(ExitCode.Failed, sentence);
        }
    }

    private void Announce(HostScope scope)
    {
        var words = around.Words;
        if (scope == HostScope.ThisComputer)
        {
            around.Say(words.HostingLoopback);
            return;
        }

        var addresses = LanAddresses.Find();
        if (addresses.Count == 0)
        {
            around.Say(words.HostingNoNetwork);
            return;
        }

        around.Say(words.Hosting);
        around.Say("  papo");
        foreach (var address in addresses)
        {
            around.Say($"  papo --broker mqtt://{address}");
        }

        around.Say(words.HostingOpen);
    }

    // What is only progress is not said into pipes.
    private void Note(string sentence)
    {
        if (around.ErrorIsTerminal)
        {
            around.Say(sentence);
        }
    }
}
