// Owns: an MQTT broker in memory as far as the protocol uses one: filters, retained messages, No Local, PUBACK, order on each connection.
// Must never: know what a payload means; Traffic looks at it, and nobody else.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Simulation;

/// <summary>The broker of a simulated community.</summary>
internal sealed class VirtualBroker(VirtualTime time, Weather weather, Topics topics)
{
    private const int RetainedAtATime = 1_000; // below the bound of an engine's queue
    private readonly Dictionary<string, List<(VirtualSession Session, bool NoLocal)>> _filters = [];
    private readonly Dictionary<string, string[]> _matching = [];
    private readonly Dictionary<string, PublishMessage> _retained = [];

    /// <summary>What went through.</summary>
    public Traffic Traffic { get; } = new(topics);

    /// <summary>Sees every message that arrives here, and from whom.</summary>
    public Action<PublishMessage>? Tap { get; set; }

    /// <summary>Says which deliveries get lost beyond the weather.</summary>
    public Func<PublishMessage, VirtualSession, bool>? Drops { get; set; }

    /// <summary>A message was written by a device; it arrives after a while, behind what that device wrote before.</summary>
    public Task<PublishOutcome> Publish(VirtualSession from, PublishMessage message)
    {
        var done = message.Qos == 0 ? null : new TaskCompletionSource<PublishOutcome>();
        time.At(from.NextUp(weather), () => Take(from, message, done));
        return done?.Task ?? Task.FromResult(new PublishOutcome(PublishStatus.Sent));
    }

    public Task<SubscribeOutcome> Subscribe(VirtualSession session, IReadOnlyList<Subscription> filters)
    {
        var done = new TaskCompletionSource<SubscribeOutcome>();
        time.At(session.NextUp(weather), () =>
        {
            foreach (var filter in filters)
            {
                Add(session, filter);
            }

            session.Hear(weather, () => done.SetResult(new SubscribeOutcome(true, [.. filters.Select(static filter => filter.Qos)])));
            var kept = _retained.Values.Where(message => filters.Any(filter => Matches(filter.Filter, message.Topic)));
            foreach (var part in kept.Select(message => Inbound(message, retain: true)).Chunk(RetainedAtATime))
            {
                session.Hear(weather, part);
            }
        });
        return done.Task;
    }

    public Task<bool> Unsubscribe(VirtualSession session, IReadOnlyList<string> filters)
    {
        var done = new TaskCompletionSource<bool>();
        time.At(session.NextUp(weather), () =>
        {
            foreach (var filter in filters)
            {
                _filters.GetValueOrDefault(filter)?.RemoveAll(other => other.Session == session);
            }

            session.Hear(weather, () => done.SetResult(true));
        });
        return done.Task;
    }

    /// <summary>Puts a message there before anybody came.</summary>
    public void Retain(PublishMessage message) => _retained[message.Topic] = message;

    private static InboundMessage Inbound(PublishMessage message, bool retain) => new(0)
    {
        Topic = message.Topic,
        Payload = message.Payload,
        Papo = Decoded(message.Papo),
        FromUtf8 = Utf8(message.From)?.ToArray(),
        ResponseTopic = message.ResponseTopic,
        CorrelationData = message.CorrelationData,
        Qos = message.Qos,
        Retain = retain,
    };

    private static ReadOnlyMemory<byte>? Decoded(string? papo)
    {
        if (Utf8(papo) is not { } utf8)
        {
            return null;
        }

        LiveEntry.TryDecode(utf8.Span, 0, out var bytes, out _);
        return bytes;
    }

    private static ReadOnlyMemory<byte>? Utf8(string? text) => text is null ? null : new ReadOnlyMemory<byte>(System.Text.Encoding.UTF8.GetBytes(text));

    private static bool Matches(string filter, string topic)
    {
        if (filter == topic)
        {
            return true;
        }

        var (wanted, levels) = (filter.Split('/'), topic.Split('/'));
        for (var at = 0; at < wanted.Length; at++)
        {
            if (wanted[at] == "#")
            {
                return true; // also the level above it (MQTT 5 §4.7.1.2)
            }

            if (at >= levels.Length || (wanted[at] != "+" && wanted[at] != levels[at]))
            {
                return wanted[at..] is ["#"] && at == levels.Length;
            }
        }

        return wanted.Length == levels.Length;
    }

    private void Add(VirtualSession session, Subscription filter)
    {
        if (!_filters.TryGetValue(filter.Filter, out var subscribers))
        {
            _filters.Add(filter.Filter, subscribers = []);
            _matching.Clear();
        }

        if (!subscribers.Exists(other => other.Session == session))
        {
            subscribers.Add((session, filter.NoLocal));
        }
    }

    private void Take(VirtualSession from, PublishMessage message, TaskCompletionSource<PublishOutcome>? done)
    {
        Tap?.Invoke(message);
        var sort = Traffic.Published(message);
        if (message.Retain)
        {
            _retained[message.Topic] = message;
        }

        var inbound = Inbound(message, retain: false);
        var reached = false;
        foreach (var filter in FiltersFor(message.Topic))
        {
            foreach (var (session, noLocal) in _filters[filter])
            {
                if ((noLocal && session == from) || (weather.IsSplit && session.Side != from.Side))
                {
                    continue;
                }

                reached = true;
                Deliver(session, message, inbound, sort);
            }
        }

        if (done is not null)
        {
            from.Hear(weather, () => done.SetResult(new PublishOutcome(reached ? PublishStatus.Sent : PublishStatus.SentToNobody)));
        }
    }

    private void Deliver(VirtualSession session, PublishMessage message, InboundMessage inbound, Sort sort)
    {
        if (weather.Loses() || Drops?.Invoke(message, session) == true)
        {
            return;
        }

        Traffic.Delivered(sort);
        session.Hear(weather, [inbound]);
        if (message.Qos > 0 && weather.Repeats())
        {
            session.Hear(weather, [inbound]);
        }
    }

    private string[] FiltersFor(string topic)
    {
        if (!_matching.TryGetValue(topic, out var filters))
        {
            filters = [.. _filters.Keys.Where(filter => Matches(filter, topic))];
            _matching.Add(topic, filters);
        }

        return filters;
    }
}
