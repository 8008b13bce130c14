// Owns: one entry: header, signature, body; how it is signed, named and verified.
// Must never: treat an unverified entry as anybody's; reading parses, only Verifies proves.
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Papo.Protocol;

/// <summary>One signed, numbered, chained entry of a log (docs/PROTOCOL.md, Entries). Immutable.</summary>
public sealed class Entry
{
    private const string SignLabel = "papo/1 entry";
    private const string IdLabel = "papo/1 id";

    private readonly Hash _bodyHash;

    private Entry(SpaceId space, Room room, EntryHeader header, ReadOnlyMemory<byte> headerBytes, ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte>? body, Hash bodyHash)
    {
        Room = room;
        Header = header;
        HeaderBytes = headerBytes;
        Signature = signature;
        Body = body;
        _bodyHash = bodyHash;
        Id = new(Hashing.Id(SignedList.Passing(IdLabel).Add(space.Value).Add(room.Name).Add(headerBytes.Span).Add(BodyHash)));
    }

    [InlineArray(SHA256.HashSizeInBytes)]
    private struct Hash
    {
        private byte _first;

        public static Hash Of(ReadOnlySpan<byte> body)
        {
            var hash = default(Hash);
            SHA256.HashData(body, hash);
            return hash;
        }

        public static Hash From(ReadOnlySpan<byte> bytes)
        {
            var hash = default(Hash);
            bytes.CopyTo(hash);
            return hash;
        }
    }

    /// <summary>The room whose log this belongs to; signed.</summary>
    public Room Room { get; }

    /// <summary>The parsed header.</summary>
    public EntryHeader Header { get; }

    /// <summary>The header as received or made.</summary>
    public ReadOnlyMemory<byte> HeaderBytes { get; }

    /// <summary>64 bytes.</summary>
    public ReadOnlyMemory<byte> Signature { get; }

    /// <summary>The body, or null where it was deleted or has expired and only its hash remains.</summary>
    public ReadOnlyMemory<byte>? Body { get; }

    /// <summary>SHA-256 of the body.</summary>
    public ReadOnlySpan<byte> BodyHash => _bodyHash;

    /// <summary>SHA-256("papo/1 id", space, room, header, body hash), its first 16 bytes.</summary>
    public EntryId Id { get; }

    /// <summary>What a sealed entry says, once it was opened here; null for others.</summary>
    public SealedContent? Opened { get; private init; }

    /// <summary>Whether this says something under a key: in a private room everything that people say.</summary>
    public bool IsSealed => Header.Version == EntryHeader.CurrentVersion && Header.Epoch is not null && Room.IsPrivate && IsSaid;

    /// <summary>What it is about: of a sealed entry what was sealed, once it is opened.</summary>
    public EntryExtension Extension => Opened?.Extension ?? Header.Extension;

    /// <summary>What it says, as far as that can be read here.</summary>
    public ReadOnlyMemory<byte>? Said => Opened is { } opened ? Body is null ? null : opened.Body : Header.Epoch is null ? Body : null;

    /// <summary>Whether this library understands the entry's version and kind, and can read it. What is said unsealed in a private room is nobody's word.</summary>
    public bool IsSupported => Header.Version == EntryHeader.CurrentVersion && (IsSaid
        ? Room.IsPrivate ? Opened is not null : Header.Epoch is null
        : Header.Epoch is null && Header.Kind is EntryKind.Card or EntryKind.Delete or EntryKind.Commit);

    private bool IsSaid => Header.Kind is EntryKind.Text or EntryKind.Edit or EntryKind.Reaction or EntryKind.Guest;

    /// <summary>Whether it stands for itself in a conversation; else it is a card, or amends another one.</summary>
    public bool IsLine => !IsSupported || Header.Kind is EntryKind.Text or EntryKind.Guest;

    /// <summary>Makes and signs an entry.</summary>
    public static Entry Sign(SpaceId space, Room room, EntryHeader header, ReadOnlyMemory<byte> body, KeyPair device)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(device);
        var headerBytes = header.Encode();
        var hash = Hash.Of(body.Span);
        return new Entry(space, room, header, headerBytes, device.Sign(Signed(space, room, headerBytes, hash)), body, hash);
    }

    /// <summary>Takes the parts of an entry; false when the header is malformed or a size is out of bounds.</summary>
    public static bool TryRead(SpaceId space, Room room, ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte> body, [NotNullWhen(true)] out Entry? entry)
    {
        ArgumentNullException.ThrowIfNull(room);
        entry = null;
        if (header.Length + signature.Length + body.Length > Limits.Entry
            || signature.Length != PublicKey.SignatureSize
            || !EntryHeader.TryRead(header, out var parsed))
        {
            return false;
        }

        entry = new Entry(space, room, parsed, header, signature, body, Hash.Of(body.Span));
        return true;
    }

    /// <summary>Takes an entry whose body is gone: only its hash remains.</summary>
    public static bool TryReadWithoutBody(SpaceId space, Room room, ReadOnlyMemory<byte> header, ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte> bodyHash, [NotNullWhen(true)] out Entry? entry)
    {
        ArgumentNullException.ThrowIfNull(room);
        entry = null;
        if (signature.Length != PublicKey.SignatureSize || bodyHash.Length != SHA256.HashSizeInBytes || !EntryHeader.TryRead(header, out var parsed))
        {
            return false;
        }

        entry = new Entry(space, room, parsed, header, signature, null, Hash.From(bodyHash.Span));
        return true;
    }

    /// <summary>The same entry with what was sealed in it.</summary>
    public Entry Open(SpaceId space, SealedContent content) => new(space, Room, Header, HeaderBytes, Signature, Body, _bodyHash) { Opened = content };

    /// <summary>The same entry without its body: what is left when its time is over. It still verifies.</summary>
    public Entry WithoutBody(SpaceId space) => new(space, Room, Header, HeaderBytes, Signature, null, _bodyHash);

    /// <summary>
    /// Whether <paramref name="card"/>'s device signed this entry, for this space and room, and the entry says so itself.
    /// A card entry must also carry a card of that very device, and entry 0 must be a card in every version: from it alone a late-comer
    /// can verify the rest.
    /// </summary>
    public bool Verifies(SpaceId space, DeviceCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return Header.Device == card.Device
            && Header.Account == card.Account
            && card.DeviceKey.Verifies(Signed(space, Room, HeaderBytes.Span, BodyHash), Signature.Span)
            && (!MustCarryCard || (TryReadCard(space, out var inside) && inside.Device == card.Device && inside.Account == card.Account));
    }

    private bool MustCarryCard => Header.Seq == 0 || (Header.Kind == EntryKind.Card && IsSupported);

    /// <summary>The card inside a card entry.</summary>
    public bool TryReadCard(SpaceId space, [NotNullWhen(true)] out DeviceCard? card)
    {
        card = null;
        return Header.Kind == EntryKind.Card && Body is { } body && DeviceCard.TryRead(space, body, out card);
    }

    private static SignedList Signed(SpaceId space, Room room, ReadOnlySpan<byte> header, ReadOnlySpan<byte> bodyHash) =>
        SignedList.Passing(SignLabel).Add(space.Value).Add(room.Name).Add(header).Add(bodyHash);
}
