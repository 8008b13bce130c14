// Owns: one message of multicast DNS: questions and records, in and out of bytes.
// Must never: throw on what a stranger sent, or know a socket.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Papo.Client.Discovery;

/// <summary>A question.</summary>
/// <param name="Name">About what.</param>
/// <param name="Type">Which records.</param>
/// <param name="Unicast">The QU bit: an answer to the asker alone is welcome (RFC 6762, section 5.4).</param>
internal sealed record DnsQuestion(DnsName Name, DnsType Type, bool Unicast = false);

/// <summary>A message (RFC 6762, section 18).</summary>
internal sealed record DnsMessage
{
    private const int HeaderBytes = 12;
    private const ushort ResponseFlag = 0x8000;
    private const ushort AuthoritativeFlag = 0x0400;
    private const ushort TruncatedFlag = 0x0200;
    private const ushort OpcodeAndResponseCode = 0x780F;

    /// <summary>0 but in questions and answers of programs that know only unicast DNS.</summary>
    public ushort Id { get; init; }

    /// <summary>Whether it answers or announces.</summary>
    public bool IsResponse { get; init; }

    /// <summary>In a question: more known answers follow.</summary>
    public bool Truncated { get; init; }

    /// <summary>What is asked.</summary>
    public IReadOnlyList<DnsQuestion> Questions { get; init; } = [];

    /// <summary>Answers; in a question, those the asker knows already.</summary>
    public IReadOnlyList<DnsRecord> Answers { get; init; } = [];

    /// <summary>In a probe: what the asker wants to claim.</summary>
    public IReadOnlyList<DnsRecord> Authorities { get; init; } = [];

    /// <summary>What the asker will want to know next.</summary>
    public IReadOnlyList<DnsRecord> Additionals { get; init; } = [];

    /// <summary>Reads a message; false when any part of it is malformed. Records of other classes than IN are left out.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DnsMessage? message)
    {
        message = null;
        if (bytes.Length < HeaderBytes)
        {
            return false;
        }

        // Messages of another kind are ignored in silence (RFC 6762, sections 18.3 and 18.11).
        var flags = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        var reader = new DnsReader(bytes, HeaderBytes);
        if ((flags & OpcodeAndResponseCode) != 0
            || !reader.TryQuestions(Count(bytes, 4), out var questions)
            || !reader.TryRecords(Count(bytes, 6), out var answers)
            || !reader.TryRecords(Count(bytes, 8), out var authorities)
            || !reader.TryRecords(Count(bytes, 10), out var additionals))
        {
            return false;
        }

        message = new DnsMessage
        {
            Id = BinaryPrimitives.ReadUInt16BigEndian(bytes),
            IsResponse = (flags & ResponseFlag) != 0,
            Truncated = (flags & TruncatedFlag) != 0,
            Questions = questions,
            Answers = answers,
            Authorities = authorities,
            Additionals = additionals,
        };
        return true;
    }

    /// <summary>The message as bytes.</summary>
    public byte[] Write()
    {
        var writer = new DnsWriter();
        writer.Number(Id);
        writer.Number((ushort)((IsResponse ? ResponseFlag | AuthoritativeFlag : 0) | (Truncated ? TruncatedFlag : 0)));
        writer.Number((ushort)Questions.Count);
        writer.Number((ushort)Answers.Count);
        writer.Number((ushort)Authorities.Count);
        writer.Number((ushort)Additionals.Count);
        foreach (var question in Questions)
        {
            writer.Question(question);
        }

        foreach (var record in Answers.Concat(Authorities).Concat(Additionals))
        {
            writer.Record(record);
        }

        return writer.ToArray();
    }

    private static int Count(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
