// Owns: keeping one chat announced on every network of this computer, from its start to its goodbye.
// Must never: announce what nobody can reach, or keep a name that somebody else had first.
using System.Security.Cryptography;
using Papo.Protocol;

namespace Papo.Client.Discovery;

/// <summary>Announces a chat by DNS-SD over multicast DNS (RFC 6762, RFC 6763; docs/PROTOCOL.md, Being found).</summary>
public sealed class Announcer : IAsyncDisposable
{
    private const int HostBytes = 5;
    private readonly MulticastLoop _loop;
    private Announcing _announcing = null!; // the loop makes it before its constructor returns

    private Announcer(Announcement announcement, TimeProvider time) => _loop = new MulticastLoop(
        (send, _) => _announcing = new Announcing(announcement, send, MulticastLoop.Pick, static () => "papo-" + Base32.Encode(RandomNumberGenerator.GetBytes(HostBytes))),
        asks: false,
        static () => { },
        time);

    /// <summary>Starts announcing; null where this computer does not let us use multicast DNS.</summary>
    public static async Task<Announcer?> TryStartAsync(Announcement announcement, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        ArgumentNullException.ThrowIfNull(time);
        var announcer = new Announcer(announcement, time);
        if (!announcer._loop.IsOpen)
        {
            await announcer.DisposeAsync().ConfigureAwait(false);
            return null;
        }

        announcer._loop.Start();
        return announcer;
    }

    /// <summary>Says something new of the same chat; its name stays as it is.</summary>
    public ValueTask RenewAsync(Announcement announcement, CancellationToken cancellation) =>
        _loop.PostAsync(now => _announcing.Renew(announcement, now), cancellation);

    /// <summary>Takes the announcement back and stops.</summary>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();
}
