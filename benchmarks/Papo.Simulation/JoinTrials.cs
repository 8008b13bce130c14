// Owns: what happens when many come at once into a room with a past.
// Must never: count what was sent before they came.
using Papo.Client;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Simulation;

/// <summary>A room that has talked for a while, and a crowd that opens its door.</summary>
internal static class JoinTrials
{
    private const int Past = 200;
    private const long Limit = 600_000;

    public static JoinRow Run(World world, int joining)
    {
        var there = world.Devices.Count;
        for (var said = 0; said < Past; said++)
        {
            world.Speakers[world.Dice.Next(world.Speakers.Count)].Say("long before you came");
            world.Run(500);
        }

        world.Run(5 * 60_000);
        var answers = new Answers(world);
        world.Broker.Tap = answers.Count;
        var before = world.Broker.Traffic.Snapshot();
        var began = world.Time.Now;
        var times = new List<long>();
        var come = world.Arrive(joining, 1_000, device => device.Told = change =>
        {
            if (change is CaughtUp)
            {
                times.Add(world.Time.Now - began);
            }
        });
        world.Until(() => times.Count >= joining, Limit);
        world.Run(5_000);
        world.Broker.Tap = null;
        var flows = world.Broker.Traffic.Snapshot();
        Flow Of(Sort sort) => flows[(int)sort] - before[(int)sort];
        var held = come.Sum(device => device.Context.Store.Entries.Top is var top ? (double)top : 0);
        times.Sort();
        return new JoinRow(
            there, joining, world.Hub is not null, Of(Sort.Request).Messages, answers.Busiest, answers.Busy, answers.Entries / (double)joining, answers.Entries / Math.Max(1, held), (Of(Sort.Request) + Of(Sort.Reply)).Bytes, times.Count == 0 ? Limit : times[times.Count / 2], times.Count < joining ? Limit : times[^1]);
    }

    /// <summary>Who was asked how much, and what was answered.</summary>
    private sealed class Answers(World world)
    {
        private readonly Dictionary<string, long> _asked = [];

        public long Busiest => _asked.Values.DefaultIfEmpty().Max();

        public long Busy { get; private set; }

        public long Entries { get; private set; }

        public void Count(PublishMessage message)
        {
            if (world.Topics.Parse(message.Topic).Kind != TopicKind.Inbox || !SignedContent.TrySplit(message.Payload, out var split))
            {
                return;
            }

            if (InboxMessage.Peek(split) == InboxKind.Request)
            {
                _asked[message.Topic] = _asked.GetValueOrDefault(message.Topic) + 1;
            }
            else if (InboxMessage.Peek(split) == InboxKind.Reply && Reply.TryRead(world.Space.Space, split, out var reply))
            {
                Busy += reply.Status == ReplyStatus.Busy ? 1 : 0;
                Entries += reply.Rooms.Sum(static room => room.Entries.Count);
            }
        }
    }
}
