// Owns the suspicion that another connection uses our client id although the broker does not say so.
// Must never call it certain: the failure says "probably".
namespace Papo.Client.Wire;

/// <summary>MQTT 5 has reason code 0x8E for it, but Mosquitto 2.0.11 just closes. Hung up on three times running, while each new connection is accepted at
/// once, is what two devices with one client id look like; to go on would be to fight.</summary>
internal sealed class Rivalry
{
    private const int Suspicious = 3;
    private static readonly TimeSpan Short = TimeSpan.FromMinutes(1);
    private int _hungUp;

    /// <summary>Takes the end of a try or connection and gives back how it should be understood.</summary>
    public ConnectFailure Judge(ConnectFailure failure, TimeSpan? lived)
    {
        _hungUp = failure == Connection.HungUp && lived < Short ? _hungUp + 1 : 0;
        return _hungUp < Suspicious
            ? failure
            : new ConnectFailure(ConnectFailureKind.TakenOver, "closed by the broker again and again: probably another connection uses this client id", Permanent: true);
    }
}
