// Owns: what has gone through a Mosquitto, by its own count.
// Must never: stay connected while something is measured; who hears everything costs as much as a member.
using System.Globalization;
using System.Text;

namespace Papo.Bench;

/// <summary>Messages published, deliveries of them, and megabytes sent.</summary>
internal sealed record Traffic(long Published, long Delivered, double Megabytes)
{
    public static Traffic operator -(Traffic later, Traffic earlier) => new(later.Published - earlier.Published, later.Delivered - earlier.Delivered, later.Megabytes - earlier.Megabytes);
}

/// <summary>Asks a broker for its counts.</summary>
internal static class Wire
{
    private static readonly string[] Topics = ["$SYS/broker/publish/messages/received", "$SYS/broker/publish/messages/sent", "$SYS/broker/bytes/sent"];
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2); // it tells them every second
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Everything since the broker was started.</summary>
    public static async Task<Traffic> ReadAsync(Broker broker)
    {
        await Task.Delay(Settling, TimeProvider.System);
        var counts = Topics.Select(static _ => new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        await using var asking = await Listeners.ArriveAsync(broker.Address, "wire", 1, static _ => Topics, (_, message) =>
            counts[Array.IndexOf(Topics, message.Topic)].TrySetResult(long.Parse(Encoding.UTF8.GetString(message.Payload.Span), CultureInfo.InvariantCulture)));
        var told = await Task.WhenAll(counts.Select(static count => count.Task)).WaitAsync(Patience, TimeProvider.System);
        return new Traffic(told[0], told[1], told[2] / 1e6);
    }
}
