// Owns: writing questions and records into a message; names at the front of them are compressed.
// Must never: be given what does not fit; whoever writes counts what it puts in.
using System.Buffers.Binary;

namespace Papo.Client.Discovery;

/// <summary>Writes one message from front to back.</summary>
internal sealed class DnsWriter
{
    private const ushort Internet = 1;
    private const ushort TopBit = 0x8000;
    private const int Pointer = 0xC000;
    private const int MaxPointer = 0x3FFF;
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<DnsName, int> _places = [];

    /// <summary>Two bytes, the high one first.</summary>
    public void Number(ushort number)
    {
        _bytes.Add((byte)(number >> 8));
        _bytes.Add((byte)number);
    }

    /// <summary>A question.</summary>
    public void Question(DnsQuestion question)
    {
        Name(question.Name);
        Number((ushort)question.Type);
        Number((ushort)(Internet | (question.Unicast ? TopBit : 0)));
    }

    /// <summary>A record. Names inside its data stay whole, so that the data are the same bytes everywhere.</summary>
    public void Record(DnsRecord record)
    {
        Name(record.Name);
        Number((ushort)record.Type);
        Number((ushort)(Internet | (record.Flush ? TopBit : 0)));
        Span<byte> ttl = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(ttl, record.Ttl);
        _bytes.AddRange(ttl);
        Number((ushort)record.Data.Length);
        _bytes.AddRange(record.Data);
    }

    /// <summary>The message.</summary>
    public byte[] ToArray() => [.. _bytes];

    private void Name(DnsName name)
    {
        for (var rest = name; !rest.IsRoot; rest = rest.Parent)
        {
            if (_places.TryGetValue(rest, out var place))
            {
                Number((ushort)(Pointer | place));
                return;
            }

            if (_bytes.Count <= MaxPointer)
            {
                _places.Add(rest, _bytes.Count);
            }

            _bytes.AddRange(rest.Wire[..(rest.Wire[0] + 1)]);
        }

        _bytes.Add(0);
    }
}
