// Owns: this device's own card on disk: made once a name, so that it stays the same over restarts.
// Must never: make a new card where the kept one still says the truth.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The own card of a slot.</summary>
internal static class DeviceCards
{
    /// <summary>The kept card if it is for this device and name, else a fresh one, which is kept.</summary>
    public static DeviceCard ReadOrMake(SpaceFolder folder, Profile profile, SpaceId space, KeyPair device, long now)
    {
        if (folder.ReadCard(profile.Slot) is { } bytes
            && DeviceCard.TryRead(space, bytes, out var kept)
            && kept.Device.Value == device.Public.Fingerprint
            && (kept.Name == profile.Name || profile.IsLinked))
        {
            return kept;
        }

        if (profile.AccountKey is not { } account)
        {
            throw new ProfileException(ProfileProblem.NotLinkedHere, profile.Path, "no card for this space");
        }

        var card = DeviceCard.Make(space, account, device, profile.Name, now);
        folder.KeepCard(profile.Slot, card.Bytes.Span);
        return card;
    }
}
