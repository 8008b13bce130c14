// Owns: which part of the engine an arrived message goes to.
// Must never: hand on what belongs to a space before the space is known.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>From the topic of what arrives to whoever takes it.</summary>
internal sealed class Routing(EngineContext context, OwnPresence presence, Arrival arrival, int slot)
{
    /// <summary>A message came in.</summary>
    public void Route(InboundMessage message)
    {
        var topic = context.Topics.Parse(message.Topic);
        if (topic.Kind == TopicKind.Space)
        {
            arrival.Mark.Take(message);
        }
        else if (topic.Kind == TopicKind.Inbox)
        {
            TakeInbox(message);
        }
        else if (context.Self is { } self)
        {
            RouteInSpace(self, topic, message);
        }
    }

    private void RouteInSpace(Self self, ParsedTopic topic, InboundMessage message)
    {
        if (topic.Kind == TopicKind.Presence)
        {
            TakePresence(self, topic, message);
            return;
        }

        if (topic.Room is null || !context.Rooms.TryGet(topic.Room, out var room))
        {
            context.AcknowledgeAfterCommit(message);
            return;
        }

        switch (topic.Kind)
        {
            case TopicKind.Text or TopicKind.Other when message.Papo is not null && !message.Retain:
                context.Intake.TakeLive(room, topic.Kind, message);
                break;
            case TopicKind.Text:
                Guests.Take(context, room, message, slot);
                break;
            case TopicKind.Ephemeral:
                context.AcknowledgeAfterCommit(message);
                context.Beacons.Take(room, message.Payload);
                break;
            default:
                context.AcknowledgeAfterCommit(message);
                break;
        }
    }

    private void TakePresence(Self self, ParsedTopic topic, InboundMessage message)
    {
        context.AcknowledgeAfterCommit(message);
        if (!Presence.TryRead(self.Space, message.Payload, context.Roster.Known, out var said) || said.Card.Device != topic.Device || said.Card.Account != topic.Account)
        {
            return;
        }

        if (said.Card.Device == self.Device)
        {
            presence.Heard(said);
        }

        var rooms = context.Roster.IsReachable(said.Card.Device) ? context.Roster.RoomsOf(said.Card.Device) : [];
        context.Roster.Take(said, live: !message.Retain);
        var isNew = context.Roster.RoomsOf(said.Card.Device).Except(rooms).Any();
        context.Intake.CardLearnt(said.Card.Device);
        if (isNew && context.IsUp && context.Roster.IsReachable(said.Card.Device) && said.Card.Device != self.Device)
        {
            context.Healing.PeerCame();
            context.Outbox.HeldCheck.PeerCame();
        }
    }

    private void TakeInbox(InboundMessage message)
    {
        context.AcknowledgeAfterCommit(message);
        if (!SignedContent.TrySplit(message.Payload, out var split))
        {
            return;
        }

        switch (InboxMessage.Peek(split))
        {
            case InboxKind.Echo:
                arrival.EchoCame(message.CorrelationData);
                break;
            case InboxKind.Request when context.IsUp:
                context.Answering.Take(message, split);
                break;
            case InboxKind.Reply when context.Self is not null:
                context.Asking.Take(message, split);
                break;
        }
    }
}
