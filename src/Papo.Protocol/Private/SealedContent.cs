// Owns: what a sealed entry says, and its sealing: text and extensions together, bound to the header that everybody sees.
// Must never: leave anything of text, target or mentions in the header.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>
/// The plaintext of a text, edit or reaction in a private room: CBOR <c>[ext, body]</c> (docs/PROTOCOL.md, Sealed entries). The body of the entry is
/// nonce, ciphertext and tag; the header is bound to it.
/// </summary>
/// <param name="Extension">What would stand in the header in an open room.</param>
/// <param name="Body">What would be the body there.</param>
public sealed record SealedContent(EntryExtension Extension, ReadOnlyMemory<byte> Body)
{
    /// <summary>Encodes; also the form in which a device keeps what it has opened.</summary>
    public byte[] Encode()
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(2);
        Extension.Write(writer);
        writer.WriteByteString(Body.Span);
        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SealedContent? content)
    {
        content = null;
        return bytes.Length <= Limits.Entry && Cbor.TryRead(bytes, Parse, out content);
    }

    /// <summary>Seals under the key of the author's device in the epoch that the header names.</summary>
    public byte[] Seal(SealKey key, EntryHeader header, ReadOnlySpan<byte> nonce)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(header);
        return key.SealWith(nonce, header.Encode(), Encode());
    }

    /// <summary>Opens the body of an entry; null when the key is another one, or anything was changed.</summary>
    public static SealedContent? Open(SealKey key, Entry entry)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Body is { } body && key.OpenWith(entry.HeaderBytes.Span, body.Span) is { } plain && TryRead(plain, out var content) ? content : null;
    }

    private static SealedContent Parse(CborReader reader)
    {
        reader.ReadArray(2, 16);
        var extension = EntryExtension.Read(reader);
        var body = reader.ReadByteString();
        reader.SkipToEndArray();
        return new SealedContent(extension, body);
    }
}
