// Owns: reading what was said: pages of a room, single messages, searches, listings; asking a member for what is not here.
// Must never: change anything but the store's knowledge of the past.
using Papo.Client.Store;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The past of rooms.</summary>
internal sealed class Past(Calls calls, TimeProvider time)
{
    private const int MostPages = 64;

    private const int MostLines = 1_000; // of one question

    private const int SpareHits = 8;

    private const int MostHits = 10_000; // of one search

    // A page repeats the last moment, for several messages may share it; so many more are asked for.
    private const int SharedStamps = 16;

    private sealed record PastAnswer(DeviceId Peer, bool IsHub, bool IsWhole, AskOutcome Outcome);

    /// <summary>
    /// A page of a room. What is here may have holes that nobody counts (a search or a reply brings single messages of long ago), so every page
    /// but the latest of a room that has caught up is asked for once; then what is nearest here is what is nearest.
    /// </summary>
    public async Task<HistoryPage> ReadAsync(Room room, HistoryQuery query, TimeSpan limit, CancellationToken cancellation)
    {
        var page = await calls.AskAsync(engine => Local(engine.Context, room, query), cancellation).ConfigureAwait(false);
        var isLatest = query is { Count: <= CatchingUp.FirstPage, BeforeId: null, BeforeTime: null, AfterId: null, AfterTime: null };
        if (page.UnknownAnchor || limit <= TimeSpan.Zero || (isLatest && page.Complete && page.Messages.Count == query.Count))
        {
            return page;
        }

        var source = await FetchAsync(room, query, limit, cancellation).ConfigureAwait(false);
        page = await calls.AskAsync(engine => Local(engine.Context, room, query), cancellation).ConfigureAwait(false);
        return page with { Source = source };
    }

    public static ChatMessage? Find(EngineContext context, string prefix)
    {
        if (prefix.Length is 0 or > 26
            || !EntryId.TryParse(prefix.PadRight(26, 'a'), out var low)
            || !TryHighest(prefix, out var high)
            || context.Store.Entries.FindBetween(low, high) is not { } line)
        {
            return null;
        }

        return context.Store.Rooms.All().FirstOrDefault(row => row.No == line.Room) is { } row ? context.Views.Fold(row.Room, line) : null;
    }

    /// <summary>
    /// What a message answers, what that answers and so on, and everything that answers any of them: oldest first, as far as it is here. Empty when the message is not.
    /// </summary>
    public static IReadOnlyList<ChatMessage> Thread(EngineContext context, EntryId id)
    {
        if (context.Store.Entries.Find(id) is not { } root || context.Store.Rooms.All().FirstOrDefault(row => row.No == root.Room) is not { Room: var room })
        {
            return [];
        }

        var seen = new HashSet<EntryId> { root.Id };
        while (root.TryHeader(out var header) && header.Extension.Target is { } target && context.Store.Entries.Find(target) is { } above && above.Room == root.Room && seen.Add(above.Id))
        {
            root = above;
        }

        var lines = new List<StoredLine> { root };
        for (var at = 0; at < lines.Count && lines.Count < MostLines; at++)
        {
            lines.AddRange(context.Store.Entries.Answers(lines[at].Id, MostLines - lines.Count).Where(line => line.Room == root.Room && lines.TrueForAll(other => other.Id != line.Id)));
        }

        return [.. lines.OrderBy(static line => new Place(line.Sort, line.Device, line.Seq)).Select(line => context.Views.Fold(room, line))];
    }

    /// <summary>Messages with all words in some rooms (in all for none), the newest first, as they are stored. A hit in an edit stands for the message that was edited.</summary>
    public static IReadOnlyList<StoredLine> Hits(EngineContext context, string words, IReadOnlyList<Room> rooms, string? from, int count)
    {
        var rows = context.Store.Rooms.All().Where(row => rooms.Count == 0 || rooms.Contains(row.Room)).ToDictionary(static row => row.No);
        long[] numbers = [.. rows.Keys];

        // Some hits come to nothing: two of one message, an edit that does not count. Then more are looked at.
        for (var most = count + SpareHits; ; most *= 4)
        {
            var hits = context.Store.Words.Search(words, numbers, most);
            var found = hits.Select(hit => Meant(context, hit)).OfType<StoredLine>().DistinctBy(static line => line.Id)
                .Where(line => rows.TryGetValue(line.Room, out var row) && IsWanted(context.Views.Fold(row.Room, line), from)).Take(count).ToList();
            if (found.Count == count || hits.Count < most || most >= MostHits)
            {
                return found;
            }
        }
    }

