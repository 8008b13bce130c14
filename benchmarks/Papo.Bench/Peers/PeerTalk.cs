// Owns: two people who talk through another chat server.
// Must never: be paced differently from the others.
namespace Papo.Bench;

/// <summary>IRC or XMPP, as the least client would do it.</summary>
internal sealed class PeerTalk(PeerServer server, TextPeer ana, TextPeer bia) : ITalk
{
    public string Kind => server.Kind;

    public static async Task<PeerTalk> StartAsync(PeerServer server) => new(server, await TextPeer.ArriveAsync(server, "ana"), await TextPeer.ArriveAsync(server, "bia"));

    public async Task<IReadOnlyList<double>> SayAsync(int count, bool back)
    {
        var arrivals = new Arrivals(count);
        var (from, to) = back ? (bia, ana) : (ana, bia);
        to.Heard = arrivals.Heard;
        for (var i = 0; i < count; i++)
        {
            arrivals.Said(i);
            await from.SayAsync(i);
            await Pace.PauseAsync(i);
        }

        var times = await arrivals.AllAsync();
        to.Heard = static _ => { };
        return times;
    }

    public async ValueTask DisposeAsync()
    {
        await ana.DisposeAsync();
        await bia.DisposeAsync();
        await server.DisposeAsync();
    }
}
