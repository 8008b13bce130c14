// Owns: the numbers of multicast DNS: port, groups, times to live.
// Must never: hold what is Papo's own choice.
using System.Net;
using System.Net.Sockets;

namespace Papo.Client.Discovery;

/// <summary>Constants of RFC 6762.</summary>
internal static class MulticastGroup
{
    /// <summary>The port (section 3).</summary>
    public const int Port = 5353;

    /// <summary>Seconds for records that contain a host name (section 10).</summary>
    public const uint HostTtl = 120;

    /// <summary>Seconds for all others: 75 minutes (section 10).</summary>
    public const uint OtherTtl = 4500;

    /// <summary>Seconds at most in an answer to a program that does not know multicast DNS (section 6.7).</summary>
    public const uint LegacyTtl = 10;

    /// <summary>Bytes of the largest message (section 17).</summary>
    public const int MaxBytes = 9000;

    private static readonly IPEndPoint Four = new(IPAddress.Parse("224.0.0.251"), Port);
    private static readonly IPEndPoint Six = new(IPAddress.Parse("ff02::fb"), Port);

    /// <summary>The group of a family.</summary>
    public static IPEndPoint Of(AddressFamily family) => family == AddressFamily.InterNetwork ? Four : Six;
}
