// Owns: a thousand people in hundreds of rooms, some of them popular: what arrives, how fast, and what each member costs; beside the bare session in the same rooms.
// Must never: count a delivery that did not arrive, or one to the speaker.
using System.Diagnostics;
using System.Text;
using Papo.Client;
using Papo.Client.Wire;

namespace Papo.Bench;

/// <summary>The same messages three times: as the first words of people who are new in a room, at a quiet pace, and with a few on the way at a time.</summary>
internal static class RoomsBench
{
    private const int Sayings = 150;
    private const int Ahead = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    public static async Task RunAsync(Size size, Report report)
    {
        var plan = new TownPlan(size.Users, size.Rooms, Sayings);
        report.Add(await BareAsync(plan, size));
        report.Add(await WholeAsync(plan, size));
    }

    private static async Task<RoomsRow> BareAsync(TownPlan plan, Size size)
    {
        await using var broker = await Broker.StartAsync(Broker.Roomy);
        var deliveries = new Deliveries();
        var memory = Cost.OwnMemory();
        await using var listeners = await Listeners.ArriveAsync(broker.Address, "user", size.Users, at => plan.Visits[at].Select(static room => $"chat/{room.Name}"), (at, message) =>
        {
            if (BitConverter.ToInt32(message.Payload.Span[^sizeof(int)..]) != at)
            {
                deliveries.Heard(Stamp.Read(message.Payload.Span));
            }
        });
        return await MeasureAsync("session", plan, size, broker, deliveries, memory, async saying =>
        {
            var payload = new byte[Pace.PlainSize];
            Encoding.UTF8.GetBytes(Stamp.Now, payload);
            BitConverter.TryWriteBytes(payload.AsSpan(payload.Length - sizeof(int)), saying.Speaker);
            var outcome = await listeners.Sessions[saying.Speaker].PublishAsync(new PublishMessage($"chat/{saying.Room.Name}", payload));
            return outcome.IsSent;
        });
    }

    private static async Task<RoomsRow> WholeAsync(TownPlan plan, Size size)
    {
        await using var broker = await Broker.StartAsync(Broker.Roomy);
        var deliveries = new Deliveries();
        var memory = Cost.OwnMemory();
        await using var members = await Members.ComeAsync(broker.Address, size.Users, at => plan.Visits[at]);
        if (!await members.UntilAllShowAllAsync(Patience))
        {
            throw new TimeoutException($"{size.Users} members do not all show each other");
        }

        foreach (var person in members.People)
        {
            person.Heard = message => deliveries.Heard(Stamp.Read(message.Text!));
        }

        return await MeasureAsync("papo", plan, size, broker, deliveries, memory, async saying =>
        {
            var receipt = await members.People[saying.Speaker].Client.SendAsync(saying.Room, new Draft(Stamp.Now.PadRight(Pace.TextSize, '.')), CancellationToken.None);
            return receipt.Problem is null;
        });
    }

    private static async Task<RoomsRow> MeasureAsync(string kind, TownPlan plan, Size size, Broker broker, Deliveries deliveries, double memoryBefore, Func<Saying, Task<bool>> say)
    {
        var memory = (Cost.OwnMemory() - memoryBefore) / size.Users;
        var quiet = Environment.CpuUsage.TotalTime;
        await Task.Delay(Rest, TimeProvider.System);
        quiet = Environment.CpuUsage.TotalTime - quiet;
        var heard = 0L;
        var (_, firstWords, _) = await HurryAsync();
        deliveries.TakeLatency();
        foreach (var saying in plan.Sayings)
        {
            await SayAsync(saying);
            await Task.Delay(Pause, TimeProvider.System);
        }

        await deliveries.UntilAsync(heard, Patience);
        var latency = deliveries.TakeLatency();
        var (rate, each, brokerEach) = await HurryAsync();
        return new RoomsRow(
            kind, size.Users, size.Rooms, plan.Largest, plan.Sayings.Sum(static saying => saying.Hearers), latency, rate, each, firstWords, brokerEach,
            memory, quiet.TotalMilliseconds / Rest.TotalMinutes / size.Users, broker.Memory);

        async Task<(double Rate, double Each, double BrokerEach)> HurryAsync()
        {
            var (spent, brokers, before, began) = (Environment.CpuUsage.TotalTime, broker.Spent, heard, Stopwatch.GetTimestamp());
            var onTheWay = new Queue<long>();
            foreach (var saying in plan.Sayings)
            {
                await SayAsync(saying);
                onTheWay.Enqueue(heard);
                if (onTheWay.Count > Ahead)
                {
                    await deliveries.UntilAsync(onTheWay.Dequeue(), Patience);
                }
            }

            await deliveries.UntilAsync(heard, Patience);
            var count = heard - before;
            return (count / Stopwatch.GetElapsedTime(began).TotalSeconds, (Environment.CpuUsage.TotalTime - spent).TotalMicroseconds / count, (broker.Spent - brokers).TotalMicroseconds / count);
        }

        async Task SayAsync(Saying saying)
        {
            heard += saying.Hearers;
            if (!await say(saying))
            {
                throw new InvalidOperationException($"{kind}: a message was refused");
            }
        }
    }
}
