// Owns: the body of a commit (entry kind 7): who is in a private room from here on, and the secret of the new epoch, sealed to each of their copies.
// Must never: decide whether it counts; that takes the commits before it (EpochGraph).
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>A secret sealed to one copy of a member.</summary>
public sealed record Wrap(AccountId Account, CopyId Copy, ReadOnlyMemory<byte> Sealed);

/// <summary>Where the log of somebody who is no longer in the room ends for the others.</summary>
public readonly record struct EndedLog(DeviceId Device, long LastSeq);

/// <summary>The secret of an earlier commit, sealed under the one of this commit.</summary>
public sealed record SealedPast(EntryId Parent, ReadOnlyMemory<byte> Sealed);

/// <summary>
/// CBOR <c>[1, genesis, [parent…], [member…], [admin…], [[device, last seq]…], secret hash, [[account, copy, sealed]…], title, [[parent, sealed]…], list?, [[device, last seq]…]?]</c>
/// (docs/PROTOCOL.md, Commits).
/// </summary>
public sealed record Commit
{
    /// <summary>Size of what a wrap seals a secret to, in bytes.</summary>
    public const int WrapSize = Hpke.Overhead + EpochSecret.Size;

    /// <summary>Size of a wrap in an encoded commit at most: array, account, copy, sealed secret.</summary>
    public const int EncodedWrapSize = 1 + (2 * (1 + 16)) + 2 + WrapSize;

    /// <summary>Size of the hash of a secret in bytes.</summary>
    public const int HashSize = 32;

    private const string WrapLabel = "papo/1 wrap";
    private const int MaxTitle = (4 * Limits.TitleCodePoints) + SealKey.Overhead;

    /// <summary>The begin of the room, in a first commit of a private room; else null.</summary>
    public Genesis? Genesis { get; init; }

    /// <summary>The commits that this one follows, in ascending order; none in a first commit.</summary>
    public IReadOnlyList<EntryId> Parents { get; init; } = [];

    /// <summary>Who is in the room, in ascending order.</summary>
    public required IReadOnlyList<AccountId> Members { get; init; }

    /// <summary>Who of them may invite and remove, in ascending order; empty for direct messages.</summary>
    public IReadOnlyList<AccountId> Admins { get; init; } = [];

    /// <summary>Logs of accounts that this commit removes, as far as they count; of a log that is not named nothing more is taken. In ascending order of device.</summary>
    public IReadOnlyList<EndedLog> Ended { get; init; } = [];

    /// <summary>See <see cref="EpochSecret.Hash"/>.</summary>
    public required ReadOnlyMemory<byte> SecretHash { get; init; }

    /// <summary>The secret for each copy, in ascending order of account and copy.</summary>
    public IReadOnlyList<Wrap> Wraps { get; init; } = [];

    /// <summary>The room's name for people, sealed under the new secret; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Title { get; init; }

    /// <summary>Secrets of the parents, where newcomers may read the past.</summary>
    public IReadOnlyList<SealedPast> Past { get; init; } = [];

    /// <summary>The author's device list where it takes copies of the author out of the room that the list names as removed; else empty.</summary>
    public ReadOnlyMemory<byte> OwnList { get; init; }

    /// <summary>With <see cref="OwnList"/>: logs of these copies, as far as they count; of one that is not named nothing more is taken. In ascending order of device.</summary>
    public IReadOnlyList<EndedLog> Expelled { get; init; } = [];

    /// <summary>Seals a secret to a copy for a commit by <paramref name="author"/> after <paramref name="parents"/>.</summary>
    public static Wrap Wrap(SpaceId space, Room room, DeviceId author, IReadOnlyList<EntryId> parents, AccountId account, ListedCopy copy, EpochSecret secret, ExchangeKeyPair ephemeral)
    {
        ArgumentNullException.ThrowIfNull(copy);
        ArgumentNullException.ThrowIfNull(secret);
        var info = WrapInfo(space, room, author, parents, copy.Copy, copy.Prekey, secret.Hash.Span);
        return new Wrap(account, copy.Copy, Hpke.Seal(copy.Prekey, info.Bytes, [], secret.Bytes.Span, ephemeral));
    }

