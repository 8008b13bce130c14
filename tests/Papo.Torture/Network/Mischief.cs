// Owns: what is to happen to the next packets of one member, and doing it packet by packet.
// Must never: touch what no receiver can check (a guest's line, the mark of the space): there a change would be believed, and rightly so.
using Papo.Torture.Plan;

namespace Papo.Torture.Network;

/// <summary>What becomes of a packet: pieces to pass on, perhaps one to pass on later, perhaps the end of the connection.</summary>
internal readonly record struct Fate(IReadOnlyList<byte[]> Now, byte[]? Later = null, bool ThenReset = false);

/// <summary>Shared by both directions and all connections of one member.</summary>
internal sealed class Mischief(ulong seed)
{
    private readonly Dice _dice = new(seed | 1);
    private readonly Lock _gate = new();
    private readonly Dictionary<Disturbance, int> _wanted = [];

    /// <summary>A packet was changed in a way that can leave the reader waiting for bytes that never come.</summary>
    public bool HasBrokenFraming { get; private set; }

    public void Want(Disturbance how, int packets)
    {
        lock (_gate)
        {
            _wanted[how] = _wanted.GetValueOrDefault(how) + packets;
        }
    }

    public void Calm()
    {
        lock (_gate)
        {
            _wanted.Clear();
            HasBrokenFraming = false;
        }
    }

    public Fate Judge(Packet packet)
    {
        if (!packet.IsPublish)
        {
            return new Fate([packet.Bytes]);
        }

        lock (_gate)
        {
            if (packet.IsProven && Take(Disturbance.Corrupt))
            {
                return new Fate([Corrupted(packet)]);
            }

            if (packet.IsProven && Take(Disturbance.Truncate))
            {
                return new Fate([packet.Bytes[..(1 + _dice.Next(packet.Bytes.Length - 1))]], null, true);
            }

            if (Take(Disturbance.Duplicate))
            {
                return new Fate([packet.Bytes, packet.Again()]);
            }

            return Take(Disturbance.Reorder) ? new Fate([], packet.Bytes) : new Fate([packet.Bytes]);
        }
    }

    private byte[] Corrupted(Packet packet)
    {
        var bit = _dice.Next(8);
        switch (_dice.Next(5))
        {
            case 0:
                HasBrokenFraming = true;
                return packet.Turned(_dice.Next(2), bit);
            case <= 2 when packet.PapoLength > 0:
                return packet.Turned(packet.PapoAt + _dice.Next(packet.PapoLength), bit);
            case < 5 when packet.PayloadAt < packet.Bytes.Length:
                return packet.Turned(packet.PayloadAt + _dice.Next(packet.Bytes.Length - packet.PayloadAt), bit);
            default:
                HasBrokenFraming = true;
                return packet.Bytes[..^1]; // one byte is lost on the way
        }
    }

    private bool Take(Disturbance how)
    {
        var left = _wanted.GetValueOrDefault(how);
        if (left > 0)
        {
            _wanted[how] = left - 1;
        }

        return left > 0;
    }
}
