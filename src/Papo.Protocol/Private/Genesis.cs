// Owns: how a private room or a direct message begins, and the id that follows from it.
// Must never: name the room for people; the name travels sealed.
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>
/// The begin of a private room: CBOR <c>[1, creator, [member…], shares past, nonce]</c>. It is not signed: the room's id is its hash, and only a first
/// commit by the creator counts (docs/PROTOCOL.md, Private rooms).
/// </summary>
public sealed class Genesis
{
    /// <summary>Size of the nonce in bytes.</summary>
    public const int NonceSize = 16;

    private const string RoomLabel = "papo/1 room";
    private const string DirectLabel = "papo/1 dm";
    private const int MaxBytes = 8 * 1024;

    private Genesis(ReadOnlyMemory<byte> bytes, AccountId creator, IReadOnlyList<AccountId> members, bool sharesPast)
    {
        Bytes = bytes;
        Creator = creator;
        Members = members;
        SharesPast = sharesPast;
        Room = Named(Hashing.Id(new SignedList(RoomLabel).Add(bytes.Span)));
    }

    /// <summary>As it travels.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Who made the room: its first admin, who appoints the others and cannot be removed.</summary>
    public AccountId Creator { get; }

    /// <summary>First members, the creator included, in ascending order.</summary>
    public IReadOnlyList<AccountId> Members { get; }

    /// <summary>Whether those who come later may read what was said before.</summary>
    public bool SharesPast { get; }

    /// <summary>The room that begins so.</summary>
    public Room Room { get; }

    /// <summary>Makes a begin; the nonce keeps two rooms of the same people apart.</summary>
    public static Genesis Make(AccountId creator, IEnumerable<AccountId> members, bool sharesPast, ReadOnlySpan<byte> nonce)
    {
        var ordered = members.Append(creator).Distinct().OrderBy(static account => account.Value).ToList();
        var writer = Cbor.Writer();
        writer.WriteStartArray(5);
        writer.WriteInt32(1);
        writer.WriteId(creator.Value);
        writer.WriteAccounts(ordered);
        writer.WriteBoolean(sharesPast);
        writer.WriteByteString(nonce);
        writer.WriteEndArray();
        return new Genesis(writer.Encode(), creator, ordered, sharesPast);
    }

    /// <summary>Reads.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Genesis? genesis)
    {
        genesis = null;
        return bytes.Length <= MaxBytes && Cbor.TryRead(bytes, reader => Parse(reader, bytes), out genesis);
    }

    /// <summary>The room of direct messages between two accounts; the same for both. Nothing but the two makes it.</summary>
    public static Room Direct(AccountId one, AccountId other)
    {
        var (lower, higher) = one.Value <= other.Value ? (one, other) : (other, one);
        return Named(Hashing.Id(new SignedList(DirectLabel).Add(lower.Value).Add(higher.Value)));
    }

    private static Genesis? Parse(CborReader reader, ReadOnlyMemory<byte> bytes)
    {
        reader.ReadArray(5, 16);
        if (reader.ReadInt32() != 1)
        {
            return null;
        }

        var creator = new AccountId(reader.ReadId());
        var members = reader.ReadAccounts(Limits.PrivateMembers);
        var shares = reader.ReadBoolean();
        var nonce = reader.ReadByteString();
        reader.SkipToEndArray();
        return nonce.Length == NonceSize && members.Contains(creator) ? new Genesis(bytes, creator, members, shares) : null;
    }

    private static Room Named(UInt128 hash) =>
        Room.TryFromWire("~" + Base64Url.EncodeToString(IdBytes.ToArray(hash)), out var room) ? room : throw new InvalidOperationException("16 bytes are 22 characters");
}
