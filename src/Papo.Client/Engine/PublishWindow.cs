// Owns: which own entries are on their way to the broker: a line, and at most 20 of them unacknowledged.
// Must never: publish an entry before it is on the disk.
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Publishing of own entries, in the order in which they were numbered.</summary>
internal sealed class PublishWindow(EngineContext context)
{
    private const int Size = 20;
    private readonly Queue<Pending> _line = [];
    private int _flying;

    /// <summary>A signed entry takes its place in the line; the caller sees to it that <see cref="Publish"/> runs after the commit.</summary>
    public void Enqueue(Pending pending)
    {
        pending.InLine = true;
        _line.Enqueue(pending);
    }

    /// <summary>The connection ended: nothing of all that the outbox has is on its way.</summary>
    public void Reset(IEnumerable<Pending> all)
    {
        _line.Clear();
        _flying = 0;
        foreach (var pending in all)
        {
            pending.InLine = false;
        }
    }

    /// <summary>Publishes as far as the window allows. Only after a commit.</summary>
    public void Publish()
    {
        while (context.IsUp && !context.Outbox.OwnLogs.IsRetired && _flying < Size && _line.TryDequeue(out var pending))
        {
            if (context.Rooms.ByNo(pending.Row.Room) is not { } room || pending.Entry is not { } entry)
            {
                pending.InLine = false; // the room was left: it goes out when it is joined again
                continue;
            }

            if (entry.Body is null)
            {
                // Deleted before it went out: its place is kept, and whoever lacks it asks for it and for the deletion.
                context.Post(() => Sent(room, pending));
                continue;
            }

            _flying++;
            context.Publish(Message(room.Room, entry), outcome => Published(room, pending, outcome));
            Cut(pending, FaultPoints.Published);
        }
    }

    private PublishMessage Message(Room room, Entry entry)
    {
        var topic = context.Topics.Entries(room, entry.Header.Kind);
        return room.IsPrivate
            ? new PublishMessage(topic, PackedEntry.Encode(entry))
            : new PublishMessage(topic, entry.Body!.Value)
            {
                Papo = LiveEntry.Encode(entry),
                From = context.Self!.Card.Name.Text,
                TextPayload = entry.Header.Kind is EntryKind.Text or EntryKind.Edit or EntryKind.Reaction,
            };
    }

    private void Published(RoomState room, Pending pending, PublishOutcome outcome)
    {
        _flying = Math.Max(0, _flying - 1);
        Cut(pending, FaultPoints.Acknowledged);
        switch (outcome.Status)
        {
            case PublishStatus.Sent or PublishStatus.SentToNobody when pending.Row.State == MessageState.Queued:
                Sent(room, pending);
                break;
            case PublishStatus.Refused:
                pending.InLine = false; // whoever tries again begins anew
                context.Outbox.SetState(pending, MessageState.Failed, Drafts.Refusal(outcome));
                break;
            case PublishStatus.Lost or PublishStatus.NotSent:
                pending.InLine = false;
                break;
        }

        context.AfterCommit(Publish);
    }

    private void Sent(RoomState room, Pending pending)
    {
        context.Outbox.SetState(pending, MessageState.Sent, null);
        context.Outbox.HeldCheck.Sent(room);
    }

    // A card that goes before the first message is not the step a test means.
    private void Cut(Pending pending, string step)
    {
        if (pending.Row.Kind is not (EntryKind.Card or EntryKind.Commit))
        {
            context.Options.Fault?.Invoke(step);
        }
    }
}
