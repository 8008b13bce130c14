// Owns: the signed, retained list of an account's copies and the key each takes secrets with.
// Must never: be believed without the account's signature, or where a list with a higher counter was seen.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>One copy of a profile: where secrets for it are sealed to.</summary>
/// <param name="Copy">Which.</param>
/// <param name="Prekey">Its current key.</param>
/// <param name="MadeAt">When that key was made, Unix milliseconds.</param>
public sealed record ListedCopy(CopyId Copy, ExchangeKey Prekey, long MadeAt)
{
    /// <summary>What its owner calls it; empty where that is not said.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it is linked: certified by the account, without its key.</summary>
    public bool IsLinked { get; init; }

    /// <summary>As much of a name as a list has room for: <see cref="Limits.CopyName"/> bytes.</summary>
    public static string Cut(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var (bytes, letters) = (0, 0);
        foreach (var rune in name.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > Limits.CopyName)
            {
                break;
            }

            letters += rune.Utf16SequenceLength;
        }

        return name[..letters].TrimEnd();
    }
}

/// <summary>
/// A verified device list: CBOR <c>[1, account key, counter, [[copy, prekey, made-at, name?, linked?]…], [removed…]?]</c> and the account's signature (docs/PROTOCOL.md, Device
/// lists). The highest counter counts; a copy that is absent from it gets no secrets.
/// </summary>
public sealed class DeviceList
{
    private const string Label = "papo/1 devices";
    private const int MaxBytes = 4 * 1024;

    private DeviceList(ReadOnlyMemory<byte> bytes, PublicKey accountKey, long counter, IReadOnlyList<ListedCopy> copies, IReadOnlyList<CopyId> removed)
    {
        Bytes = bytes;
        Account = new(accountKey.Fingerprint);
        Counter = counter;
        Copies = copies;
        Removed = removed;
    }

    /// <summary>The list as it travels.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whose.</summary>
    public AccountId Account { get; }

    /// <summary>Rises with every list.</summary>
    public long Counter { get; }

    /// <summary>In ascending order of copy; at most <see cref="Limits.Copies"/>.</summary>
    public IReadOnlyList<ListedCopy> Copies { get; }

    /// <summary>Linked copies that were taken off for good, in ascending order; at most <see cref="Limits.RemovedCopies"/>. What their devices say is no longer the account's word.</summary>
    public IReadOnlyList<CopyId> Removed { get; }

    /// <summary>Makes and signs a list.</summary>
    public static DeviceList Make(SpaceId space, KeyPair account, long counter, IEnumerable<ListedCopy> copies, IEnumerable<CopyId>? removed = null)
    {
        ArgumentNullException.ThrowIfNull(account);
        var ordered = copies.OrderBy(static copy => copy.Copy).ToList();
        var gone = (removed ?? []).Order().ToList();
        var writer = Cbor.Writer();
        writer.WriteStartArray(gone.Count == 0 ? 4 : 5);
        writer.WriteInt32(1);
        writer.WriteByteString(account.Public.Bytes.Span);
        writer.WriteInt64(counter);
        writer.WriteStartArray(ordered.Count);
        foreach (var copy in ordered)
        {
            WriteCopy(writer, copy);
        }

        writer.WriteEndArray();
        if (gone.Count > 0)
        {
            writer.WriteStartArray(gone.Count);
            gone.ForEach(copy => writer.WriteId(copy.Value));
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        return new DeviceList(SignedContent.Make(account, Signed(space), writer.Encode()), account.Public, counter, ordered, gone);
    }

    /// <summary>Reads and verifies a list of a space.</summary>
    public static bool TryRead(SpaceId space, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out DeviceList? list)
    {
        list = null;
        if (bytes.Length > MaxBytes || !SignedContent.TrySplit(bytes, out var split))
        {
            return false;
        }

        PublicKey? key = null;
        return Cbor.TryRead(split.Content, reader => Parse(reader, bytes, out key), out list) && split.IsSignedBy(key!, Signed(space));
    }

    private static void WriteCopy(CborWriter writer, ListedCopy copy)
    {
        var hasName = copy.Name.Length > 0 || copy.IsLinked;
        writer.WriteStartArray(hasName ? 5 : 3);
        writer.WriteId(copy.Copy.Value);
        writer.WriteByteString(copy.Prekey.Bytes.Span);
        writer.WriteInt64(copy.MadeAt);
        if (hasName)
        {
            writer.WriteTextString(copy.Name);
            writer.WriteBoolean(copy.IsLinked);
        }

        writer.WriteEndArray();
    }

    private static DeviceList? Parse(CborReader reader, ReadOnlyMemory<byte> bytes, out PublicKey? key)
    {
        key = null;
        reader.ReadArray(4, 16);
        if (reader.ReadInt32() != 1 || !PublicKey.TryRead(reader.ReadByteString(), out key))
        {
            return null;
        }

        var counter = reader.ReadCount();
        var copies = new ListedCopy[reader.ReadArray(0, Limits.Copies)];
        for (var i = 0; i < copies.Length; i++)
        {
            reader.ReadArray(3, 16);
            var copy = new CopyId(reader.ReadId());
            if (!ExchangeKey.TryRead(reader.ReadByteString(), out var prekey) || (i > 0 && copy <= copies[i - 1].Copy))
            {
                return null;
            }

            copies[i] = ReadRest(reader, new ListedCopy(copy, prekey, reader.ReadCount()));
        }

        reader.ReadEndArray();
        var removed = reader.PeekState() == CborReaderState.StartArray ? ReadRemoved(reader) : [];
        reader.SkipToEndArray();
        return new DeviceList(bytes, key, counter, copies, removed);
    }

    private static ListedCopy ReadRest(CborReader reader, ListedCopy copy)
    {
        var name = reader.PeekState() == CborReaderState.TextString ? reader.ReadTextString() : "";
        var isLinked = reader.PeekState() == CborReaderState.Boolean && reader.ReadBoolean();
        reader.SkipToEndArray();
        return name.Length > 0 && DisplayName.TryParse(name, out _) != NameProblem.None ? copy with { IsLinked = isLinked } : copy with { Name = name, IsLinked = isLinked };
    }

    private static CopyId[] ReadRemoved(CborReader reader)
    {
        var removed = new CopyId[reader.ReadArray(0, Limits.RemovedCopies)];
        for (var i = 0; i < removed.Length; i++)
        {
            removed[i] = new CopyId(reader.ReadId());
            if (i > 0 && removed[i] <= removed[i - 1])
            {
                throw new CborContentException("copies ascend");
            }
        }

        reader.ReadEndArray();
        return removed;
    }

    private static SignedList Signed(SpaceId space) => new SignedList(Label).Add(space.Value);
}
