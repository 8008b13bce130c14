// Owns: telling somebody that he is in a private room, and his word that he has heard it.
// Must never: carry a secret or the name of the room; both come sealed with the room's commits.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>
/// CBOR <c>[1, 4, card, room, genesis or null, peer?]</c>, or <c>[1, 5, card, room, null]</c> for having heard it, and the signature of the card's device over
/// (label, space, addressed device, content) (docs/PROTOCOL.md, Invites). Direct messages have no genesis.
/// </summary>
public sealed record Invite(DeviceCard Sender, Room Room, Genesis? Genesis, bool IsHeard)
{
    /// <summary>To another device of the sender's account, of direct messages: with whom.</summary>
    public AccountId? Peer { get; init; }

    private const string Label = "papo/1 invite";
    private const int MaxBytes = 12 * 1024;

    /// <summary>Whether the room is what it says to be: direct messages between the two, or a room of this genesis.</summary>
    public bool IsFor(AccountId account) => Genesis is { } genesis ? genesis.Room == Room : Protocol.Genesis.Direct(Sender.Account, account) == Room;

    /// <summary>Encodes and signs.</summary>
    public byte[] Sign(SpaceId space, DeviceId target, KeyPair device)
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(Peer is null ? 5 : 6);
        writer.WriteInt32(1);
        writer.WriteInt32(IsHeard ? InboxMessage.InvitedType : InboxMessage.InviteType);
        writer.WriteByteString(Sender.Bytes.Span);
        writer.WriteTextString(Room.Name);
        if (Genesis is null)
        {
            writer.WriteNull();
        }
        else
        {
            writer.WriteByteString(Genesis.Bytes.Span);
        }

        if (Peer is { } peer)
        {
            writer.WriteId(peer.Value);
        }

        writer.WriteEndArray();
        return SignedContent.Make(device, Signed(space, target), writer.Encode());
    }

    /// <summary>Reads and verifies one to <paramref name="self"/>.</summary>
    public static bool TryRead(SpaceId space, DeviceId self, SignedContent split, Func<ReadOnlyMemory<byte>, DeviceCard?> knownCard, [NotNullWhen(true)] out Invite? invite)
    {
        invite = null;
        return split.Content.Length <= MaxBytes
            && Cbor.TryRead(split.Content, reader => Parse(reader, space, knownCard), out invite)
            && split.IsSignedBy(invite.Sender.DeviceKey, Signed(space, self));
    }

    private static Invite? Parse(CborReader reader, SpaceId space, Func<ReadOnlyMemory<byte>, DeviceCard?> knownCard)
    {
        reader.ReadArray(5, 16);
        if (reader.ReadInt32() != 1 || reader.ReadInt32() is var type && type is not (InboxMessage.InviteType or InboxMessage.InvitedType))
        {
            return null;
        }

        ReadOnlyMemory<byte> cardBytes = reader.ReadByteString();
        var card = knownCard(cardBytes);
        if (card is null && !DeviceCard.TryRead(space, cardBytes, out card))
        {
            return null;
        }

        if (!Room.TryFromWire(reader.ReadTextString(), out var room) || !room.IsPrivate)
        {
            return null;
        }

        Genesis? genesis = null;
        if (reader.PeekState() == CborReaderState.Null)
        {
            reader.ReadNull();
        }
        else if (!Protocol.Genesis.TryRead(reader.ReadByteString(), out genesis))
        {
            return null;
        }

        AccountId? peer = reader.PeekState() == CborReaderState.ByteString ? new AccountId(reader.ReadId()) : null;
        reader.SkipToEndArray();
        return new Invite(card, room, genesis, type == InboxMessage.InvitedType) { Peer = peer };
    }

    private static SignedList Signed(SpaceId space, DeviceId target) => new SignedList(Label).Add(space.Value).Add(target.Value);
}
