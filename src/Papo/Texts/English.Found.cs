// Owns: the English about chats that were found on the network.
// Must never: decide when something is said.
namespace Papo.Texts;

internal sealed partial class English
{
    public override string SeveralFound => "Several chats are on this network:";

    public override string ChatPlace(string title, string host) => (title.Length == 0 ? "Papo" : title) + (host.Length == 0 ? "" : $" on {host}");

    public override string BrokerPlace(string name) => $"the broker {name}";

    public override string FoundPlace(string place, string address, string counts) => $"Found {place} ({address}{counts}).";

    public override string FoundSilent(string place, string address) => $"{place} ({address}) is announced but does not answer. Is a firewall in between?";

    public override string FoundCounts(int? rooms, int? people) =>
        (rooms is > 0 ? " · " + Plural(rooms.Value, "1 room", "{n} rooms") : "") + (people is > 0 ? $" · {Number(people.Value)} here" : "");

    public override string WhichPrompt(int count) => $"Which one? 1–{Number(count)} [1] ";

    public override string NoSuchChoice(int count) => $"Type a number from 1 to {Number(count)}, or press Enter for the first.";

    public override string TookFirst(string place, string address, int others) =>
        $"Found {place} ({address}) and {Plural(others, "1 other chat", "{n} other chats")}; taking this one. To choose: --broker URL";
}
