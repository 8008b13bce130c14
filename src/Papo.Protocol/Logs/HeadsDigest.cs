// Owns: the digest of a room's heads that beacons carry.
// Must never: depend on the order in which logs became known.
namespace Papo.Protocol;

/// <summary>SHA-256("papo/1 heads", then device, seq, id of each head in order of device), its first 16 bytes.</summary>
public static class HeadsDigest
{
    private const string Label = "papo/1 heads";

    /// <summary>The digest of heads in any order.</summary>
    public static UInt128 Of(IEnumerable<Head> heads)
    {
        var list = new SignedList(Label);
        foreach (var head in heads.OrderBy(static head => head.Device.Value))
        {
            list.Add(head.Device.Value).Add((ulong)head.Seq).Add(head.Id.Value);
        }

        return Hashing.Id(list);
    }
}
