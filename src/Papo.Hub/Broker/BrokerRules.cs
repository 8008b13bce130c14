// Owns: the decisions about what clients ask of the broker: may this one connect, publish, retain, subscribe, be queued for.
// Must never: let an exception reach MQTTnet, where it would cost an innocent client its connection or the rest of a fan-out.
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Papo.Hub;

internal sealed class BrokerRules(EmbeddedBrokerOptions options, Roster roster, Backlog backlog, RetainedLedger retained, ILogger log)
{
    private readonly QueueGates _queues = new(options);
    private const int MaxClientIdLength = 256;
    private static readonly object SubscriptionsKey = new();
    private MqttServer _server = null!;

    public void Attach(MqttServer server)
    {
        _server = server;
        server.ValidatingConnectionAsync += e => DecideAsync(e, Validate, x => x.ReasonCode = MqttConnectReasonCode.ServerUnavailable);
        server.ClientConnectedAsync += e => DecideAsync(e, Settle, _ => { });
        server.InterceptingPublishAsync += e => Decide(e, Publish, Refuse);
        server.InterceptingSubscriptionAsync += e => Decide(e, Subscribe, x => Refuse(x, MqttSubscribeReasonCode.UnspecifiedError));
        server.ClientUnsubscribedTopicAsync += e => Decide(e, Unsubscribed, _ => { });
        server.InterceptingClientEnqueueAsync += e => DecideAsync(e, EnqueueAsync, _ => { });
        server.ApplicationMessageEnqueuedOrDroppedAsync += e => Decide(e, x => _queues.Leave(x.ReceiverClientId), _ => { });
        server.ClientAcknowledgedPublishPacketAsync += e => Decide(e, Acknowledged, _ => { });
    }

    /// <summary>Drops the session of a client that is away. MQTTnet's own lookup of one session corrupts its table, hence the list.</summary>
    public async Task DropSessionAsync(string client)
    {
        roster.Forget(client);
        backlog.Forget(client);
        var session = (await _server.GetSessionsAsync()).FirstOrDefault(s => string.Equals(s.Id, client, StringComparison.Ordinal));
        if (session is not null)
        {
            await session.DeleteAsync();
        }
    }

    private Task Decide<T>(T question, Action<T> rule, Action<T> otherwise)
    {
        try
        {
            rule(question);
        }
        catch (Exception e)
        {
            BrokerLog.RuleFailed(log, typeof(T).Name, e);
            otherwise(question);
        }

        return Task.CompletedTask;
    }

    private async Task DecideAsync<T>(T question, Func<T, Task> rule, Action<T> otherwise)
    {
        try
        {
            await rule(question);
        }
        catch (Exception e)
        {
            BrokerLog.RuleFailed(log, typeof(T).Name, e);
            otherwise(question);
        }
    }

    private async Task Validate(ValidatingConnectionEventArgs e)
    {
        if (e.ChannelAdapter is not ClientChannel channel || string.IsNullOrEmpty(e.ClientId))
        {
            return;
        }

        if (e.ClientId.Length > MaxClientIdLength)
        {
            e.ReasonCode = MqttConnectReasonCode.ClientIdentifierNotValid;
            return;
        }

        var known = roster.IsHere(e.ClientId) || roster.IsAway(e.ClientId);
        if (!known && roster.Here + roster.Away >= options.MaxSessions)
        {
            e.ReasonCode = MqttConnectReasonCode.ServerBusy;
            return;
        }

        if (roster.IsOver(e.ClientId))
        {
            await DropSessionAsync(e.ClientId);
        }

        if (roster.Find(e.ClientId) is { } older)
        {
            await TakeOverAsync(older);
        }

        if (known)
        {
            // From here until MQTTnet has resumed the session and answers.
            channel.Resuming(await _queues.HoldAsync(e.ClientId));
        }

        roster.Arrive(channel);
    }

    /// <summary>
    /// Ends the older connection of a client before the newer one begins. MQTTnet does both at once: the older sender may take
    /// messages meant for the newer one, and every other connect waits while a dead peer does not read its DISCONNECT.
    /// </summary>
    private async Task TakeOverAsync(ClientChannel older)
    {
        await using var patience = options.Time.CreateTimer(_ => older.Abort("taken over"), null, options.CloseTimeout, Timeout.InfiniteTimeSpan);
        await older.RetireAsync();
        try
        {
            var reason = new MqttServerClientDisconnectOptions { ReasonCode = MqttDisconnectReasonCode.SessionTakenOver };
            await _server.DisconnectClientAsync(older.ClientId, reason);
        }
        catch (InvalidOperationException)
        {
            // It left by itself just now, or has not quite arrived and goes with the timer.
        }

        await older.Ended;
    }

