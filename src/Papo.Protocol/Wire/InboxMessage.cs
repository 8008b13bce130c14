// Owns: telling what an inbox message is before anything else of it is read.
// Must never: grow logic; requests and replies have files of their own.
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>What lies in an inbox.</summary>
public enum InboxKind
{
    /// <summary>Malformed, or of a later version.</summary>
    Unknown,

    /// <summary>Somebody asks.</summary>
    Request,

    /// <summary>Somebody answers.</summary>
    Reply,

    /// <summary>A hub says what it has stored.</summary>
    Stored,

    /// <summary>Somebody says that this account is in a private room.</summary>
    Invite,

    /// <summary>Somebody has heard so.</summary>
    Invited,

    /// <summary>Our own voice, sent to hear when everything before it has come.</summary>
    Echo,
}

/// <summary>The first two fields of every inbox message: <c>[version, type, …]</c>.</summary>
public static class InboxMessage
{
    internal const int RequestType = 0;
    internal const int ReplyType = 1;
    internal const int StoredType = 3;
    internal const int InviteType = 4;
    internal const int InvitedType = 5;
    private const int EchoType = 2;

    /// <summary>An echo. It is known by its MQTT Correlation Data, carries 64 zero bytes for a signature, and proves nothing to anybody else.</summary>
    public static byte[] Echo()
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(2);
        writer.WriteInt32(1);
        writer.WriteInt32(EchoType);
        writer.WriteEndArray();
        return [.. writer.Encode(), .. new byte[PublicKey.SignatureSize]];
    }

    /// <summary>Looks at version and type only.</summary>
    public static InboxKind Peek(SignedContent message)
    {
        try
        {
            var reader = new CborReader(message.Content, CborConformanceMode.Lax);
            reader.ReadStartArray();
            return reader.ReadInt32() != 1 ? InboxKind.Unknown : reader.ReadInt32() switch
            {
                RequestType => InboxKind.Request,
                ReplyType => InboxKind.Reply,
                EchoType => InboxKind.Echo,
                StoredType => InboxKind.Stored,
                InviteType => InboxKind.Invite,
                InvitedType => InboxKind.Invited,
                _ => InboxKind.Unknown,
            };
        }
        catch (Exception malformed) when (malformed is CborContentException or InvalidOperationException or OverflowException)
        {
            return InboxKind.Unknown;
        }
    }
}
