// Owns: which of the chats that were found is taken: the only one, the one a person picks, else the first.
// Must never: take one that does not answer, or ask where nobody can answer.
using System.Globalization;
using Papo.Client.Discovery;
using Papo.Client.Wire;
using Papo.Hosting;
using Papo.Output;

namespace Papo.Commands;

/// <summary>How a choice among found chats ended.</summary>
/// <param name="Broker">The broker, or null.</param>
/// <param name="Left">Whether the terminal was closed at the question.</param>
internal sealed record FoundChoiceResult(BrokerAddress? Broker, bool Left = false);

/// <summary>Chooses among found chats.</summary>
internal sealed class FoundChoice(Surroundings around, Questions questions)
{
    /// <summary>Takes the one a person picks, or the only one; one that does not answer is named and put aside.</summary>
    public async Task<FoundChoiceResult> AskAsync(IReadOnlyList<FoundChat> found, CancellationToken cancellation)
    {
        var left = found.ToList();
        while (left.Count > 0)
        {
            var picked = left.Count == 1 ? 1 : await PickAsync(left, cancellation);
            if (picked is not { } number)
            {
                return new FoundChoiceResult(null, Left: true);
            }

            var chat = left[number - 1];
            left.RemoveAt(number - 1);
            if (await ReachAsync(chat, cancellation) is { } broker)
            {
                if (around.ErrorIsTerminal)
                {
                    around.Say(around.Words.FoundPlace(Place(chat), Shown(broker), Counts(chat)));
                }

                return new FoundChoiceResult(broker);
            }
        }

        return new FoundChoiceResult(null);
    }

    /// <summary>Takes the first that answers, and says so when there are others; null when none does.</summary>
    public async Task<BrokerAddress?> FirstAsync(IReadOnlyList<FoundChat> found, CancellationToken cancellation)
    {
        foreach (var chat in found)
        {
            if (await ReachAsync(chat, cancellation) is { } broker)
            {
                if (found.Count > 1)
                {
                    around.Say(around.Words.TookFirst(Place(chat), Shown(broker), found.Count - 1));
                }

                return broker;
            }
        }

        return null;
    }

    private async Task<int?> PickAsync(List<FoundChat> found, CancellationToken cancellation)
    {
        var words = around.Words;
        around.Say(words.SeveralFound);
        for (var i = 0; i < found.Count; i++)
        {
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            around.Say($"  {number}  {Place(found[i])} ({Shown(found[i].Addresses[0])}){Counts(found[i])}");
        }

        while (await questions.AskAsync(words.WhichPrompt(found.Count), cancellation) is { } answer)
        {
            if (answer.Trim().Length == 0)
            {
                return 1;
            }

            if (int.TryParse(answer.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 && number <= found.Count)
            {
                return number;
            }

            around.Say(words.NoSuchChoice(found.Count));
        }

        return null;
    }

    private async Task<BrokerAddress?> ReachAsync(FoundChat chat, CancellationToken cancellation)
    {
        foreach (var way in chat.Addresses)
        {
            if (await BrokerFinder.ListensAsync(way, cancellation))
            {
                return way;
            }
        }

        around.Say(around.Words.FoundSilent(Place(chat), Shown(chat.Addresses[0])));
        return null;
    }

    private string Place(FoundChat chat) => chat.Kind == FoundKind.Chat
        ? around.Words.ChatPlace(Shown(chat.Title), Shown(chat.Host))
        : around.Words.BrokerPlace(Shown(chat.Name));

    private string Counts(FoundChat chat) => around.Words.FoundCounts(chat.Rooms, chat.People);

    // The usual way needs no scheme to be understood.
    private static string Shown(BrokerAddress way) => way is { Transport: BrokerTransport.Tcp, Port: HostedBroker.Port } ? way.Host : way.ToString();

    private static string Shown(string text) => text.Length == 0 ? "" : Harmless.Name(text);
}
