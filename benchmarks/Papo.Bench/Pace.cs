// Owns: the rhythm and the shape of what is said while latency is measured; the same for every kind of client.
// Must never: depend on how fast a client is.
using System.Buffers.Binary;

namespace Papo.Bench;

/// <summary>Every 2 to 5 ms a message of 60 characters.</summary>
internal static class Pace
{
    /// <summary>Characters of a text.</summary>
    public const int TextSize = 60;

    /// <summary>Payload of the clients without signatures: as many bytes as text, header and signature of ours together.</summary>
    public const int PlainSize = 240;

    /// <summary>Shortest gap, in milliseconds.</summary>
    public const int Gap = 2;

    /// <summary>What clients without signatures send: its number, who says it, and nothing else.</summary>
    public static byte[] Payload(int number, int from)
    {
        var payload = new byte[PlainSize];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        payload[sizeof(int)] = (byte)from;
        return payload;
    }

    /// <summary>The number of what another one said; null for what <paramref name="who"/> said himself.</summary>
    public static int? NumberFor(int who, ReadOnlySpan<byte> payload) => payload[sizeof(int)] == who ? null : BinaryPrimitives.ReadInt32BigEndian(payload);

    public static Task PauseAsync(int at) => Task.Delay(TimeSpan.FromMilliseconds(Gap + (at * 7 % 4)), TimeProvider.System);
}
