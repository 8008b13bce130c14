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
        if (property.Length > ((Limits.Header + PublicKey.SignatureSize) * 4 / 3) + 4 || !Base64Url.IsValid(property, out var length) || length <= PublicKey.SignatureSize
            || property.Length != Base64Url.GetEncodedLength(length))
        {
            return false;
        }

        var bytes = new byte[length];
        if (!Base64Url.TryDecodeFromUtf8(property, bytes, out var written) || written != length)
        {
            return false;
        }

        var cut = length - PublicKey.SignatureSize;
        return Entry.TryRead(space, room, bytes.AsMemory(0, cut), bytes.AsMemory(cut), payload, out entry);
    }
}