    private async Task Settle(ClientConnectedEventArgs e)
    {
        if (!backlog.Owes(e.ClientId))
        {
            return;
        }

        var session = (await _server.GetSessionsAsync()).FirstOrDefault(s => string.Equals(s.Id, e.ClientId, StringComparison.Ordinal));
        backlog.Settle(e.ClientId, session?.PendingApplicationMessagesCount ?? 0);
    }

    private void Publish(InterceptingPublishEventArgs e)
    {
        // What comes now is a will, or a publish that is not acknowledged and so will be sent again.
        if (roster.Stopping || roster.Find(e.ClientId) is { TakenOver: true })
        {
            e.ProcessPublish = false;
            e.CloseConnection = true;
            return;
        }

        var message = e.ApplicationMessage;
        if (!IsTopicName(message.Topic))
        {
            Refuse(e, MqttPubAckReasonCode.TopicNameInvalid);
        }
        else if (message.Retain && !retained.TryKeep(message))
        {
            BrokerLog.RetainedRefused(log, retained.Count);
            Refuse(e, MqttPubAckReasonCode.QuotaExceeded);
        }
    }

    private void Subscribe(InterceptingSubscriptionEventArgs e)
    {
        if (string.IsNullOrEmpty(e.TopicFilter.Topic) || e.TopicFilter.Topic.Length > options.MaxTopicLength)
        {
            Refuse(e, MqttSubscribeReasonCode.TopicFilterInvalid);
            return;
        }

        var filters = FiltersOf(e.SessionItems);
        lock (filters)
        {
            if (filters.Count >= options.MaxSubscriptionsPerSession && !filters.Contains(e.TopicFilter.Topic))
            {
                Refuse(e, MqttSubscribeReasonCode.QuotaExceeded);
                return;
            }

            filters.Add(e.TopicFilter.Topic);
        }
    }

    private void Unsubscribed(ClientUnsubscribedTopicEventArgs e)
    {
        var filters = FiltersOf(e.SessionItems);
        lock (filters)
        {
            filters.Remove(e.TopicFilter);
        }
    }

    private async Task EnqueueAsync(InterceptingClientApplicationMessageEnqueueEventArgs e)
    {
        // A session that comes back loses what was queued at QoS 0 anyway.
        var pointless = e.ApplicationMessage.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce && !roster.IsHere(e.ReceiverClientId);
        e.AcceptEnqueue = !pointless && backlog.TryCharge(e.ReceiverClientId, MessageSize.Of(e.ApplicationMessage));
        if (e.AcceptEnqueue)
        {
            await _queues.EnterAsync(e.ReceiverClientId);
        }
    }

    private void Acknowledged(ClientAcknowledgedPublishPacketEventArgs e) => backlog.Release(e.ClientId, MessageSize.Of(e.PublishPacket));

    private bool IsTopicName(string? topic) =>
        topic is { Length: > 0 } && topic.Length <= options.MaxTopicLength && topic.AsSpan().IndexOfAny('#', '+', '\0') < 0;

    private static HashSet<string> FiltersOf(System.Collections.IDictionary session)
    {
        lock (session)
        {
            if (session[SubscriptionsKey] is not HashSet<string> filters)
            {
                session[SubscriptionsKey] = filters = new HashSet<string>(StringComparer.Ordinal);
            }

            return filters;
        }
    }

    private static void Refuse(InterceptingPublishEventArgs e) => Refuse(e, MqttPubAckReasonCode.ImplementationSpecificError);

    private static void Refuse(InterceptingPublishEventArgs e, MqttPubAckReasonCode reason)
    {
        e.ProcessPublish = false;
        e.Response.ReasonCode = reason;
    }

    private static void Refuse(InterceptingSubscriptionEventArgs e, MqttSubscribeReasonCode reason)
    {
        e.ProcessSubscription = false;
        e.Response.ReasonCode = reason;
    }
}
