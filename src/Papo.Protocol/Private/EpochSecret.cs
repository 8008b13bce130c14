// Owns: the secret of one epoch and every key that comes from it.
// Must never: print or log the secret, or give one key two purposes.
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Papo.Protocol;

/// <summary>
/// 32 bytes that everybody in a room shares for a time. Keys are bound to space, room and commit, and those of messages to the device that writes:
/// nobody who shares the secret can pass for another, and nothing sealed in one place opens in another.
/// </summary>
public sealed class EpochSecret
{
    /// <summary>Size in bytes.</summary>
    public const int Size = 32;

    private const string HashLabel = "papo/1 secret";
    private const string MessageLabel = "papo/1 message";
    private const string EphemeralLabel = "papo/1 sealed ephemeral";
    private const string TitleLabel = "papo/1 title";
    private const string PastLabel = "papo/1 past";
    private readonly SpaceId _space;
    private readonly Room _room;
    private readonly byte[] _secret;
    private readonly ConcurrentDictionary<(EntryId Commit, DeviceId Device), SealKey> _messageKeys = new();
    private readonly ConcurrentDictionary<EntryId, SealKey> _ephemeralKeys = new();

    private EpochSecret(SpaceId space, Room room, byte[] secret)
    {
        (_space, _room, _secret) = (space, room, secret);
        Hash = SHA256.HashData(new SignedList(HashLabel).Add(space.Value).Add(room.Name).Add(secret).Bytes);
    }

    /// <summary>The secret, for storing and sealing; keep it out of logs.</summary>
    public ReadOnlyMemory<byte> Bytes => _secret;

    /// <summary>What a commit says of it: who gets it from anybody knows by this that it is the right one.</summary>
    public ReadOnlyMemory<byte> Hash { get; }

    /// <summary>A fresh one from the system's generator.</summary>
    public static EpochSecret Generate(SpaceId space, Room room) => new(space, room, RandomNumberGenerator.GetBytes(Size));

    /// <summary>Takes 32 bytes.</summary>
    public static bool TryRead(SpaceId space, Room room, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out EpochSecret? secret)
    {
        secret = bytes.Length == Size ? new EpochSecret(space, room, bytes.ToArray()) : null;
        return secret is not null;
    }

    /// <summary>What the messages of a device in the epoch of a commit are sealed with.</summary>
    public SealKey MessageKey(EntryId commit, DeviceId device) =>
        _messageKeys.GetOrAdd((commit, device), static (of, self) => self.Derive(MessageLabel, of.Commit.Value, of.Device.Value), this);

    /// <summary>What typing and beacons in the epoch of a commit are sealed with.</summary>
    public SealKey EphemeralKey(EntryId commit) => _ephemeralKeys.GetOrAdd(commit, static (commit, self) => self.Derive(EphemeralLabel, commit.Value), this);

    /// <summary>What the name of the room is sealed with, in the commit that made this secret.</summary>
    public SealKey TitleKey() => Derive(TitleLabel);

    /// <summary>What the secret of an earlier commit is sealed with, for those who come later and may read it.</summary>
    public SealKey PastKey(EntryId parent) => Derive(PastLabel, parent.Value);

    private SealKey Derive(string label, params ReadOnlySpan<UInt128> bound)
    {
        var list = new SignedList(label).Add(_space.Value).Add(_room.Name);
        foreach (var id in bound)
        {
            list.Add(id);
        }

        return SealKey.Derive(_secret, list);
    }
}
