// Owns: the record types that finding a chat needs.
// Must never: grow into a list of all of them; a type that is not here is carried as bytes.
namespace Papo.Client.Discovery;

/// <summary>Type of a record or a question (RFC 1035, 2782, 3596, 4034).</summary>
internal enum DnsType : ushort
{
    /// <summary>IPv4 address.</summary>
    A = 1,

    /// <summary>Another name: here, an instance of a service type.</summary>
    Ptr = 12,

    /// <summary>Strings <c>key=value</c> (RFC 6763, section 6).</summary>
    Txt = 16,

    /// <summary>IPv6 address.</summary>
    Aaaa = 28,

    /// <summary>Host and port.</summary>
    Srv = 33,

    /// <summary>Which types a name has, so that others need not be asked for (RFC 6762, section 6.1).</summary>
    Nsec = 47,

    /// <summary>In a question: every type.</summary>
    Any = 255,
}
