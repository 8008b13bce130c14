// Owns: whether a hub does its work at this moment, and what stands against it.
// Must never: wait for anything; whoever asks wants to know now.
using Papo.Client;

namespace Papo.Hub;

/// <summary>Health of one hub. <see cref="Attach"/> once it runs.</summary>
internal sealed class HubHealth(ClientFigures figures)
{
    /// <summary>Longest time from receiving a message to having it on disk that counts as ready.</summary>
    public static readonly TimeSpan LongestLag = TimeSpan.FromSeconds(10);

    private IHubBroker? _broker;
    private ChatClient? _client;

    /// <summary>The hub is up.</summary>
    public void Attach(IHubBroker broker, ChatClient client) => (_broker, _client) = (broker, client);

    /// <summary>What stands against being ready, as stable codes; empty when nothing does.</summary>
    public IReadOnlyList<string> Against()
    {
        if (_broker is not { } broker || _client is not { } client)
        {
            return ["starting"];
        }

        var against = new List<string>();
        Add(!broker.Accepts, "broker-down");
        Add(!client.Connection.Up, "archive-disconnected");
        Add(figures.StoreFails, "archive-not-writable");
        Add(figures.Lag > LongestLag, "archive-behind");
        return against;

        void Add(bool holds, string code)
        {
            if (holds)
            {
                against.Add(code);
            }
        }
    }
}
