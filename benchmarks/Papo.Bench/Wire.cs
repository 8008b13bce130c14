// Owns: what goes through a Mosquitto while something is measured, by its own count and by what a bystander hears.
// Must never: be counted for more than the one connection it is.
using System.Globalization;
using System.Text;
using Papo.Client.Wire;

namespace Papo.Bench;

/// <summary>Messages published, of which so many presences; deliveries and bytes that the broker sent for them.</summary>
internal sealed record Traffic(int Published, int Presences, long Delivered, long Bytes);

/// <summary>One who hears everything, once.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private const string Delivered = "$SYS/broker/publish/messages/sent";
    private const string Bytes = "$SYS/broker/bytes/sent";
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2); // the broker tells its counts every second
    private Listeners? _ears;
    private int _published;
    private int _presences;
    private long _delivered;
    private long _bytes;

    public static async Task<Wire> ListenAsync(Broker broker)
    {
        var wire = new Wire();
        wire._ears = await Listeners.ArriveAsync(broker.Address, "wire", 1, static _ => ["chat/#", Delivered, Bytes], (_, message) => wire.Hear(message));
        return wire;
    }

    /// <summary>Everything since the beginning.</summary>
    public async Task<Traffic> ReadAsync()
    {
        await Task.Delay(Settling, TimeProvider.System);
        return new Traffic(Volatile.Read(ref _published), Volatile.Read(ref _presences), Volatile.Read(ref _delivered), Volatile.Read(ref _bytes));
    }

    public async ValueTask DisposeAsync() => await _ears!.DisposeAsync();

    private void Hear(InboundMessage message)
    {
        switch (message.Topic)
        {
            case Delivered:
                Volatile.Write(ref _delivered, Number(message));
                break;
            case Bytes:
                Volatile.Write(ref _bytes, Number(message));
                break;
            default:
                Interlocked.Increment(ref _published);
                if (message.Topic.Contains("/_p/", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref _presences);
                }

                break;
        }
    }

    private static long Number(InboundMessage message) => long.Parse(Encoding.UTF8.GetString(message.Payload.Span), CultureInfo.InvariantCulture);
}
