// Owns: answers made of messages and what amends them: pages and searches.
// Must never: show a message without the amendments that are held.
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Lines of the store as entries of a reply.</summary>
internal sealed class PageAnswer(EngineContext context)
{
    /// <summary>A page of a room.</summary>
    public (ReplyStatus Status, bool More) Page(PageRequest page, List<RoomEntries> answer, ReplySpace space)
    {
        if (!context.Rooms.TryGet(page.Room, out var room))
        {
            return (ReplyStatus.Gone, false);
        }

        var (entries, more) = WithAmendments(room, LinesOf(room, page).Where(static line => line.Entry is not null).Select(line => Part(room, line).FindAll(space.Fits)), space.Budget);
        answer.Add(new RoomEntries(page.Room, entries));
        return (ReplyStatus.Ok, more);
    }

    /// <summary>What a search finds; the hits of all rooms share one answer, the newest come first where they do not fit.</summary>
    public (ReplyStatus Status, bool More) Search(SearchRequest search, List<RoomEntries> answer, ReplySpace space)
    {
        if (context.Options.Hub is null)
        {
            return (ReplyStatus.UnknownOp, false); // members look into their own past only
        }

        var budget = space.Budget;
        var more = false;
        foreach (var hits in Past.Hits(context, search.Words, search.Rooms, search.From, search.Count).GroupBy(static hit => hit.Room))
        {
            if (context.Rooms.ByNo(hits.Key) is { } state && budget > 0)
            {
                var (entries, cut) = WithAmendments(state, hits.Where(static hit => hit.Guest is null).Select(hit => Part(state, hit.Id).FindAll(space.Fits)), budget);
                budget -= entries.Sum(PackedEntry.MaxSize);
                more |= cut;
                answer.Add(new RoomEntries(state.Room, entries));
            }
        }

        return (ReplyStatus.Ok, more);
    }

    // Each part is a line and what amends it.
    private (IReadOnlyList<Entry> Entries, bool More) WithAmendments(RoomState room, IEnumerable<List<Entry>> parts, int budget)
    {
        var found = new List<Entry>();
        var births = new Dictionary<DeviceId, IReadOnlyList<Entry>>();
        var more = false;
        foreach (var part in parts)
        {
            var fresh = part.Select(static entry => entry.Header.Device).Distinct().Where(device => !births.ContainsKey(device)).ToDictionary(static device => device, device => Birth(room, device));
            budget -= part.Concat(fresh.Values.SelectMany(static birth => birth)).Sum(PackedEntry.MaxSize);
            if (budget < 0)
            {
                more = true;
                break;
            }

            foreach (var (device, birth) in fresh)
            {
                births.Add(device, birth);
            }

            found.AddRange(part);
        }

        return ([.. births.Values.SelectMany(static birth => birth).Concat(found).DistinctBy(static entry => entry.Id)], more);
    }

    private List<Entry> Part(RoomState room, PageLine line) => line.IsAmended ? Part(room, line.Id) : [line.Entry!];

    private List<Entry> Part(RoomState room, EntryId id) => [.. context.Store.Entries.About(id).Select(static about => about.Id).Append(id)
        .Select(near => context.Store.Entries.Get(context.Self!.Space, room.Room, near)).OfType<Entry>()];

    private IEnumerable<PageLine> LinesOf(RoomState room, PageRequest page)
    {
        var from = new Place(page.Stamp, default, -1);
        return page.Anchor switch
        {
            PageAnchor.Latest => Lines(room, Place.Highest, page.Count, after: false),
            PageAnchor.Before => Lines(room, from, page.Count, after: false),
            PageAnchor.After => Lines(room, from, page.Count, after: true),
            _ => Lines(room, from, page.Count / 2, after: false).Concat(Lines(room, from, page.Count - (page.Count / 2), after: true)),
        };
    }

    private IReadOnlyList<PageLine> Lines(RoomState room, Place place, int count, bool after) =>
        context.Store.Entries.Page(context.Self!.Space, room.No, room.Room, place, count, after);

    private List<Entry> Birth(RoomState room, DeviceId device) =>
        [.. context.Store.Entries.Range(context.Self!.Space, room.No, room.Room, new EntryRange(device, 0, 0), 2)];
}
