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
        var topic = context.TopicOf(message);
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

        if (topic.Kind == TopicKind.Hub)
        {
            var run = context.Hubs.SessionOf(topic.Device);
            if (context.Hubs.Take(self, topic, message))
            {
                presence.Publish();
            }
            else if (!message.Retain && context.Hubs.SessionOf(topic.Device) != run)
            {
                presence.Greet();
            }

            return;
        }

        if (topic.Kind == TopicKind.DeviceList)
        {
            context.DeviceLists.Take(self, topic, message);
            return;
        }

        if (RoomOf(topic, message) is not { } room)
        {
            context.AcknowledgeAfterCommit(message);
            return;
        }

        switch (topic.Kind)
        {
            case TopicKind.Text or TopicKind.Other when Checks.IsEntry(room.Room, message):
                context.Intake.TakeLive(room, topic.Kind, message);
                break;
            case TopicKind.Text when !room.Room.IsPrivate:
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

    private RoomState? RoomOf(ParsedTopic topic, InboundMessage message)
    {
        if (topic.Room is not { } name)
        {
            return null;
        }

        if (context.Rooms.TryGet(name, out var room))
        {
            return room;
        }

        if (context.Options.Hub is null)
        {
            arrival.Unwanted(name);
            return null;
        }

        return topic.Kind is TopicKind.Text or TopicKind.Other && !message.Retain ? arrival.JoinAsHub(name) : null;
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
        else if (!message.Retain && said.Session != context.Roster.SessionOf(said.Card.Device))
        {
            presence.Greet();
        }

        var rooms = context.Roster.IsReachable(said.Card.Device) ? context.Roster.RoomsOf(said.Card.Device) : [];
        var wasReachable = context.Roster.IsReachable(said.Card.Device);
        context.Roster.Take(said, live: !message.Retain);
        var isNew = context.Roster.RoomsOf(said.Card.Device).Except(rooms).Any();
        var cameBack = !wasReachable && context.Roster.IsReachable(said.Card.Device);
        context.Intake.CardLearnt(said.Card.Device);
        if (context.Options.Hub is not null)
        {
            foreach (var named in said.Rooms.Where(named => !context.Rooms.TryGet(named, out _)))
            {
                arrival.JoinAsHub(named);
            }
        }

        TakeList(self, said);
        // It may have connected anew, and what lay in its inbox before is gone with the broker.
        if ((cameBack || !message.Retain) && context.IsUp && context.Roster.IsReachable(said.Card.Device))
        {
            if (said.Card.Account == self.Account && said.Card.Device != self.Device)
            {
                context.OwnCopies.Came();
                context.OwnRooms.Ask(said.Card);
            }

            context.Invites.Came(said.Card);
            context.EmojiComparing.Came(said.Card);
        }

        if (cameBack && context.IsUp)
        {
            context.KeyHealing.PeerCame();
        }

        if ((isNew || cameBack) && context.IsUp && context.Roster.IsReachable(said.Card.Device) && said.Card.Device != self.Device)
        {
            context.Healing.PeerCame();
            context.Outbox.HeldCheck.PeerCame();
        }
    }

    // Lists of people in open rooms are not subscribed to: those that name removed copies come with presences.
    private void TakeList(Self self, Presence said)
    {
        if (!said.List.IsEmpty && !(context.DeviceLists.Of(said.Card.Account) is { } known && known.Bytes.Span.SequenceEqual(said.List.Span))
            && DeviceList.TryRead(self.Space, said.List, out var list) && list.Account == said.Card.Account)
        {
            context.DeviceLists.Learn(list);
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
            case InboxKind.Stored when context.Self is { } self:
                TakeStored(self, split);
                break;
            case InboxKind.Invite or InboxKind.Invited when context.Self is { } self:
                context.Invites.Take(self, split);
                break;
        }
    }

    private void TakeStored(Self self, SignedContent split)
    {
        if (!StoredNote.TryRead(split, out var note) || context.Hubs.Replica(note.Replica) is not { } replica || !note.IsSignedBy(replica, self.Space, self.Device, split))
        {
            return;
        }

        foreach (var (name, places) in note.Rooms)
        {
            if (context.Rooms.TryGet(name, out var room))
            {
                context.Outbox.Stored(room, places);
            }
        }
    }
}
