// Owns: unsigned lines of plain MQTT clients.
// Must never: let a guest pass for a known person.
using System.Text;
using Papo.Client.Store;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Guests: whoever publishes text without the <c>papo</c> property.</summary>
internal static class Guests
{
    /// <summary>What a guest without a usable name is called.</summary>
    public const string Nameless = "guest";

    /// <summary>Takes a line. <paramref name="slot"/> names the connection that saw it: an equal line seen by another one is a copy of it.</summary>
    public static void Take(EngineContext context, RoomState room, InboundMessage message, int slot)
    {
        context.AcknowledgeAfterCommit(message);
        if (message.Retain || message.Payload.IsEmpty)
        {
            return;
        }

        if (message.Payload.Length > Limits.Text || !IsText(message.Payload.Span))
        {
            context.Intake.Refusals.Count(NoticeKind.Malformed, room.Room);
            return;
        }

        var name = DisplayName.TryParse(message.From, out var given) == NameProblem.None ? given!.Text : Nameless;
        var line = new GuestLine(name, Encoding.UTF8.GetString(message.Payload.Span));
        var sighting = new Sighting(slot, context.ConnectedAt, message.Duplicate ? message.PacketId : null);
        if (context.Options.Hub is not null)
        {
            Keep(context, room, line, sighting);
            return;
        }

        if (context.Store.Guests.Add(room.No, line, context.Clock.Next(context.Wall), context.Wall, sighting) is { } stored)
        {
            context.Views.TellGuest(room, stored);
        }
    }

    // One replica writes it down for all; what the broker delivers again may be there already.
    private static void Keep(EngineContext context, RoomState room, GuestLine line, Sighting sighting)
    {
        if (!context.WaitingGuests.TryHold(room, line, sighting) && context.Hubs.IsKeeperOfGuests
            && (sighting.Again is null || !context.Store.Guests.PairArchived(room.No, line, context.Wall, sighting)))
        {
            context.Outbox.Keep(room, line);
        }
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);
}
