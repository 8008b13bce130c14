// Owns: the Brazilian Portuguese about chats that were found on the network.
// Must never: decide when something is said.
namespace Papo.Texts;

internal sealed partial class Portuguese
{
    public override string SeveralFound => "Há várias conversas nesta rede:";

    public override string ChatPlace(string title, string host) => (title.Length == 0 ? "Papo" : title) + (host.Length == 0 ? "" : $" em {host}");

    public override string BrokerPlace(string name) => $"o servidor {name}";

    public override string FoundPlace(string place, string address, string counts) => $"Encontrado: {place} ({address}{counts}).";

    public override string FoundSilent(string place, string address) => $"{place} ({address}) se anuncia, mas não responde. Há um firewall no meio?";

    public override string FoundCounts(int? rooms, int? people) =>
        (rooms is > 0 ? " · " + Plural(rooms.Value, "1 sala", "{n} salas") : "") + (people is > 0 ? " · " + Plural(people.Value, "1 pessoa", "{n} pessoas") : "");

    public override string WhichPrompt(int count) => $"Qual delas? 1–{Number(count)} [1] ";

    public override string NoSuchChoice(int count) => $"Digite um número de 1 a {Number(count)}, ou Enter para a primeira.";

    public override string TookFirst(string place, string address, int others) =>
        $"Encontrado: {place} ({address}) e mais {Plural(others, "1 conversa", "{n} conversas")}; fico com esta. Para escolher: --broker URL";
}
