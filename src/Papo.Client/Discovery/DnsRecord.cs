// Owns: one resource record, how it is made, and how its data are read.
// Must never: hold a compressed name in its data: two records are the same when their bytes are.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Papo.Client.Discovery;

/// <summary>A record of class IN.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Type">What it says.</param>
/// <param name="Flush">The cache-flush bit: its sender holds every record of this name and type (RFC 6762, section 10.2).</param>
/// <param name="Ttl">Seconds it is true for; 0 takes it back.</param>
/// <param name="Data">What it says, names without compression.</param>
internal sealed record DnsRecord(DnsName Name, DnsType Type, bool Flush, uint Ttl, byte[] Data)
{
    private const int ServiceHead = 6;
    private const int MaxTextBytes = 255;

    /// <summary>A pointer from a service type to an instance. Shared: many computers hold records of this name.</summary>
    public static DnsRecord Pointer(DnsName name, DnsName target, uint ttl) => new(name, DnsType.Ptr, Flush: false, ttl, target.Wire.ToArray());

    /// <summary>Where an instance listens.</summary>
    public static DnsRecord Service(DnsName name, DnsName host, int port, uint ttl)
    {
        var data = new byte[ServiceHead + host.Wire.Length];
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(4), (ushort)port);
        host.Wire.CopyTo(data.AsSpan(ServiceHead));
        return new DnsRecord(name, DnsType.Srv, Flush: true, ttl, data);
    }

    /// <summary>What there is to know about an instance; without strings, one empty one (RFC 6763, section 6.1). A longer string than 255 bytes is left out.</summary>
    public static DnsRecord Text(DnsName name, IEnumerable<string> strings, uint ttl)
    {
        List<byte> data = [];
        foreach (var bytes in strings.Select(Encoding.UTF8.GetBytes).Where(static bytes => bytes.Length is > 0 and <= MaxTextBytes))
        {
            data.Add((byte)bytes.Length);
            data.AddRange(bytes);
        }

        return new DnsRecord(name, DnsType.Txt, Flush: true, ttl, data.Count == 0 ? [0] : [.. data]);
    }

    /// <summary>An address of a host.</summary>
    public static DnsRecord Address(DnsName name, IPAddress address, uint ttl) =>
        new(name, address.AddressFamily == AddressFamily.InterNetwork ? DnsType.A : DnsType.Aaaa, Flush: true, ttl, address.GetAddressBytes());

    /// <summary>The types a name has, and thereby that it has no others. Types above 255 have no place in it (RFC 6762, section 6.1).</summary>
    public static DnsRecord Only(DnsName name, IReadOnlyCollection<DnsType> types, uint ttl)
    {
        var bits = new byte[((int)types.Max() / 8) + 1];
        foreach (var type in types)
        {
            bits[(int)type / 8] |= (byte)(0x80 >> ((int)type % 8));
        }

        return new DnsRecord(name, DnsType.Nsec, Flush: true, ttl, [.. name.Wire, 0, (byte)bits.Length, .. bits]);
    }

    /// <summary>Where a pointer leads.</summary>
    public bool TryTarget([NotNullWhen(true)] out DnsName? target)
    {
        var offset = 0;
        target = null;
        return Type == DnsType.Ptr && DnsName.TryRead(Data, ref offset, out target);
    }

    /// <summary>Host and port of a service; port 0 is none.</summary>
    public bool TryService([NotNullWhen(true)] out DnsName? host, out int port)
    {
        (host, port) = (null, 0);
        if (Type != DnsType.Srv || Data.Length < ServiceHead)
        {
            return false;
        }

        var offset = ServiceHead;
        port = BinaryPrimitives.ReadUInt16BigEndian(Data.AsSpan(4));
        return port > 0 && DnsName.TryRead(Data, ref offset, out host);
    }

    /// <summary>The address.</summary>
    public bool TryAddress([NotNullWhen(true)] out IPAddress? address)
    {
        address = Type is DnsType.A or DnsType.Aaaa && Data.Length is 4 or 16 ? new IPAddress(Data) : null;
        return address is not null;
    }

    /// <summary>Keys and values; keys without regard to case, the first of equal ones counts (RFC 6763, section 6.4). Never throws.</summary>
    public IReadOnlyDictionary<string, string> Strings()
    {
        var strings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; Type == DnsType.Txt && at < Data.Length && at + 1 + Data[at] <= Data.Length; at += 1 + Data[at])
        {
            var text = Encoding.UTF8.GetString(Data, at + 1, Data[at]);
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? text : text[..equals];
            if (key.Length > 0)
            {
                strings.TryAdd(key, equals < 0 ? "" : text[(equals + 1)..]);
            }
        }

        return strings;
    }

    /// <summary>The order of RFC 6762, section 8.2: class, type, then data byte by byte.</summary>
    public static int Compare(DnsRecord left, DnsRecord right) =>
        left.Type == right.Type ? left.Data.AsSpan().SequenceCompareTo(right.Data) : left.Type.CompareTo(right.Type);

    /// <summary>The same statement: name, type and data; how long it holds does not matter.</summary>
    public bool Equals(DnsRecord? other) => other is not null && Type == other.Type && Name.Equals(other.Name) && Data.AsSpan().SequenceEqual(other.Data);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Name);
        hash.Add(Type);
        hash.AddBytes(Data);
        return hash.ToHashCode();
    }
}
