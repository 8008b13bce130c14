// Owns: whether a draft can be sent, and what entry it becomes.
// Must never: write anything.
using System.Text;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>From drafts to entries.</summary>
internal static class Drafts
{
    /// <summary>Why a draft cannot be sent, or null.</summary>
    public static SendProblem? Problem(EngineContext context, Draft draft)
    {
        var size = Encoding.UTF8.GetByteCount(draft.Text);
        if (size > (draft.Kind == MessageKind.Reaction ? Limits.Reaction : Limits.Text) || size > RoomForText(context))
        {
            return SendProblem.TooLong;
        }

        if (draft.Kind is MessageKind.Text or MessageKind.Edit && string.IsNullOrWhiteSpace(draft.Text))
        {
            return SendProblem.Empty;
        }

        if (draft.Kind == MessageKind.Text)
        {
            return null;
        }

        if (draft.Target is not { } target || context.Store.Entries.Find(target) is not { Guest: null } line || !line.TryHeader(out var header))
        {
            return SendProblem.UnknownTarget;
        }

        return draft.Kind is MessageKind.Edit or MessageKind.Delete && header.Account != context.Self?.Account ? SendProblem.NotYours : null;
    }

    /// <summary>Nothing is said to one person while it is in doubt which of two of that name is meant; taking something back is.</summary>
    public static SendProblem? Doubt(EngineContext context, RoomState room, EntryKind kind) =>
        kind is EntryKind.Text or EntryKind.Edit or EntryKind.Reaction && context.Epochs.Of(room)?.Row?.Peer is { } peer && context.Trusted.IsContested(peer) ? SendProblem.NameContested : null;

    /// <summary>Kind, extension and body of the entry.</summary>
    public static (EntryKind Kind, EntryExtension Extension, ReadOnlyMemory<byte> Body) Parts(EngineContext context, Draft draft)
    {
        var text = Encoding.UTF8.GetBytes(draft.Text);
        var extension = new EntryExtension { Target = draft.Target };
        return draft.Kind switch
        {
            MessageKind.Edit => (EntryKind.Edit, extension with { Mentions = Mentions(context, draft.Text) }, text),
            MessageKind.Delete => (EntryKind.Delete, extension, ReadOnlyMemory<byte>.Empty),
            MessageKind.Reaction => (EntryKind.Reaction, extension with { Off = text.Length == 0 }, text),
            _ => (EntryKind.Text, extension with { IsAction = draft.IsAction, Mentions = Mentions(context, draft.Text) }, text),
        };
    }

    /// <summary>A broker's refusal in the library's terms (MQTT 5 §3.4.2.1).</summary>
    public static SendProblem Refusal(PublishOutcome outcome) => outcome.ReasonCode switch
    {
        0x87 => SendProblem.NotAllowed,
        0x95 => SendProblem.TooLong,
        0x97 => SendProblem.Quota,
        _ => SendProblem.Refused,
    };

    // A broker may take less than the protocol: header, signature and topic need their part of the packet.
    private static long RoomForText(EngineContext context) => context.Session.Broker is { } broker ? broker.MaximumPacketSize - 1_024L : long.MaxValue;

    private static List<AccountId> Mentions(EngineContext context, string text)
    {
        var mentions = new List<AccountId>();
        for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0 && mentions.Count < Limits.Mentions; at = text.IndexOf('@', at + 1))
        {
            var end = at + 1;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '_' or '.' or '·'))
            {
                end++;
            }

            if (context.Roster.ByName(text[(at + 1)..end].TrimEnd('.')) is { } account && !mentions.Contains(account))
            {
                mentions.Add(account);
            }
        }

        return mentions;
    }
}
