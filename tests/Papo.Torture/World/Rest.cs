// Owns: waiting until a world has come to rest: everybody connected, nothing waiting, all logs alike.
// Must never: call a world healed for having waited long enough.
using System.Globalization;
using Papo.Protocol;
using Papo.Torture.Actors;
using Papo.Torture.Oracle;
using Papo.Torture.Plan;

namespace Papo.Torture.World;

/// <summary>The quiet after the storm.</summary>
internal sealed class Rest(Cast cast, SpaceId space)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    /// <summary>Everybody lives and nothing disturbs; null when the world is at rest, else why not.</summary>
    public async Task<string?> ComeAsync()
    {
        foreach (var player in cast.Players)
        {
            player.Way.Calm();
            player.Disk?.Free();
        }

        // Whoever is still linking his second computer has waited long enough: he begins again in peace.
        foreach (var player in cast.Players.Where(static player => player is { Person.Of: not null, Account: null }))
        {
            await player.Actor.KillAsync();
        }

        Actor[] all = [.. cast.Ground.Brokers, .. cast.Hubs, .. cast.Members];
        var started = await Task.WhenAll(all.Select(static actor => actor.StartAsync()));
        if (Array.IndexOf(started, false) is var silent and >= 0)
        {
            return $"{all[silent].Name} does not start";
        }

        string? why;
        string? last = null;
        await using var log = new StreamWriter(Path.Combine(cast.Folder, "rest.log"));
        var until = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while ((why = await WhyNotAsync()) is not null && Environment.TickCount64 < until)
        {
            if (why != last)
            {
                await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {why}"));
                last = why;
            }

            await Task.Delay(Interval, TimeProvider.System);
        }

        return why;
    }

    /// <summary>What everybody holds and lists.</summary>
    public async Task<Evidence> GatherAsync(bool clocksJump)
    {
        var witnesses = new List<Witnessed>();
        foreach (var player in cast.Players)
        {
            if (Watch.TryRead(player.Home, space) is not { } holdings)
            {
                continue; // it never got there: the world has not come to rest, and is judged for that
            }

            var listings = new Dictionary<string, IReadOnlyList<ListedLine>>();
            foreach (var room in holdings.Joined)
            {
                listings.Add(room, (await player.Actor.AskAsync($"history {room}"))?.History ?? []);
            }

            witnesses.Add(new Witnessed(player.Name, player.Account, holdings, listings) { TakenBack = Holdings.TakenBack(player.Home, space) });
        }

        foreach (var home in cast.HubHomes)
        {
            if (Watch.TryRead(home, space) is { } archive)
            {
                witnesses.Add(new Witnessed(Path.GetFileName(home), null, archive, new Dictionary<string, IReadOnlyList<ListedLine>>()));
            }
        }

        return new Evidence(space, clocksJump, witnesses, cast.Players.Where(static player => player.Person.Of is null).ToDictionary(static player => player.Account!, static player => player.Name), cast.Ledger);
    }

    private async Task<string?> WhyNotAsync()
    {
        var stores = new List<(string Name, Holdings Holdings)>();
        foreach (var beside in cast.Players.Select(static player => player.Beside).Where(static beside => beside.IsWanted))
        {
            beside.Launch();
            var status = await beside.AskAsync("status");
            if (status?.Up != true || status.Space != space.ToString())
            {
                return $"{beside.Name} is not there";
            }
        }

        foreach (var player in cast.Players)
        {
            player.Actor.Launch(); // a trap of before may have caught him only now

            // Whoever left a room, or was killed while he joined it, comes back: what he said there and left behind waits for that.
            var status = await player.Actor.AskAsync("status");
            if (status?.State == LinkedMode.Unlinked && await Joining.LinkAsync(cast.Player(player.Owner), player, null))
            {
                return $"{player.Name} has just been linked";
            }

            if (status?.State is not null)
            {
                await player.Actor.KillAsync(); // it waits for a code that nobody types any more
                return $"{player.Name} could not be linked";
            }

            if (status?.Up != true || status.Space != space.ToString())
            {
                return $"{player.Name} is {(status is null ? "silent" : status.Up == true ? "in another space" : "not connected")}";
            }

            foreach (var room in player.Rooms.Except(status.Rooms!))
            {
                await player.Actor.AskAsync($"join {room}");
            }

            if (Watch.TryRead(player.Home, space) is not { } holdings)
            {
                return $"{player.Name}'s store cannot be read";
            }

            stores.Add((player.Name, holdings));
        }

        foreach (var home in cast.HubHomes)
        {
            stores.Add((Path.GetFileName(home), Watch.TryRead(home, space) ?? new Holdings([], new HashSet<EntryId>(), 1, new Dictionary<DeviceId, DeviceCard>(), new HashSet<string>(), new Dictionary<string, long>(), [])));
        }

        var lists = stores.SelectMany(static store => store.Holdings.Lists).GroupBy(static list => list.Account).Select(static known => known.MaxBy(static list => list.Counter)!).ToList();
        stores.RemoveAll(store => store.Holdings.Copy is { } copy && lists.Exists(list => list.Removed.Contains(copy)));
        var rooms = new PrivateRooms([.. stores.Select(static store => store.Holdings)], space);
        var why = NotListed(stores, lists) ?? WaitsOrDiffers(stores) ?? await PrivatelyAsync(stores, rooms) ?? NotExpelled(rooms, lists);
        if (why is not null)
        {
            await ScrollAsync(stores);
        }

        return why;
    }

    private static string? NotListed(List<(string Name, Holdings Holdings)> stores, List<DeviceList> lists) =>
        stores.Find(store => store.Holdings.Copy is { } copy && !lists.Exists(list => list.Copies.Any(listed => listed.Copy == copy))).Name is { } missing ? $"{missing} is not in its account's list" : null;

    private static string? NotExpelled(PrivateRooms rooms, List<DeviceList> lists)
    {
        var left = lists.SelectMany(list => list.Removed.SelectMany(copy => rooms.Names.Where(room => rooms.MustExpel(room, list.Account, copy)))).ToList();
        return left.Count > 0 ? $"a computer was taken off its account, and not out of {left[0]}" : null;
    }

    // Whoever is in a private room reads what was sealed for him, and what he said there is with somebody.
    private async Task<string?> PrivatelyAsync(List<(string Name, Holdings Holdings)> stores, PrivateRooms rooms)
    {
        // What waits for the first commit of a room shows in no other store yet.
        string? why = stores.Find(store => store.Holdings.WaitingInPrivate.Any(room => !rooms.Names.Contains(room))) is { Name: { } early } ? $"{early} has not begun a private room that words wait for" : null;
        foreach (var (name, holdings) in stores)
        {
            if (AccountOf(name) is not { } account)
            {
                continue; // a hub
            }

            foreach (var room in rooms.Names.Where(room => rooms.Members(room).Contains(account) && (rooms.Members(room).Count > 1 || stores.Count(store => AccountOf(store.Name) == account) > 1)))
            {
                var lacks = rooms.Lacking(room, account, holdings).ToList();
                var waits = rooms.Members(room).Count > 1 ? holdings.WaitingInPrivate.Count(waiting => waiting == room) : 0; // held is what somebody else holds
                if (lacks.Count > 0 || waits > 0 || !holdings.Joined.Contains(room))
                {
                    why ??= string.Create(CultureInfo.InvariantCulture, $"{name} cannot read {lacks.Count} of {rooms.Sealed(room).Count} entries of {room}{(lacks.Count > 0 ? $", the first is “{lacks[0].Text}”" : "")}; {waits} rows wait there{(holdings.Joined.Contains(room) ? "" : "; has not heard of it")}");
                    foreach (var player in cast.Players)
                    {
                        await player.Actor.AskAsync($"scroll {room}");
                    }
                }
            }
        }

        return why;
    }

    private AccountId? AccountOf(string name) => AccountId.TryParse(cast.Players.FirstOrDefault(player => player.Name == name)?.Account, out var account) ? account : null;

    // What was said before somebody came into a room is his past, which he gets when he looks at it. What was said afterwards must come by itself.
    private async Task ScrollAsync(List<(string Name, Holdings Holdings)> stores)
    {
        var births = stores.SelectMany(static store => store.Holdings.Entries).Where(static held => held.Entry?.Header.Seq == 0)
            .DistinctBy(static held => held.Id).ToDictionary(static held => (held.Room, held.Entry!.Header.Device), static held => held.Entry!.Header.Hlc.Milliseconds);
        foreach (var (name, holdings) in stores)
        {
            var past = holdings.Begun.GroupBy(static log => log.Room).Where(logs => logs.Key[0] != '~' && holdings.Joined.Contains(logs.Key) && logs.All(log => births.TryGetValue(log, out var at) && at < holdings.Came[log.Room]));
            foreach (var logs in past)
            {
                await cast.Find(name).AskAsync($"scroll {logs.Key}");
            }
        }
    }

    private static string? WaitsOrDiffers(List<(string Name, Holdings Holdings)> stores)
    {
        // In a room without anybody else nobody can hold anything: there they wait for good.
        var shared = stores.SelectMany(static store => store.Holdings.Joined.Select(room => (Room: room, Owner: WorldPlan.PersonOf(store.Name)))).Distinct().GroupBy(static member => member.Room).Where(static members => members.Count() > 1).Select(static members => members.Key).ToHashSet();
        foreach (var (waiting, holdings) in stores)
        {
            var lonely = holdings.Entries.Where(held => !held.IsPrivate && !shared.Contains(held.Room)).Select(static held => held.Id).ToHashSet();
            if (holdings.Waiting - holdings.WaitingInPrivate.Count - holdings.WaitingEntries.Count(lonely.Contains) is var rows and > 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{rows} rows wait in the outbox of {waiting}");
            }
        }

        foreach (var room in stores.SelectMany(static store => store.Holdings.Joined).Where(static room => room[0] != '~').Distinct())
        {
            var members = stores.Where(store => store.Holdings.Joined.Contains(room)).Select(store => (store.Name, Ids: store.Holdings.Entries.Where(held => held.Room == room && held.Guest is null).Select(static held => held.Id).ToHashSet())).ToList();
            var fullest = members.MaxBy(static member => member.Ids.Count);
            if (members.Find(member => !member.Ids.SetEquals(fullest.Ids)) is { Name: { } behind } other)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{behind} holds {other.Ids.Count} entries of #{room}, {fullest.Name} {fullest.Ids.Count}");
            }
        }

        return null;
    }
}
