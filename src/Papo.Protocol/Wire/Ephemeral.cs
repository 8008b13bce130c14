// Owns: what travels on chat/{room}/e: typing and beacons, signed, never stored.
// Must never: be more than a hint; a head in a beacon is believed only with its signed entry.
using System.Diagnostics.CodeAnalysis;
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>The newest entry somebody claims to hold of a log.</summary>
public readonly record struct Head(DeviceId Device, long Seq, EntryId Id);

/// <summary>What an ephemeral message says.</summary>
public abstract record EphemeralBody;

/// <summary>The device's owner is typing, or stopped.</summary>
public sealed record TypingBody(bool Typing) : EphemeralBody;

/// <summary>A summary of what the device holds of the room (docs/PROTOCOL.md, Beacons).</summary>
/// <param name="Digest">Over the settled heads; see <see cref="HeadsDigest"/>.</param>
/// <param name="Count">Logs in the digest.</param>
/// <param name="Changed">Heads that changed since this device's last beacon, at most <see cref="Limits.BeaconChanges"/>.</param>
public sealed record BeaconBody(UInt128 Digest, long Count, IReadOnlyList<Head> Changed) : EphemeralBody;

/// <summary>CBOR <c>[1, type, account, device, at, …]</c> and the device's signature; at in Unix milliseconds.</summary>
public sealed record Ephemeral(AccountId Account, DeviceId Device, long At, EphemeralBody Body)
{
    private const string Label = "papo/1 ephemeral";
    private const int BeaconType = 0;
    private const int TypingType = 1;
    private const int MaxBytes = 4 * 1024;

    /// <summary>Encodes and signs.</summary>
    public byte[] Sign(SpaceId space, Room room, KeyPair device)
    {
        var writer = Cbor.Writer();
        writer.WriteStartArray(Body is BeaconBody ? 8 : 6);
        writer.WriteInt32(1);
        writer.WriteInt32(Body is BeaconBody ? BeaconType : TypingType);
        writer.WriteId(Account.Value);
        writer.WriteId(Device.Value);
        writer.WriteInt64(At);
        if (Body is BeaconBody beacon)
        {
            writer.WriteId(beacon.Digest);
            writer.WriteInt64(beacon.Count);
            writer.WriteStartArray(beacon.Changed.Count);
            foreach (var head in beacon.Changed)
            {
                writer.WriteStartArray(3);
                writer.WriteId(head.Device.Value);
                writer.WriteInt64(head.Seq);
                writer.WriteId(head.Id.Value);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }
        else if (Body is TypingBody typing)
        {
            writer.WriteBoolean(typing.Typing);
        }

        writer.WriteEndArray();
        return SignedContent.Make(device, Signed(space, room), writer.Encode());
    }

    /// <summary>Reads without verifying; <paramref name="split"/> serves <see cref="IsSignedBy"/>.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out Ephemeral? ephemeral, out SignedContent split)
    {
        ephemeral = null;
        split = default;
        return bytes.Length <= MaxBytes && SignedContent.TrySplit(bytes, out split) && Cbor.TryRead(split.Content, Parse, out ephemeral);
    }

    /// <summary>Whether <paramref name="card"/>'s device said this in this room.</summary>
    public bool IsSignedBy(DeviceCard card, SpaceId space, Room room, SignedContent split)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.Device == Device && card.Account == Account && split.IsSignedBy(card.DeviceKey, Signed(space, room));
    }

    private static Ephemeral? Parse(CborReader reader)
    {
        reader.ReadArray(6, 32);
        if (reader.ReadInt32() != 1)
        {
            return null;
        }

        var type = reader.ReadInt32();
        var account = new AccountId(reader.ReadId());
        var device = new DeviceId(reader.ReadId());
        var at = reader.ReadCount();
        EphemeralBody? body = type switch
        {
            BeaconType => ReadBeacon(reader),
            TypingType => new TypingBody(reader.ReadBoolean()),
            _ => null,
        };
        reader.SkipToEndArray();
        return body is null ? null : new Ephemeral(account, device, at, body);
    }

    private static BeaconBody ReadBeacon(CborReader reader)
    {
        var digest = reader.ReadId();
        var count = reader.ReadCount();
        var changed = new Head[reader.ReadArray(0, Limits.BeaconChanges)];
        for (var i = 0; i < changed.Length; i++)
        {
            reader.ReadArray(3, 3);
            changed[i] = new(new(reader.ReadId()), reader.ReadSeq(), new(reader.ReadId()));
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return new BeaconBody(digest, count, changed);
    }

    private static SignedList Signed(SpaceId space, Room room) => new SignedList(Label).Add(space.Value).Add(room.Name);
}
