// Owns: the signed, retained statement of one copy (replica) of a hub about itself.
// Must never: make a hub of an account that the reader has not pinned as one; the card alone proves only whose device speaks.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>
/// A verified hub card: CBOR <c>[1, card, session, state, at, title, retention?]</c> and the replica's signature (docs/PROTOCOL.md, Hubs). The hub is the
/// account of the card, each replica one of its devices. Times are Unix milliseconds.
/// </summary>
public sealed record HubCard
{
    private const string Label = "papo/1 hub";
    private const int MaxBytes = 2 * 1024;

    /// <summary>The replica; its account is the hub.</summary>
    public required DeviceCard Card { get; init; }

    /// <summary>Rises with every connection of the replica; the will carries that of the connection it was left with.</summary>
    public required long Session { get; init; }

    /// <summary>Serving (online), being stopped (offline), or cut off (lost: the will).</summary>
    public required PresenceState State { get; init; }

    /// <summary>When this statement was made: of one session the latest counts.</summary>
    public required long At { get; init; }

    /// <summary>What people call the place; at most <see cref="Limits.HubTitleCodePoints"/> code points, may be empty.</summary>
    public string Title { get; init; } = "";

    /// <summary>How long it keeps texts, in milliseconds; null: for good.</summary>
    public long? Retention { get; init; }

    /// <summary>Whether this statement replaces <paramref name="known"/> of the same replica; as with presences.</summary>
    public bool Replaces(HubCard known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return Session > known.Session || (Session == known.Session && (State == PresenceState.Lost ? known.State == PresenceState.Online : At > known.At));
    }

    /// <summary>Encodes and signs with the card's device key.</summary>
    public byte[] Sign(SpaceId space, KeyPair device)
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(Retention is null ? 6 : 7);
        writer.WriteInt32(1);
        writer.WriteByteString(Card.Bytes.Span);
        writer.WriteInt64(Session);
        writer.WriteInt32((int)State);
        writer.WriteInt64(At);
        writer.WriteTextString(Title);
        if (Retention is { } milliseconds)
        {
            writer.WriteInt64(milliseconds);
        }

        writer.WriteEndArray();
        return SignedContent.Make(device, Signed(space), writer.Encode());
    }

    /// <summary>Reads and verifies card and signature.</summary>
    public static bool TryRead(SpaceId space, ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out HubCard? hub)
    {
        hub = null;
        return bytes.Length <= MaxBytes
            && SignedContent.TrySplit(bytes, out var split)
            && Cbor.TryRead(split.Content, reader => Parse(reader, space), out hub)
            && split.IsSignedBy(hub.Card.DeviceKey, Signed(space));
    }

    private static HubCard? Parse(CborReader reader, SpaceId space)
    {
        reader.ReadArray(6, 32);
        if (reader.ReadInt32() != 1 || !DeviceCard.TryRead(space, reader.ReadByteString(), out var card))
        {
            return null;
        }

        var session = reader.ReadCount();
        var state = reader.ReadInt32();
        var at = reader.ReadCount();
        var title = reader.ReadTextString();
        if (state is not (0 or 1 or 3) || title.EnumerateRunes().Count() > Limits.HubTitleCodePoints)
        {
            return null;
        }

        long? retention = reader.PeekState() == CborReaderState.UnsignedInteger ? reader.ReadCount() : null;
        reader.SkipToEndArray();
        return new HubCard { Card = card, Session = session, State = (PresenceState)state, At = at, Title = title, Retention = retention };
    }

    private static SignedList Signed(SpaceId space) => new SignedList(Label).Add(space.Value);
}
