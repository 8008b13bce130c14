// Owns: the live form of an entry in an open room: body as the payload, header and signature in the user property `papo`.
// Must never: take a message without that property for an entry; such a message is a guest's.
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace Papo.Protocol;

/// <summary>The user properties and payload of an entry as plain MQTT clients see it.</summary>
public static class LiveEntry
{
    /// <summary>User property with base64url(header ‖ signature).</summary>
    public const string Property = "papo";

    /// <summary>User property with the display name, for people who look with plain tools, and of guests.</summary>
    public const string FromProperty = "from";

    /// <summary>The value of <see cref="Property"/>.</summary>
    public static string Encode(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return Base64Url.EncodeToString([.. entry.HeaderBytes.Span, .. entry.Signature.Span]);
    }

    /// <summary>Reads an entry from its live form, the value of <see cref="Property"/> as UTF-8; false on malformed base64url (padding and white space are malformed), header or sizes.</summary>
    public static bool TryRead(SpaceId space, Room room, ReadOnlySpan<byte> property, ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        return TryDecode(property, 0, out var bytes, out var length) && TryReadSigned(space, room, bytes.AsMemory(0, length), payload, out entry);
    }

    /// <summary>The same with the value of <see cref="Property"/> decoded: header ‖ signature.</summary>
    public static bool TryReadSigned(SpaceId space, Room room, ReadOnlyMemory<byte> signed, ReadOnlyMemory<byte> payload, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        var cut = signed.Length - PublicKey.SignatureSize;
        return cut > 0 && Entry.TryRead(space, room, signed[..cut], signed[cut..], payload, out entry);
    }

    /// <summary>Decodes the value of <see cref="Property"/>; false when it is no canonical base64url, or of a length that no entry has.</summary>
    /// <param name="property">UTF-8.</param>
    /// <param name="spare">Bytes that the array is to have behind what was decoded.</param>
    /// <param name="bytes">A new array; what was decoded is at its beginning. Of the spare bytes alone when this is false.</param>
    /// <param name="length">How much was decoded.</param>
    public static bool TryDecode(ReadOnlySpan<byte> property, int spare, out byte[] bytes, out int length)
    {
        if (property.Length > ((Limits.Header + PublicKey.SignatureSize) * 4 / 3) + 4 || !Base64Url.IsValid(property, out length) || length <= PublicKey.SignatureSize
            || property.Length != Base64Url.GetEncodedLength(length))
        {
            (bytes, length) = (new byte[spare], 0);
            return false;
        }

        bytes = new byte[length + spare];
        if (Base64Url.TryDecodeFromUtf8(property, bytes, out var written) && written == length)
        {
            return true;
        }

        (bytes, length) = (new byte[spare], 0);
        return false;
    }
}
