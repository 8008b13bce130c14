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

    public static JoinRow Run(Community community, int joining)
    {
        var there = community.Devices.Count;
        for (var said = 0; said < Past; said++)
        {
            community.Speakers[community.Dice.Next(community.Speakers.Count)].Say("long before you came");
            community.Run(500);
        }

        community.Run(5 * 60_000);
        var answers = new Answers(community);
        community.Broker.Tap = answers.Count;
        var before = community.Broker.Traffic.Snapshot();
        var began = community.Time.Now;
        var times = new List<long>();
        var come = community.Arrive(joining, 1_000, device => device.Told = change =>
        {
            if (change is CaughtUp)
            {
                times.Add(community.Time.Now - began);
            }
        });
        community.Until(() => times.Count >= joining, Limit);
        community.Run(5_000);
        community.Broker.Tap = null;
        var flows = community.Broker.Traffic.Snapshot();
        Flow Of(Sort sort) => flows[(int)sort] - before[(int)sort];
        var held = come.Sum(device => device.Context.Store.Entries.Top is var top ? (double)top : 0);
        times.Sort();
        return new JoinRow(
            there, joining, community.Hub is not null, Of(Sort.Request).Messages, answers.Busiest, answers.Busy, answers.Entries / (double)joining, answers.Entries / Math.Max(1, held), (Of(Sort.Request) + Of(Sort.Reply)).Bytes, times.Count == 0 ? Limit : times[times.Count / 2], times.Count < joining ? Limit : times[^1]);
    }

    /// <summary>Who was asked how much, and what was answered.</summary>
    private sealed class Answers(Community community)
    {
        private readonly Dictionary<string, long> _asked = [];

        public long Busiest => _asked.Values.DefaultIfEmpty().Max();

        public long Busy { get; private set; }

        public long Entries { get; private set; }

        public void Count(PublishMessage message)
        {
            if (community.Topics.Parse(message.Topic).Kind != TopicKind.Inbox || !SignedContent.TrySplit(message.Payload, out var split))
            {
                return;
            }

            if (InboxMessage.Peek(split) == InboxKind.Request)
            {
                _asked[message.Topic] = _asked.GetValueOrDefault(message.Topic) + 1;
            }
            else if (InboxMessage.Peek(split) == InboxKind.Reply && Reply.TryRead(community.Space.Space, split, out var reply))
            {
                Busy += reply.Status == ReplyStatus.Busy ? 1 : 0;
                Entries += reply.Rooms.Sum(static part => part.Entries.Count);
            }
        }
    }
}
