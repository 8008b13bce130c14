// Owns: the secret of an epoch on its way from one who has it to one who lacks it.
// Must never: be sealed to a key that is not in the asker's device list; the caller looks.
using System.Formats.Cbor;

namespace Papo.Protocol;

/// <summary>A secret sealed to the one who asked: bound to the question, so that it answers no other one. Who opens it compares it with the commit's hash.</summary>
public sealed record SealedSecret(EntryId Commit, ReadOnlyMemory<byte> Sealed)
{
    private const string Label = "papo/1 key";

    /// <summary>Seals for an asking device's question.</summary>
    public static SealedSecret Seal(SpaceId space, Room room, EntryId commit, DeviceId asker, ReadOnlySpan<byte> nonce, ExchangeKey prekey, EpochSecret secret, ExchangeKeyPair ephemeral)
    {
        ArgumentNullException.ThrowIfNull(prekey);
        ArgumentNullException.ThrowIfNull(secret);
        return new SealedSecret(commit, Hpke.Seal(prekey, Info(space, room, commit, asker, nonce, prekey).Bytes, [], secret.Bytes.Span, ephemeral));
    }

    /// <summary>The secret, or null when it is not for this question or not the one whose hash is <paramref name="hash"/>.</summary>
    public EpochSecret? Open(SpaceId space, Room room, DeviceId asker, ReadOnlySpan<byte> nonce, ExchangeKeyPair prekey, ReadOnlySpan<byte> hash)
    {
        ArgumentNullException.ThrowIfNull(prekey);
        return Hpke.Open(prekey, Info(space, room, Commit, asker, nonce, prekey.Public).Bytes, [], Sealed.Span) is { } bytes
            && EpochSecret.TryRead(space, room, bytes, out var secret) && secret.Hash.Span.SequenceEqual(hash) ? secret : null;
    }

    internal static void Write(CborWriter writer, IReadOnlyList<SealedSecret> secrets)
    {
        writer.WriteStartArray(secrets.Count);
        foreach (var secret in secrets)
        {
            writer.WriteStartArray(2);
            writer.WriteId(secret.Commit.Value);
            writer.WriteByteString(secret.Sealed.Span);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    internal static SealedSecret[] Read(CborReader reader)
    {
        var secrets = new SealedSecret[reader.ReadArray(0, Limits.AskedSecrets)];
        for (var i = 0; i < secrets.Length; i++)
        {
            reader.ReadArray(2, 2);
            secrets[i] = new SealedSecret(new(reader.ReadId()), reader.ReadByteString());
            reader.ReadEndArray();
        }

        reader.ReadEndArray();
        return secrets;
    }

    private static SignedList Info(SpaceId space, Room room, EntryId commit, DeviceId asker, ReadOnlySpan<byte> nonce, ExchangeKey prekey) =>
        new SignedList(Label).Add(space.Value).Add(room.Name).Add(commit.Value).Add(asker.Value).Add(nonce).Add(prekey.Bytes.Span);
}
