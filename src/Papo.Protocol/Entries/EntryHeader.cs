// Owns: the header of an entry and its deterministic CBOR form.
// Must never: be re-encoded to verify; the received bytes are kept beside the parsed fields.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>
/// The header of an entry: <c>[version, kind, account, device, seq, back, hlc, epoch?, ext?]</c> (docs/PROTOCOL.md, Entries).
/// The first seven fields keep place and meaning in every version.
/// </summary>
public sealed record EntryHeader
{
    /// <summary>The version this library writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Protocol version of the author; above <see cref="CurrentVersion"/> the entry is kept but not understood.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>What the body is.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>The author's account.</summary>
    public required AccountId Account { get; init; }

    /// <summary>The author's device: with the room it names the log.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>Number in the log, from 0 without holes.</summary>
    public required long Seq { get; init; }

    /// <summary>Id of the entry before; zero at seq 0.</summary>
    public required EntryId Back { get; init; }

    /// <summary>The author's hybrid clock.</summary>
    public required Hlc Hlc { get; init; }

    /// <summary>Key epoch: only in private rooms.</summary>
    public ulong? Epoch { get; init; }

    /// <summary>The rest; empty when absent.</summary>
    public EntryExtension Extension { get; init; } = EntryExtension.None;

    /// <summary>Encodes for signing and sending.</summary>
    public byte[] Encode()
    {
        var writer = Cbor.Writer();
        var hasExtension = Extension != EntryExtension.None;
        writer.WriteStartArray(hasExtension ? 9 : Epoch is null ? 7 : 8);
        writer.WriteInt32(Version);
        writer.WriteInt32((int)Kind);
        writer.WriteId(Account.Value);
        writer.WriteId(Device.Value);
        writer.WriteInt64(Seq);
        writer.WriteId(Back.Value);
        writer.WriteUInt64(Hlc.Value);
        if (Epoch is { } epoch)
        {
            writer.WriteUInt64(epoch);
        }
        else if (hasExtension)
        {
            writer.WriteNull();
        }

        if (hasExtension)
        {
            Extension.Write(writer);
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads a header; fields after the known ones are skipped.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out EntryHeader? header)
    {
        header = null;
        return bytes.Length <= Limits.Header && Cbor.TryRead(bytes, Parse, out header);
    }

    private static EntryHeader? Parse(CborReader reader)
    {
        var length = reader.ReadArray(7, 32);
        var version = reader.ReadInt32();
        var kind = reader.ReadInt32();
        var header = new EntryHeader
        {
            Version = version,
            Kind = (EntryKind)kind,
            Account = new(reader.ReadId()),
            Device = new(reader.ReadId()),
            Seq = reader.ReadSeq(),
            Back = new(reader.ReadId()),
            Hlc = new(reader.ReadUInt64()),
        };
        if (version < 1 || kind < 0 || header.Hlc > Hlc.Max || header.Seq == 0 != (header.Back == default))
        {
            return null;
        }

        if (version > CurrentVersion)
        {
            reader.SkipToEndArray();
            return header;
        }

        if (length > 7)
        {
            header = header with { Epoch = ReadEpoch(reader) };
        }

        if (length > 8)
        {
            header = header with { Extension = EntryExtension.Read(reader) };
        }

        reader.SkipToEndArray();
        return header;
    }

    private static ulong? ReadEpoch(CborReader reader)
    {
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
            return null;
        }

        return reader.ReadUInt64();
    }
}