    /// <summary>Searches here, after a hub has sent what it finds.</summary>
    public async Task<SearchPage> SearchAsync(string words, Room? room, string? from, int count, TimeSpan limit, CancellationToken cancellation)
    {
        var hubAnswered = limit > TimeSpan.Zero && await AskHubAsync(words, room, from, count, limit, cancellation).ConfigureAwait(false);
        var messages = await calls.AskAsync(engine => Local(engine.Context, words, room, from, count), cancellation).ConfigureAwait(false);
        return new SearchPage(messages, hubAnswered ? PastSource.Hub : PastSource.ThisComputer);
    }

    private static StoredLine? Meant(EngineContext context, StoredLine hit) =>
        hit.Kind == EntryKind.Edit && hit.TryHeader(out var header) && header.Extension.Target is { } target ? context.Store.Entries.Find(target) : hit;

    private static bool IsWanted(ChatMessage message, string? from) =>
        message.Text is not null && (from is null || message.From.Name.Equals(from, StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<ChatMessage> Local(EngineContext context, string words, Room? room, string? from, int count)
    {
        var rows = context.Store.Rooms.All().ToDictionary(static row => row.No);
        return [.. Hits(context, words, room is null ? [] : [room], from, count).Select(line => context.Views.Fold(rows[line.Room].Room, line))];
    }

    private async Task<bool> AskHubAsync(string words, Room? room, string? from, int count, TimeSpan limit, CancellationToken cancellation)
    {
        var answered = new TaskCompletionSource<PastAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        calls.Post(engine =>
        {
            var context = engine.Context;
            var rooms = room is null ? context.Rooms.Joined.Select(static state => state.Room).Where(static room => !room.IsPrivate).Take(SearchRequest.MaxRooms).ToList() : room.IsPrivate ? [] : [room];
            var search = new SearchRequest(words, rooms, from, Math.Min(count, SearchRequest.MaxCount));
            if (!context.IsUp || !search.IsInBounds || context.Hubs.Serving is not [var hub, ..])
            {
                answered.TrySetResult(null);
                return;
            }

            context.Asking.Ask(hub, search, (outcome, _) => answered.TrySetResult(new PastAnswer(hub.Device, IsHub: true, IsWhole: true, outcome)));
        });
        return await InTimeAsync(answered.Task, limit, cancellation).ConfigureAwait(false) is { Outcome.Status: ReplyStatus.Ok };
    }

    public static IReadOnlyList<RoomSummary> Rooms(EngineContext context)
    {
        var people = context.Roster.People(null).Where(static person => person.Online).ToList();
        var joined = context.Rooms.Joined.Select(state =>
        {
            var (messages, last) = context.Store.Entries.Count(state.No);
            return new RoomSummary(state.Room, true, Online(context, people, state), messages, last?.Time, (int)context.Healing.Missing(state));
        });
        var others = people.SelectMany(static person => person.Rooms).DistinctBy(static room => room.Name)
            .Where(room => !context.Rooms.TryGet(room, out _))
            .OrderBy(static room => room.Name, StringComparer.Ordinal)
            .Select(room => new RoomSummary(room, false, Online(people, room), 0, null, 0));
        return [.. joined, .. others];
    }

    private static int Online(EngineContext context, List<Person> people, RoomState room) => context.Epochs.Of(room) is { } known
        ? people.Count(person => person.Who.Account is { } account && known.IsMember(account, context.Self!.Account))
        : Online(people, room.Room);

    private static int Online(List<Person> people, Room room) => people.Count(person => person.Rooms.Contains(room));

    private static bool TryHighest(string prefix, out EntryId high)
    {
        // 26 characters carry 130 bits: the last one of an id has two that are zero.
        var filled = prefix.Length == 26 ? prefix : prefix.PadRight(25, '7') + '4';
        return EntryId.TryParse(filled, out high);
    }

    // Asks members for the wanted page, piece by piece, the next member when one is silent or may not have been there for all of it. Who helped.
    private async Task<PastSource> FetchAsync(Room room, HistoryQuery query, TimeSpan limit, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        var asked = new HashSet<DeviceId>();
        var source = PastSource.ThisComputer;
        var left = query.Count;
        (Hlc Lowest, Hlc Highest)? reached = null;
        for (var pages = 0; pages < MostPages && limit - time.GetElapsedTime(began) is var patience && patience > TimeSpan.Zero; pages++)
        {
            var answered = new TaskCompletionSource<PastAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var page = Math.Min(left, MostLines);
            calls.Post(engine => AskOne(engine.Context, room, context => Question(context, room, query, reached, left), asked, page, answered));
            if (await InTimeAsync(answered.Task, patience, cancellation).ConfigureAwait(false) is not { } answer)
            {
                break;
            }

            var outcome = answer.Outcome;
            source = outcome.Fresh == 0 ? source : answer.IsHub ? PastSource.Hub : PastSource.Member;
            if (!answer.IsWhole)
            {
                asked.Add(answer.Peer);
                reached = outcome.Lines ?? reached;
                continue; // with somebody else, who may know what came before that
            }

            left -= outcome.More ? 0 : page;
            if (left <= 0 || outcome.Lines is null || outcome.Lines == reached)
            {
                break;
            }

            reached = outcome.Lines;
        }

        return source;
    }

    private static void AskOne(EngineContext context, Room room, Func<EngineContext, PageRequest> question, HashSet<DeviceId> asked, int wanted, TaskCompletionSource<PastAnswer?> answered)
    {
        if (!context.IsUp || !context.Rooms.TryGet(room, out _) || context.Elders.Next(room, asked) is not { } peer)
        {
            answered.TrySetResult(null);
            return;
        }

        context.Asking.Ask(peer, question(context), (outcome, _) => answered.TrySetResult(
            new PastAnswer(peer.Device, context.Hubs.Replica(peer.Device) is not null, context.Elders.IsWhole(peer, outcome, wanted), outcome)));
    }

    private async Task<PastAnswer?> InTimeAsync(Task<PastAnswer?> answer, TimeSpan limit, CancellationToken cancellation)
    {
        try
        {
            return await answer.WaitAsync(limit, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    // From the bound, or from where the last piece ended. Several messages may share a stamp: the last one is repeated.
    private static PageRequest Question(EngineContext context, Room room, HistoryQuery query, (Hlc Lowest, Hlc Highest)? reached, int left)
    {
        var count = (int)Math.Clamp((long)left + SharedStamps, 1, MostLines);
        var (after, before) = context.Rooms.TryGet(room, out var state) ? Bounds(context, state.No, query) : default;
        if (after is { } from)
        {
            return new PageRequest(room, PageAnchor.After, new Hlc(Math.Max(1, (reached?.Highest ?? from.Sort).Value) - 1), count);
        }

        return (reached?.Lowest ?? before?.Sort) is { } stamp && stamp < Hlc.Max
            ? new PageRequest(room, PageAnchor.Before, new Hlc(stamp.Value + 1), count)
            : new PageRequest(room, PageAnchor.Latest, default, count);
    }

    private static HistoryPage Local(EngineContext context, Room room, HistoryQuery query)
    {
        var row = context.Store.Rooms.All().FirstOrDefault(row => row.Room == room);
        if (row is null)
        {
            return new HistoryPage([], context.IsUp, query.BeforeId is not null || query.AfterId is not null);
        }

        if (IsUnknown(context, row.No, query.BeforeId) || IsUnknown(context, row.No, query.AfterId))
        {
            return new HistoryPage([], false, true);
        }

        var (after, before) = Bounds(context, row.No, query);
        var lines = after is { } from
            ? context.Store.Entries.After(row.No, from, query.Count).TakeWhile(line => before is not { } to || new Place(line.Sort, line.Device, line.Seq).CompareTo(to) < 0)
            : context.Store.Entries.Before(row.No, before ?? Place.Highest, query.Count).Reverse();
        var complete = context.IsUp && context.Rooms.TryGet(room, out var state) && state.Stage == CatchUpStage.Done && context.Healing.Missing(state) == 0;
        return new HistoryPage([.. lines.Select(line => context.Views.Fold(room, line))], complete, false);
    }

    private static bool IsUnknown(EngineContext context, long room, EntryId? anchor) => anchor is { } id && context.Store.Entries.Find(id)?.Room != room;

    private static (Place? After, Place? Before) Bounds(EngineContext context, long room, HistoryQuery query) => (
        PlaceOf(context, room, query.AfterId) ?? PlaceOf(query.AfterTime, end: true),
        PlaceOf(context, room, query.BeforeId) ?? PlaceOf(query.BeforeTime, end: false));

    private static Place? PlaceOf(EngineContext context, long room, EntryId? anchor) =>
        anchor is { } id && context.Store.Entries.Find(id) is { } line && line.Room == room ? new Place(line.Sort, line.Device, line.Seq) : null;

    private static Place? PlaceOf(DateTimeOffset? time, bool end) => time is { } at
        ? end ? new Place(Hlc.At(at.ToUnixTimeMilliseconds()), new DeviceId(UInt128.MaxValue), long.MaxValue) : new Place(Hlc.At(at.ToUnixTimeMilliseconds()), default, -1)
        : null;
}
