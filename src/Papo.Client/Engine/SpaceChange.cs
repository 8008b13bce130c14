// Owns: going on in another space or as another device, with every draft that nobody holds yet.
// Must never: carry a message from one community into another that its author did not mean.
using System.Threading.Channels;
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>What happens between two engines.</summary>
internal static class SpaceChange
{
    // A space this young can only have lost the race of its making (docs/PROTOCOL.md, Spaces).
    private const long YoungMilliseconds = 10 * 60_000;

    /// <summary>The folder to go on in. Drafts move along when the old space was not known yet, or was ours and young.</summary>
    public static SpaceFolder Follow(ChatOptions options, SpaceFolder folder, SpaceStore store, SpaceCard space, ChannelWriter<ChatChange> changes)
    {
        var profile = options.Profile;
        var existing = SpaceFolder.ForSpace(profile, space.Space);
        if (folder.Space is null && existing is null)
        {
            folder.Learn(space);
            return folder;
        }

        var url = options.Broker.ToString();
        var next = existing ?? SpaceFolder.Make(profile, url);
        if (next.Space is null)
        {
            next.Learn(space);
        }

        next.PinUrl(profile, url);
        var now = options.Time.GetUtcNow().ToUnixTimeMilliseconds();
        if (folder.Space is null || now - folder.Space.MadeAt < YoungMilliseconds)
        {
            Move(profile.Slot, store, next);
        }
        else
        {
            changes.TryWrite(new Noticed(new Notice(NoticeKind.SpaceChanged)));
        }

        return next;
    }

    /// <summary>Puts a slot's device aside; what nobody is known to hold goes out again from the next one.</summary>
    public static void Retire(Profile profile, SpaceFolder folder, SpaceStore store, DeviceId device)
    {
        foreach (var row in store.Outbox.OfSlot(profile.Slot).Where(row => row.Device == device))
        {
            if (row.Kind is EntryKind.Card or EntryKind.Commit || (row.Kind == EntryKind.Text && row.Body.IsEmpty))
            {
                store.Outbox.Remove(row.No);
            }
            else
            {
                store.Outbox.Redraft(row.No);
            }
        }

        store.Commit();
        folder.Retire(profile.Slot, device);
    }

    // Rooms joined and drafts written while the space was not known.
    private static void Move(int slot, SpaceStore from, SpaceFolder folder)
    {
        var rooms = from.Rooms.All().Where(static row => !row.Room.IsPrivate).ToDictionary(static row => row.No); // keys are of one space
        var rows = from.Outbox.OfSlot(slot).Where(row => row.Kind == EntryKind.Text && !row.Body.IsEmpty && rooms.ContainsKey(row.Room)).ToList();
        using var to = SpaceStore.Open(folder.StorePath);
        foreach (var row in rooms.Values.Where(static row => row.Joined))
        {
            to.Rooms.Join(to.Rooms.Get(row.Room).No);
        }

        foreach (var row in rows)
        {
            var room = to.Rooms.Get(rooms[row.Room].Room);
            to.Rooms.Join(room.No);

            // With its number; what it answers is not known there.
            to.Outbox.Add(row with { Slot = slot, Room = room.No, Extension = row.Extension with { Target = null }, Device = null, Seq = null, Entry = null });
        }

        to.Commit();
        foreach (var row in rows)
        {
            from.Outbox.Remove(row.No);
        }

        from.Commit();
    }
}
