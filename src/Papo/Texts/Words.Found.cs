// Owns: the list of texts about chats that were found on the network.
// Must never: hold text of one language.
namespace Papo.Texts;

internal abstract partial class Words
{
    /// <summary>A chat: its title or Papo, and the computer where that is known.</summary>
    public abstract string ChatPlace(string title, string host);

    /// <summary>A broker of which nothing more is known.</summary>
    public abstract string BrokerPlace(string name);

    /// <summary>What was found and is joined; <paramref name="counts"/> are <see cref="FoundCounts"/>.</summary>
    public abstract string FoundPlace(string place, string address, string counts);

    public abstract string FoundSilent(string place, string address);

    /// <summary>Rooms and people of a chat, each where it is known.</summary>
    public abstract string FoundCounts(int? rooms, int? people);

    public abstract string SeveralFound { get; }

    public abstract string WhichPrompt(int count);

    public abstract string NoSuchChoice(int count);

    public abstract string TookFirst(string place, string address, int others);
}
