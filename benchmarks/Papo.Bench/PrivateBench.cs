// Owns: what a private room costs the processor: a message on either side beside one of an open room, and one more device in a large room.
// Must never: count what the other side or the broker does.
using Papo.Client;
using Papo.Protocol;

namespace Papo.Bench;

/// <summary>Open and private in turns, one message at a time; then a room that grows to the most a commit can serve.</summary>
internal static class PrivateBench
{
    private const int RoundsEach = 5;
    private const int Around = 5; // a single commit is short beside the collector's work
    private static readonly int[] Sizes = [10, 50, 100, 200, Limits.PrivateMembers - 1 - Around];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(Size size, Report report)
    {
        await using var broker = await Broker.StartAsync("default");
        await using var ana = await PapoPerson.ArriveAsync("ana", "chat", broker, Disk.All[0]);
        await TalkAsync(broker, ana, size, report);
        await GrowAsync(broker, ana, report);
    }

    private static async Task TalkAsync(Broker broker, PapoPerson ana, Size size, Report report)
    {
        await using var bia = ListeningProcess.Start("bia", broker.Address);
        var closed = await MakeAsync(ana, "toca");
        await InviteAsync(ana, closed, "bia");
        Room[] rooms = [Room.General, closed];
        var heard = 0;
        foreach (var room in rooms)
        {
            heard = await SayAsync(ana, bia, room, Size.WarmUp, heard);
        }

        var sending = new List<double>[] { [], [] };
        var hearing = new List<double>[] { [], [] };
        for (var round = 0; round < size.Rounds * RoundsEach; round++)
        {
            for (var which = 0; which < rooms.Length; which++)
            {
                var (own, others) = (Environment.CpuUsage.TotalTime, (await bia.AskAsync()).Spent);
                heard = await SayAsync(ana, bia, rooms[which], size.PerRound, heard);
                sending[which].Add((Environment.CpuUsage.TotalTime - own).TotalMicroseconds / size.PerRound);
                hearing[which].Add(((await bia.AskAsync()).Spent - others).TotalMicroseconds / size.PerRound);
            }
        }

        report.Add(Row("sent", sending, size));
        report.Add(Row("received", hearing, size));
    }

    private static PrivateRow Row(string what, List<double>[] rounds, Size size) =>
        new(what, rounds[0].Count * size.PerRound, Quantiles.Of(rounds[0]).P50, Quantiles.Of(rounds[1]).P50, Quantiles.Of(rounds[0].Zip(rounds[1], static (open, closed) => closed - open)).P50);

    private static async Task<int> SayAsync(PapoPerson ana, ListeningProcess bia, Room room, int count, int heard)
    {
        var text = new string('.', Pace.TextSize);
        for (var at = 0; at < count; at++)
        {
            var receipt = await ana.Client.SendAsync(room, new Draft(text), CancellationToken.None);
            if (receipt.Problem is { } problem)
            {
                throw new InvalidOperationException($"not taken: {problem}");
            }
        }

        await UntilAsync(async () => (await bia.AskAsync()).Heard >= heard + count, "the messages");
        return heard + count;
    }

    private static async Task GrowAsync(Broker broker, PapoPerson ana, Report report)
    {
        var names = await Acquaintances.IntroduceAsync(broker.Address, (await ana.Client.SpaceAsync(CancellationToken.None))!.Value, Limits.PrivateMembers - 1);
        var room = await MakeAsync(ana, "multidão");
        var costs = new List<double>();
        foreach (var name in names)
        {
            await UntilAsync(async () => (await ana.Client.WhoAsync(null, CancellationToken.None)).Any(person => person.Who.Name == name), name);
            var before = Environment.CpuUsage.TotalTime;
            await InviteAsync(ana, room, name);
            costs.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        foreach (var size in Sizes)
        {
            report.Add(new CommitRow(size, Quantiles.Of(costs.Skip(size - Around).Take(2 * Around)).P50, costs.Skip(size - Around).Take(2 * Around).Max()));
        }
    }

    private static async Task<Room> MakeAsync(PapoPerson ana, string title)
    {
        DisplayName.TryParse(title, out var name);
        return await ana.Client.CreateRoomAsync(name!, sharesPast: false, CancellationToken.None) ?? throw new InvalidOperationException("no space");
    }

    private static Task InviteAsync(PapoPerson ana, Room room, string name) =>
        UntilAsync(async () => await ana.Client.InviteAsync(room, name, CancellationToken.None) is MemberResult.Done, $"the invitation of {name}");

    private static async Task UntilAsync(Func<Task<bool>> met, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await met())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"waited in vain for {what}");
            }

            await Task.Delay(Interval, TimeProvider.System);
        }
    }
}
