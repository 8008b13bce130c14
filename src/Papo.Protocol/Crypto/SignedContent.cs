// Owns: the shape of every signed object but entries: CBOR content followed by a 64-byte signature over (label, space, context…, content).
// Must never: re-encode what was received; the bytes that came are the bytes that are verified.
namespace Papo.Protocol;

/// <summary>Content and signature as received or as made.</summary>
public readonly record struct SignedContent(ReadOnlyMemory<byte> Content, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Splits bytes into content and signature; false when they are too short to hold both.</summary>
    public static bool TrySplit(ReadOnlyMemory<byte> bytes, out SignedContent split)
    {
        var cut = bytes.Length - PublicKey.SignatureSize;
        split = cut > 0 ? new(bytes[..cut], bytes[cut..]) : default;
        return cut > 0;
    }

    /// <summary>Signs <paramref name="content"/> under a list that the caller began with label, space and context.</summary>
    public static byte[] Make(KeyPair key, SignedList list, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(list);
        return [.. content, .. key.Sign(list.Add(content))];
    }

    /// <summary>Whether the signature is <paramref name="key"/>'s over the begun list and this content.</summary>
    public bool IsSignedBy(PublicKey key, SignedList list)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(list);
        return key.Verifies(list.Add(Content.Span), Signature.Span);
    }
}
