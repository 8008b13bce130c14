// Owns: the one start failure a person can cure, as a type, so that the program can say it in words.
// Must never: carry a text meant for the screen; the program has its own tables.
using System.Net;

namespace Papo.Hub;

/// <summary>Another program, perhaps another broker, already listens on <see cref="EndPoint"/>.</summary>
public sealed class BrokerPortTakenException(IPEndPoint endPoint, Exception? inner = null)
    : IOException($"Port {endPoint.Port} on {endPoint.Address} is in use.", inner)
{
    /// <summary>The address and port that are taken.</summary>
    public IPEndPoint EndPoint { get; } = endPoint;

    /// <summary>The port that is taken.</summary>
    public int Port => EndPoint.Port;
}
