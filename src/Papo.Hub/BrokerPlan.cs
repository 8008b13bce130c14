// Owns: the three ways in which a hub can come by a broker.
// Must never: start anything; the hub does.
using Papo.Client;
using Papo.Client.Wire;

namespace Papo.Hub;

/// <summary>The broker of a hub.</summary>
public abstract record BrokerPlan
{
    private BrokerPlan()
    {
    }

    /// <summary>One inside this process.</summary>
    public sealed record Embedded(EmbeddedBrokerOptions Options) : BrokerPlan;

    /// <summary>An installed Mosquitto that the hub configures, starts, watches and stops.</summary>
    public sealed record Mosquitto(MosquittoOptions Options) : BrokerPlan;

    /// <summary>One that others run.</summary>
    /// <param name="Address">Where.</param>
    /// <param name="Credentials">What it asks for.</param>
    public sealed record Outside(BrokerAddress Address, Credentials Credentials) : BrokerPlan;
}
