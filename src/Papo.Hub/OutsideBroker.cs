// Owns: the place of a broker that others run.
// Must never: start, stop or judge it; the hub's own connection shows whether it is there.
using Papo.Client.Wire;

namespace Papo.Hub;

internal sealed class OutsideBroker(BrokerAddress address) : IHubBroker
{
    public BrokerAddress Address { get; } = address;

    public int? TlsPort => null;

    public bool Accepts => true;

    public int Restarts => 0;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
