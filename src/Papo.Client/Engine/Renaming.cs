// Owns: taking a new display name: a new card, said in every room that this device has written in, and in its presence.
// Must never: change keys; a name is only a label on them.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Changing one's name.</summary>
internal static class Renaming
{
    public static void Apply(Engine engine, Profile profile, SpaceFolder folder)
    {
        var context = engine.Context;
        if (context.Self is not { } self || profile.AccountKey is not { } account)
        {
            return;
        }

        var card = DeviceCard.Make(self.Space, account, self.DeviceKey, profile.Name, Math.Max(context.Wall, self.Card.MadeAt + 1));
        folder.KeepCard(profile.Slot, card.Bytes.Span);
        context.Self = self with { Card = card };
        context.Roster.Learn(card);
        foreach (var room in context.Rooms.Joined.Where(room => room.Book.TryGet(self.Device, out _)))
        {
            context.Outbox.Append(room, EntryKind.Card, card.Bytes);
        }

        engine.Presence.Publish();
    }
}