    /// <summary>The secret in a wrap, or null when it is not for this key, was not made for this commit, or is not the one of the hash.</summary>
    public EpochSecret? Unwrap(SpaceId space, Room room, DeviceId author, Wrap wrap, ExchangeKeyPair prekey)
    {
        ArgumentNullException.ThrowIfNull(wrap);
        ArgumentNullException.ThrowIfNull(prekey);
        var info = WrapInfo(space, room, author, Parents, wrap.Copy, prekey.Public, SecretHash.Span);
        return Hpke.Open(prekey, info.Bytes, [], wrap.Sealed.Span) is { } bytes && EpochSecret.TryRead(space, room, bytes, out var secret) && secret.Hash.Span.SequenceEqual(SecretHash.Span)
            ? secret
            : null;
    }

    /// <summary>Encodes.</summary>
    public byte[] Encode()
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(OwnList.IsEmpty ? 10 : 12);
        writer.WriteInt32(1);
        WriteOptional(writer, Genesis?.Bytes ?? default);
        writer.WriteStartArray(Parents.Count);
        foreach (var parent in Parents)
        {
            writer.WriteId(parent.Value);
        }

        writer.WriteEndArray();
        writer.WriteAccounts(Members);
        writer.WriteAccounts(Admins);
        WriteEnded(writer, Ended);
        writer.WriteByteString(SecretHash.Span);
        WriteWraps(writer);
        WriteOptional(writer, Title);
        WritePast(writer);
        if (!OwnList.IsEmpty)
        {
            writer.WriteByteString(OwnList.Span);
            WriteEnded(writer, Expelled);
        }

