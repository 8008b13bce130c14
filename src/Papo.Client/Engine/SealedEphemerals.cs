// Owns: beacons and typing of private rooms: sealed on the way out, opened on the way in.
// Must never: say anything of a private room in the clear.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Ephemerals as they travel; those of open rooms are left as they are.</summary>
internal sealed class SealedEphemerals(EngineContext context)
{
    /// <summary>An ephemeral as it goes out in a room; null where there is no key for it.</summary>
    public byte[]? Seal(RoomState room, byte[] ephemeral)
    {
        if (!room.Room.IsPrivate)
        {
            return ephemeral;
        }

        return context.Epochs.Of(room) is { Graph: { Tip: { } tip, MustFollow: false } } known && known.Secrets.TryGetValue(tip.Id, out var secret)
            ? SealedEphemeral.Seal(secret.EphemeralKey(tip.Id), tip.Epoch, ephemeral, SealKey.RandomNonce())
            : null;
    }

    /// <summary>An ephemeral as it was said; null where it cannot be opened.</summary>
    public ReadOnlyMemory<byte>? Open(RoomState room, ReadOnlyMemory<byte> payload)
    {
        if (!room.Room.IsPrivate)
        {
            return payload;
        }

        if (context.Epochs.Of(room) is not { } known || !SealedEphemeral.TryEpoch(payload.Span, out var epoch))
        {
            return null;
        }

        foreach (var node in known.Graph.OfEpoch(epoch))
        {
            if (known.Secrets.TryGetValue(node.Id, out var secret) && SealedEphemeral.Open(secret.EphemeralKey(node.Id), payload.Span) is { } opened)
            {
                return opened;
            }
        }

        return null;
    }
}
