// Owns: how soon somebody who was away, or is new, has the past from a hub.
// Must never: let the broker or another member help the hub.
using System.Diagnostics;
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;
using Papo.Tests.World;

namespace Papo.Bench;

/// <summary>10,000 messages over 20 rooms missed; a long room met for the first time.</summary>
internal static class PastBench
{
    private const int Rooms = 20;
    private const int Missed = 10_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<string> Archives { get; } = ["sqlite", "postgres"];

    public static async Task RunAsync(string archive, Size size, Report report)
    {
        var disk = Disk.All[^1];
        await using var server = archive == "postgres" ? await PostgresServer.StartAsync() : null;
        await using var broker = await Broker.StartAsync(Broker.Roomy);
        await using var hub = await PapoPerson.ArriveAsync("hub", "chat", broker, disk, options => options with { Hub = new HubRole("bench") { Open = server is null ? null : server.Place.Open } });
        await AwayAsync(archive, broker, hub, disk, report);
        await NewAsync(archive, broker, hub, disk, size.Long, report);
    }

    private static async Task AwayAsync(string archive, Broker broker, PapoPerson hub, Disk disk, Report report)
    {
        var load = SignedLoad.Make(await SpaceOfAsync(broker), devices: 10, Rooms, Missed);
        var home = disk.MakeFolder();
        try
        {
            await using (var bia = await PapoPerson.ArriveAsync("bia", "chat", broker, disk, home: home))
            {
                foreach (var room in load.Births.Select(static birth => birth.Room).Distinct())
                {
                    await bia.Client.JoinAsync(room, CancellationToken.None);
                }

                await FeedAsync(broker, load.Births);
                await UntilAsync(async () => (await bia.Client.RoomsAsync(CancellationToken.None)).Count == Rooms);
                await bia.Client.CatchUpAsync(null, Patience, CancellationToken.None);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System); // the cursor is asked for, answered and kept
            }

            await FeedAsync(broker, load.Texts);
            await UntilAsync(async () => (await hub.Client.RoomsAsync(CancellationToken.None)).Sum(static room => room.Messages) == Missed);
            await RestartAsync(broker, disk);
            var began = Stopwatch.GetTimestamp();
            var heard = 0;
            await using var back = await PapoPerson.ArriveAsync("bia", "chat", broker, disk, home: home, heard: _ => heard++);
            var missing = await back.Client.CatchUpAsync(null, Patience, CancellationToken.None);
            var taken = Stopwatch.GetElapsedTime(began);
            await UntilAsync(() => Task.FromResult(heard == Missed));
            report.Add(new PastRow(archive, missing == 0 ? $"away, {Rooms} rooms" : $"away, {missing} MISSING", heard, taken.TotalMilliseconds));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static async Task NewAsync(string archive, Broker broker, PapoPerson hub, Disk disk, int count, Report report)
    {
        var before = await CountAsync(hub);
        var load = SignedLoad.Make(await SpaceOfAsync(broker), devices: 10, rooms: 1, count);
        await FeedAsync(broker, [.. load.Births, .. load.Texts]);
        await UntilAsync(async () => await CountAsync(hub) == before + count);
        await RestartAsync(broker, disk);
        var began = Stopwatch.GetTimestamp();
        await using var caio = await PapoPerson.ArriveAsync("caio", "chat", broker, disk);
        var page = await caio.Client.HistoryAsync(Room.General, new HistoryQuery(50), Patience, CancellationToken.None);
        report.Add(new PastRow(archive, $"new in a room of {before + count}: the last", page.Messages.Count, Stopwatch.GetElapsedTime(began).TotalMilliseconds));

        began = Stopwatch.GetTimestamp();
        var seen = page.Messages.Select(static message => message.Id).ToHashSet();
        while (page.Messages is [var first, ..])
        {
            page = await caio.Client.HistoryAsync(Room.General, new HistoryQuery(500) { BeforeId = first.Id }, Patience, CancellationToken.None);
            seen.UnionWith(page.Messages.Select(static message => message.Id));
        }

        report.Add(new PastRow(archive, "scrolled to the first, 500 a page", seen.Count, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
        if (seen.Count != before + count)
        {
            throw new InvalidOperationException($"{before + count - seen.Count} messages are missing");
        }
    }

    private static async Task<int> CountAsync(PapoPerson hub) =>
        (int)(await hub.Client.RoomsAsync(CancellationToken.None)).First(static room => room.Room == Room.General).Messages;

    // The broker forgets what it kept for those who are away; the hub has come back when somebody has met it.
    private static async Task RestartAsync(Broker broker, Disk disk)
    {
        await broker.RestartAsync();
        var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var dora = await PapoPerson.ArriveAsync("dora", "chat", broker, disk, noticed: notice =>
        {
            if (notice.Kind == NoticeKind.HubFound)
            {
                met.TrySetResult();
            }
        });
        await met.Task.WaitAsync(Patience, TimeProvider.System);
    }

    private static async Task<SpaceId> SpaceOfAsync(Broker broker)
    {
        var space = new TaskCompletionSource<SpaceId>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var asking = await Listeners.ArriveAsync(broker.Address, "asking", 1, static _ => ["chat/_space"], (_, message) =>
        {
            if (SpaceCard.TryRead(message.Payload, out var card))
            {
                space.TrySetResult(card.Space);
            }
        });
        return await space.Task;
    }

    private static async Task FeedAsync(Broker broker, IReadOnlyList<Entry> entries)
    {
        await using var feeding = await Listeners.ArriveAsync(broker.Address, "feeding", 1, static _ => [], static (_, _) => { });
        var pending = new Queue<Task<PublishOutcome>>();
        foreach (var entry in entries)
        {
            var topic = entry.Header.Kind == EntryKind.Text ? $"chat/{entry.Room.Name}" : $"chat/{entry.Room.Name}/x";
            pending.Enqueue(feeding.Sessions[0].PublishAsync(new PublishMessage(topic, entry.Body!.Value) { Papo = LiveEntry.Encode(entry), TextPayload = entry.Header.Kind == EntryKind.Text }));
            if (pending.Count > 500 && !(await pending.Dequeue()).IsSent)
            {
                throw new InvalidOperationException("a message was refused");
            }
        }

        await Task.WhenAll(pending);
    }

    private static async Task UntilAsync(Func<Task<bool>> met)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await met())
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException("the hub has not stored everything");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }
}
