// Owns what a session tells its owner: up, down, arrived. One loop tells them, one after the other.
// Must never carry a decision; a generation lets the owner set aside what belongs to an earlier connection.
namespace Papo.Client.Wire;

/// <summary>What the broker said of itself when the connection came up (CONNACK, section 3.2).</summary>
/// <param name="SessionPresent">It still holds our subscriptions and queue.</param>
/// <param name="ReceiveMaximum">How many QoS 1 publishes it takes unacknowledged, 1–65535.</param>
/// <param name="MaximumPacketSize">Largest packet it takes, in bytes; <see cref="uint.MaxValue"/> for no limit.</param>
/// <param name="RetainAvailable">It keeps retained messages.</param>
/// <param name="MaximumQos">Highest QoS it takes from us.</param>
/// <param name="KeepAlive">The keep-alive time in force: the broker's if it gave one, else ours.</param>
/// <param name="Generation">Counts connections of this session from 1.</param>
internal sealed record BrokerFacts(
    bool SessionPresent,
    int ReceiveMaximum,
    uint MaximumPacketSize,
    bool RetainAvailable,
    byte MaximumQos,
    TimeSpan KeepAlive,
    long Generation);

/// <summary>Something happened to the session.</summary>
internal abstract record SessionEvent
{
    private SessionEvent()
    {
    }

    /// <summary>Connected. Told before any <see cref="Arrived"/> of the same generation.</summary>
    public sealed record Up(BrokerFacts Broker) : SessionEvent;

    /// <summary>A try failed or the connection ended.</summary>
    /// <param name="Failure">Why.</param>
    /// <param name="RetryIn">When the next try starts; <see cref="Timeout.InfiniteTimeSpan"/> when there will be none.</param>
    /// <param name="WasUp">True when a connection ended, false when a try failed.</param>
    public sealed record Down(ConnectFailure Failure, TimeSpan RetryIn, bool WasUp) : SessionEvent;

    /// <summary>A message came in on the connection of that generation.</summary>
    public sealed record Arrived(InboundMessage Message, long Generation) : SessionEvent;
}
