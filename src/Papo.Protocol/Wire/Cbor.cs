// Owns: how CBOR (RFC 8949 §4.2 deterministic encoding) is read and written here, and the edge where bad bytes become `false`.
// Must never: let an exception of the CBOR library out.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>Small extensions over System.Formats.Cbor.</summary>
internal static class Cbor
{
    [ThreadStatic]
    private static CborReader? _spare;

    public delegate T? Reading<out T>(CborReader reader);

    public static CborWriter Writer() => new(CborConformanceMode.Canonical);

    /// <summary>Runs a reader over exactly these bytes; null from the reader, trailing bytes or malformed CBOR give false.</summary>
    public static bool TryRead<T>(ReadOnlyMemory<byte> bytes, Reading<T> read, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;

        // A reading may lead to another one inside it; that one takes a reader of its own.
        var reader = _spare ?? new CborReader(default, CborConformanceMode.Canonical);
        _spare = null;
        try
        {
            reader.Reset(bytes);
            var result = read(reader);
            if (reader.BytesRemaining != 0)
            {
                return false;
            }

            value = result;
            return value is not null;
        }
        catch (Exception malformed) when (malformed is CborContentException or InvalidOperationException or OverflowException or FormatException)
        {
            return false;
        }
        finally
        {
            reader.Reset(default);
            _spare = reader;
        }
    }

    public static void WriteId(this CborWriter writer, UInt128 id)
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, id);
        writer.WriteByteString(bytes);
    }

    /// <summary>A byte string of exactly 16 bytes.</summary>
    public static UInt128 ReadId(this CborReader reader)
    {
        Span<byte> bytes = stackalloc byte[16];
        return reader.TryReadByteString(bytes, out var written) && written == 16
            ? System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes)
            : throw new CborContentException("an id has 16 bytes");
    }

    /// <summary>A number from 0 to 2^63 - 1.</summary>
    public static long ReadCount(this CborReader reader) => checked((long)reader.ReadUInt64());

    /// <summary>A place in a log: 0 to <see cref="Limits.Seq"/>.</summary>
    public static long ReadSeq(this CborReader reader) =>
        reader.ReadCount() is var seq and <= Limits.Seq ? seq : throw new CborContentException("a seq is at most 2^40 - 1");

    /// <summary>The length of a definite array within bounds.</summary>
    public static int ReadArray(this CborReader reader, int least, int most) =>
        reader.ReadStartArray() is { } length && length >= least && length <= most ? length : throw new CborContentException("array length");

    public static void WriteAccounts(this CborWriter writer, IReadOnlyList<AccountId> accounts)
    {
        writer.WriteStartArray(accounts.Count);
        foreach (var account in accounts)
        {
            writer.WriteId(account.Value);
        }

        writer.WriteEndArray();
    }

    /// <summary>Accounts in ascending order, each once.</summary>
    public static AccountId[] ReadAccounts(this CborReader reader, int most)
    {
        var accounts = new AccountId[reader.ReadArray(0, most)];
        for (var i = 0; i < accounts.Length; i++)
        {
            accounts[i] = new(reader.ReadId());
            if (i > 0 && accounts[i].Value <= accounts[i - 1].Value)
            {
                throw new CborContentException("accounts ascend");
            }
        }

        reader.ReadEndArray();
        return accounts;
    }

    /// <summary>Ends an array, skipping elements that a later version added.</summary>
    public static void SkipToEndArray(this CborReader reader)
    {
        while (reader.PeekState() != CborReaderState.EndArray)
        {
            reader.SkipValue();
        }

        reader.ReadEndArray();
    }
}