        writer.WriteEndArray();
        return writer.Encode();
    }

    /// <summary>Reads.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Commit? commit)
    {
        commit = null;
        return bytes.Length <= Limits.Entry && Cbor.TryRead(bytes, Parse, out commit);
    }

    // The parents come last: how many there are is then no question.
    private static SignedList WrapInfo(SpaceId space, Room room, DeviceId author, IReadOnlyList<EntryId> parents, CopyId copy, ExchangeKey prekey, ReadOnlySpan<byte> secretHash)
    {
        var info = new SignedList(WrapLabel).Add(space.Value).Add(room.Name).Add(author.Value).Add(secretHash).Add(copy.Value).Add(prekey.Bytes.Span);
        foreach (var parent in parents)
        {
            info.Add(parent.Value);
        }

        return info;
    }

    private static void WriteOptional(CborWriter writer, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            writer.WriteNull();
        }
        else
        {
            writer.WriteByteString(bytes.Span);
        }
    }

    private static void WriteEnded(CborWriter writer, IReadOnlyList<EndedLog> ended)
    {
        writer.WriteStartArray(ended.Count);
        foreach (var log in ended)
        {
            writer.WriteStartArray(2);
            writer.WriteId(log.Device.Value);
            writer.WriteInt64(log.LastSeq);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private void WriteWraps(CborWriter writer)
    {
        writer.WriteStartArray(Wraps.Count);
        foreach (var wrap in Wraps)
        {
            writer.WriteStartArray(3);
            writer.WriteId(wrap.Account.Value);
            writer.WriteId(wrap.Copy.Value);
            writer.WriteByteString(wrap.Sealed.Span);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private void WritePast(CborWriter writer)
    {
        writer.WriteStartArray(Past.Count);
        foreach (var past in Past)
        {
            writer.WriteStartArray(2);
            writer.WriteId(past.Parent.Value);
            writer.WriteByteString(past.Sealed.Span);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static Commit? Parse(CborReader reader)
    {
        reader.ReadArray(10, 32);
        if (reader.ReadInt32() != 1)
        {
            return null;
        }

        var begin = ReadOptional(reader);
        Genesis? genesis = null;
        if (!begin.IsEmpty && !Protocol.Genesis.TryRead(begin, out genesis))
        {
            return null;
        }

        var parents = ReadParents(reader);
        var members = reader.ReadAccounts(Limits.PrivateMembers);
        var admins = reader.ReadAccounts(Limits.PrivateMembers);
        var ended = ReadEnded(reader);
        var hash = reader.ReadByteString();
        var wraps = ReadWraps(reader);
        var title = ReadOptional(reader);
        var past = ReadPast(reader);
        ReadOnlyMemory<byte> list = reader.PeekState() == CborReaderState.ByteString ? reader.ReadByteString() : default;
        var expelled = !list.IsEmpty && reader.PeekState() == CborReaderState.StartArray ? ReadEnded(reader) : [];
        reader.SkipToEndArray();
        return hash.Length != HashSize || title.Length > MaxTitle
            ? null
            : new Commit { Genesis = genesis, Parents = parents, Members = members, Admins = admins, Ended = ended, SecretHash = hash, Wraps = wraps, Title = title, Past = past, OwnList = list, Expelled = expelled };
    }

    private static ReadOnlyMemory<byte> ReadOptional(CborReader reader)
    {
        if (reader.PeekState() != CborReaderState.Null)
        {
            return reader.ReadByteString();
        }

        reader.ReadNull();
        return default;
    }

    private static EntryId[] ReadParents(CborReader reader)
    {
        var parents = new EntryId[reader.ReadArray(0, Limits.Parents)];
        for (var i = 0; i < parents.Length; i++)
        {
            parents[i] = new(reader.ReadId());
            Ascends(i == 0 || parents[i].Value > parents[i - 1].Value);
        }

        reader.ReadEndArray();
        return parents;
    }

    private static EndedLog[] ReadEnded(CborReader reader)
    {
        var ended = new EndedLog[reader.ReadArray(0, Limits.EndedLogs)];
        for (var i = 0; i < ended.Length; i++)
        {
            reader.ReadArray(2, 2);
            ended[i] = new(new(reader.ReadId()), reader.ReadSeq());
            reader.ReadEndArray();
            Ascends(i == 0 || ended[i].Device > ended[i - 1].Device);
        }

        reader.ReadEndArray();
        return ended;
    }

    private static Wrap[] ReadWraps(CborReader reader)
    {
        var wraps = new Wrap[reader.ReadArray(0, Limits.Wraps)];
        for (var i = 0; i < wraps.Length; i++)
        {
            reader.ReadArray(3, 3);
            wraps[i] = new(new(reader.ReadId()), new(reader.ReadId()), ReadSized(reader, WrapSize));
            reader.ReadEndArray();
            Ascends(i == 0 || (wraps[i].Account.Value, wraps[i].Copy.Value).CompareTo((wraps[i - 1].Account.Value, wraps[i - 1].Copy.Value)) > 0);
        }

        reader.ReadEndArray();
        return wraps;
    }

    private static SealedPast[] ReadPast(CborReader reader)
    {
        var past = new SealedPast[reader.ReadArray(0, Limits.Parents)];
        for (var i = 0; i < past.Length; i++)
        {
            reader.ReadArray(2, 2);
            past[i] = new(new(reader.ReadId()), ReadSized(reader, EpochSecret.Size + SealKey.Overhead));
            reader.ReadEndArray();
            Ascends(i == 0 || past[i].Parent.Value > past[i - 1].Parent.Value);
        }

        reader.ReadEndArray();
        return past;
    }

    private static byte[] ReadSized(CborReader reader, int size) =>
        reader.ReadByteString() is var bytes && bytes.Length == size ? bytes : throw new CborContentException($"{size} bytes are sealed here");

    private static void Ascends(bool does)
    {
        if (!does)
        {
            throw new CborContentException("a list in a commit ascends");
        }
    }
}
