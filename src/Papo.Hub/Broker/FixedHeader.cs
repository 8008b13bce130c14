// Owns: reading an MQTT fixed header (MQTT 5.0, 2.1) from bytes that may still be arriving.
// Must never: throw, allocate or look past the header.
using System.Buffers;

namespace Papo.Hub;

internal enum HeaderState
{
    Incomplete,
    Complete,
    Malformed,
}

/// <summary>The first bytes of a packet: its first byte and the length of the whole packet, header included.</summary>
internal readonly record struct FixedHeader(HeaderState State, byte First, long PacketLength)
{
    private const int LongestHeader = 5;

    public bool IsConnect => First == 0x10;

    public static FixedHeader Read(in ReadOnlySequence<byte> bytes)
    {
        Span<byte> head = stackalloc byte[LongestHeader];
        var available = (int)Math.Min(LongestHeader, bytes.Length);
        bytes.Slice(0, available).CopyTo(head);
        if (available == 0)
        {
            return new FixedHeader(HeaderState.Incomplete, 0, 0);
        }

        // Control packet type 0 is reserved (2.1.2).
        if (head[0] >> 4 == 0)
        {
            return new FixedHeader(HeaderState.Malformed, head[0], 0);
        }

        long remaining = 0;
        for (var i = 1; i < available; i++)
        {
            remaining |= (long)(head[i] & 0x7F) << (7 * (i - 1));
            if ((head[i] & 0x80) == 0)
            {
                return new FixedHeader(HeaderState.Complete, head[0], remaining + i + 1);
            }
        }

        // A fourth length byte that asks for a fifth is malformed (1.5.5).
        return new FixedHeader(available == LongestHeader ? HeaderState.Malformed : HeaderState.Incomplete, head[0], 0);
    }
}
