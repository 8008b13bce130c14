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
    internal const long YoungMilliseconds = 10 * 60_000;

    /// <summary>The folder to go on in. Drafts move along when the old space was not known yet, or was ours and young.</summary>
    public static SpaceFolder Follow(ChatOptions options, SpaceFolder folder, SpaceStore store, SpaceCard space, ChannelWriter<ChatChange> changes)
    {
        var (profile, was) = (options.Profile, folder.Space);
        var next = folder.Next(profile, options.Broker.ToString(), space);
        if (next.StorePath == folder.StorePath)
        {
            return next;
        }

        var now = options.Time.GetUtcNow().ToUnixTimeMilliseconds();
        if (was is null || now - was.MadeAt < YoungMilliseconds)
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
        Redraft(store, profile.Slot, row => row.Device == device);
        store.Commit();
        folder.Retire(profile.Slot, device);
        if (profile.IsLinked)
        {
            folder.TakeSpare(profile);
        }
    }

    /// <summary>Turns what a device numbered that signs no more into drafts again, and takes away what only that device could have said.</summary>
    public static void Redraft(SpaceStore store, int slot, Predicate<OutboxRow> isOfIt)
    {
        var rows = store.Outbox.OfSlot(slot);
        var gone = TakenBack(rows);
        var again = rows.Where(row => isOfIt(row) && row.Kind is not (EntryKind.Card or EntryKind.Commit) && (row.Kind == EntryKind.Delete || !gone(row))).ToList();
        foreach (var row in rows.Where(row => isOfIt(row)).Except(again))
        {
            store.Outbox.Remove(row.No);
        }

        again.ForEach(row => store.Outbox.Redraft(row.No));
        var named = rows.Select(static row => row.Extension.Target).OfType<EntryId>().ToHashSet();
        again.FindAll(row => named.Contains(row.Entry!.Value)).ForEach(row => store.Outbox.AwaitEntry(row.Entry!.Value, row.No));
    }

    // Rooms joined and drafts written while the space was not known.
    private static void Move(int slot, SpaceStore from, SpaceFolder folder)
    {
        var rooms = from.Rooms.All().Where(static row => !row.Room.IsPrivate).ToDictionary(static row => row.No); // keys are of one space
        var rows = ToCarry([.. from.Outbox.OfSlot(slot).Where(row => rooms.ContainsKey(row.Room))]);
        using var to = SpaceStore.Open(folder.StorePath);
        foreach (var row in rooms.Values.Where(static row => row.Joined))
        {
            to.Rooms.Join(to.Rooms.Get(row.Room).No);
        }

        foreach (var row in rows)
        {
            var room = to.Rooms.Get(rooms[row.Room].Room);
            to.Rooms.Join(room.No);
            to.Outbox.Add(row with { Slot = slot, Room = room.No, Extension = row.Extension with { Target = null }, Device = null, Seq = null, Entry = null });
        }

        to.Commit();
        foreach (var row in rows)
        {
            from.Outbox.Remove(row.No);
        }

        from.Commit();
    }

    // Messages, with their numbers, and what was said about them since. What is about messages that stay behind stays with them; an answer to
    // one of those goes along and does not say to what, for nobody knows that there.
    private static List<OutboxRow> ToCarry(IReadOnlyList<OutboxRow> rows)
    {
        var gone = TakenBack(rows);
        var messages = rows.Where(row => row.Kind == EntryKind.Text && !gone(row)).ToList();
        var numbers = messages.Where(static row => row.Entry is not null).ToDictionary(static row => row.Entry!.Value, static row => row.No);
        var known = messages.Select(static row => row.No).ToHashSet();
        return
        [
            .. rows.Select(row => row with { About = About(row) })
                .Where(row => known.Contains(row.No) || (row.Kind is EntryKind.Edit or EntryKind.Reaction && row.About is not null && !gone(row))),
        ];

        long? About(OutboxRow row) => row.Extension.Target is { } target ? numbers.TryGetValue(target, out var no) ? no : null : row.About is { } draft && known.Contains(draft) ? draft : null;
    }

    // Messages that were deleted before anybody was known to hold them, and what is about those: nobody need ever see that.
    private static Predicate<OutboxRow> TakenBack(IReadOnlyList<OutboxRow> rows)
    {
        var entries = rows.Where(static row => row.Kind == EntryKind.Delete).Select(static row => row.Extension.Target).OfType<EntryId>().ToHashSet();
        return row => (row.Kind is EntryKind.Text or EntryKind.Edit && row.Body.IsEmpty)
            || (row.Entry is { } entry && entries.Contains(entry))
            || (row.Kind is EntryKind.Edit or EntryKind.Reaction && row.Extension.Target is { } target && entries.Contains(target));
    }
}
