// Owns: the arguments of the requests that a link leads to: entering a private room, linking a copy to an account, and what copies of one account ask each other.
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

/// <summary>A new copy asks to be linked to the account of the asked device. Made by <see cref="Make"/>.</summary>
/// <param name="Token">The token's id.</param>
/// <param name="Proof">That the asker knows the token, over <paramref name="Body"/>.</param>
/// <param name="Body">A <see cref="LinkedCopy"/>.</param>
public sealed record LinkRequest(TokenId Token, ReadOnlyMemory<byte> Proof, ReadOnlyMemory<byte> Body) : RequestBody
{
    /// <summary>The request of an asking device to the target.</summary>
    public static LinkRequest Make(SpaceId space, DeviceId target, DeviceId asker, LinkedCopy copy, LinkToken token)
    {
        ArgumentNullException.ThrowIfNull(copy);
        ArgumentNullException.ThrowIfNull(token);
        var body = copy.Encode();
        return new LinkRequest(token.Id, token.Prove(space, target, asker, body), body);
    }

    /// <summary>Whether the asking device knows this token.</summary>
    public bool Knows(LinkToken token, SpaceId space, DeviceId target, DeviceId asker)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.IsProvedBy(Proof.Span, space, target, asker, Body.Span);
    }
}

/// <summary>A linked copy asks a copy that holds the account's key to list it with this prekey.</summary>
/// <param name="Prekey">Its current key.</param>
/// <param name="MadeAt">When that was made, Unix milliseconds.</param>
/// <param name="Name">What the copy is called; empty: as before.</param>
public sealed record RenewRequest(ExchangeKey Prekey, long MadeAt, string Name) : RequestBody;

/// <summary>A copy asks another one of its account which private rooms it is in.</summary>
public sealed record RoomsRequest : RequestBody;

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

    public static void Write(CborWriter writer, LinkRequest link)
    {
        writer.WriteStartArray(3);
        writer.WriteId(link.Token.Value);
        writer.WriteByteString(link.Proof.Span);
        writer.WriteByteString(link.Body.Span);
        writer.WriteEndArray();
    }

    public static LinkRequest? ReadLink(CborReader reader)
    {
        reader.ReadArray(3, 16);
        var token = new TokenId(reader.ReadId());
        var proof = reader.ReadByteString();
        var body = reader.ReadByteString();
        reader.SkipToEndArray();
        return proof.Length == LinkToken.ProofSize ? new LinkRequest(token, proof, body) : null;
    }

    public static void Write(CborWriter writer, RenewRequest renew)
    {
        writer.WriteStartArray(3);
        writer.WriteByteString(renew.Prekey.Bytes.Span);
        writer.WriteInt64(renew.MadeAt);
        writer.WriteTextString(renew.Name);
        writer.WriteEndArray();
    }

    public static RenewRequest? ReadRenew(CborReader reader)
    {
        reader.ReadArray(3, 16);
        var valid = ExchangeKey.TryRead(reader.ReadByteString(), out var prekey);
        var madeAt = reader.ReadCount();
        var name = reader.ReadTextString();
        reader.SkipToEndArray();
        return valid && (name.Length == 0 || DisplayName.TryParse(name, out _) == NameProblem.None) ? new RenewRequest(prekey!, madeAt, name) : null;
    }

    public static RoomsRequest ReadRooms(CborReader reader)
    {
        reader.ReadArray(0, 16);
        reader.SkipToEndArray();
        return new RoomsRequest();
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
