// Owns: the arguments of the requests that a link leads to: entering a private room.
// Must never: carry a token; only its id and a proof.
using System.Formats.Cbor;
using System.Text;

namespace Papo.Protocol;

/// <summary>The bearer of a link wants to be let into a private room. Made by <see cref="Make"/>.</summary>
/// <param name="Room">Which.</param>
/// <param name="Token">The token's id.</param>
/// <param name="Proof">That the asker knows the token.</param>
public sealed record EnterRequest(Room Room, TokenId Token, ReadOnlyMemory<byte> Proof) : RequestBody
{
    /// <summary>The request of an asking device to the target.</summary>
    public static EnterRequest Make(SpaceId space, DeviceId target, DeviceId asker, Room room, LinkToken token)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(token);
        return new EnterRequest(room, token.Id, token.Prove(space, target, asker, Encoding.UTF8.GetBytes(room.Name)));
    }

    /// <summary>Whether the asking device knows this token.</summary>
    public bool Knows(LinkToken token, SpaceId space, DeviceId target, DeviceId asker)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.IsProvedBy(Proof.Span, space, target, asker, Encoding.UTF8.GetBytes(Room.Name));
    }
}

/// <summary>Encoding of these requests.</summary>
internal static class LinkRequests
{
    public static void Write(CborWriter writer, EnterRequest enter)
    {
        writer.WriteStartArray(3);
        writer.WriteTextString(enter.Room.Name);
        writer.WriteId(enter.Token.Value);
        writer.WriteByteString(enter.Proof.Span);
        writer.WriteEndArray();
    }

    public static EnterRequest? ReadEnter(CborReader reader)
    {
        reader.ReadArray(3, 16);
        var valid = Room.TryFromWire(reader.ReadTextString(), out var room) && room.IsPrivate;
        var token = new TokenId(reader.ReadId());
        var proof = reader.ReadByteString();
        reader.SkipToEndArray();
        return valid && proof.Length == LinkToken.ProofSize ? new EnterRequest(room!, token, proof) : null;
    }
}
