// Owns: what a hub needs to know of its broker, whoever runs it.
// Must never: let the hub depend on which of them it is.
using Papo.Client.Wire;

namespace Papo.Hub;

/// <summary>A broker in use by a hub; disposing it stops it if it is the hub's.</summary>
public interface IHubBroker : IAsyncDisposable
{
    /// <summary>The way to it for the hub itself.</summary>
    BrokerAddress Address { get; }

    /// <summary>Port for MQTT over TLS that the hub answers for, or null.</summary>
    int? TlsPort { get; }

    /// <summary>Whether it takes connections, as far as this process can know without trying.</summary>
    bool Accepts { get; }

    /// <summary>How often it had to be started again.</summary>
    int Restarts { get; }
}
