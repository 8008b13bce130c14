// Owns: reading questions and records out of a message, every bound checked.
// Must never: throw, or allocate by what a count claims.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Papo.Client.Discovery;

/// <summary>Reads one message from front to back.</summary>
internal ref struct DnsReader(ReadOnlySpan<byte> message, int offset)
{
    private const int Internet = 1;
    private const int TopBit = 0x8000;
    private readonly ReadOnlySpan<byte> _message = message;
    private int _offset = offset;

    /// <summary>Reads so many questions.</summary>
    public bool TryQuestions(int count, out IReadOnlyList<DnsQuestion> questions)
    {
        var list = new List<DnsQuestion>();
        questions = list;
        for (var i = 0; i < count; i++)
        {
            if (!DnsName.TryRead(_message, ref _offset, out var name) || !TryNumber(out var type) || !TryNumber(out var kind))
            {
                return false;
            }

            if ((kind & ~TopBit) is Internet or (int)DnsType.Any)
            {
                list.Add(new DnsQuestion(name, (DnsType)type, (kind & TopBit) != 0));
            }
        }

        return true;
    }

    /// <summary>Reads so many records.</summary>
    public bool TryRecords(int count, out IReadOnlyList<DnsRecord> records)
    {
        var list = new List<DnsRecord>();
        records = list;
        for (var i = 0; i < count; i++)
        {
            if (!TryRecord(out var record, out var kind))
            {
                return false;
            }

            if ((kind & ~TopBit) == Internet)
            {
                list.Add(record);
            }
        }

        return true;
    }

    private bool TryRecord([NotNullWhen(true)] out DnsRecord? record, out int kind)
    {
        (record, kind) = (null, 0);
        if (!DnsName.TryRead(_message, ref _offset, out var name) || !TryNumber(out var type) || !TryNumber(out kind)
            || _offset + 4 > _message.Length)
        {
            return false;
        }

        // RFC 2181, section 8: a time with the top bit set is none.
        var ttl = BinaryPrimitives.ReadUInt32BigEndian(_message[_offset..]);
        _offset += 4;
        if (!TryNumber(out var length) || _offset + length > _message.Length || !TryData((DnsType)type, length, out var data))
        {
            return false;
        }

        _offset += length;
        record = new DnsRecord(name, (DnsType)type, (kind & TopBit) != 0, ttl > int.MaxValue ? 0 : ttl, data);
        return true;
    }

    // A name inside the data may be compressed against the whole message; it ends within the data all the same.
    private readonly bool TryData(DnsType type, int length, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;
        var end = _offset + length;
        if (type is not (DnsType.Ptr or DnsType.Srv or DnsType.Nsec))
        {
            var fits = type == DnsType.A ? length == 4 : type != DnsType.Aaaa || length == 16;
            data = fits ? _message[_offset..end].ToArray() : null;
            return fits;
        }

        var head = type == DnsType.Srv ? 6 : 0;
        var at = _offset + head;
        if (length < head || !DnsName.TryRead(_message, ref at, out var name) || at > end || (at != end && type != DnsType.Nsec))
        {
            return false;
        }

        data = [.. _message.Slice(_offset, head), .. name.Wire, .. _message[at..end]];
        return true;
    }

    private bool TryNumber(out int number)
    {
        number = 0;
        if (_offset + 2 > _message.Length)
        {
            return false;
        }

        number = BinaryPrimitives.ReadUInt16BigEndian(_message[_offset..]);
        _offset += 2;
        return true;
    }
}
