// Owns: what a copy that is being linked knows: its keys, the question it asks again and again, and what an answer to it is worth.
// Must never: take a card that is not the link's account's, for another key, or of another copy.
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>An answer to a new copy; status null where nobody answered in time.</summary>
internal sealed record LinkReply(ReplyStatus? Status, LinkAnswer? Answer, string Code);

/// <summary>A copy before it is one.</summary>
internal sealed class NewCopy
{
    private readonly InviteLink _link;
    private readonly LinkedCopy _copy;
    private readonly List<KeyPair> _keys = [.. Enumerable.Range(0, Limits.LinkedDevices).Select(static _ => KeyPair.Generate())];

    public NewCopy(InviteLink link, DisplayName name)
    {
        _link = link;
        var id = CopyId.TryRead(RandomNumberGenerator.GetBytes(CopyId.Size), out var copy) ? copy : throw new InvalidOperationException("16 bytes are an id");
        _copy = new LinkedCopy(id, [.. _keys.Select(static key => key.Public)], name);
    }

    /// <summary>Asks the device of the link, if it is there.</summary>
    public void Ask(EngineContext context, Action<LinkReply> done)
    {
        var self = context.Self;
        if (self is null || !context.IsUp || context.Roster.ReachableOf(_link.Account!.Value).FirstOrDefault(card => card.Device == _link.Device) is not { } target)
        {
            done(new LinkReply(null, null, ""));
            return;
        }

        var request = LinkRequest.Make(self.Space, target.Device, self.Device, _copy, _link.Token!);
        context.Asking.Ask(target, request, (outcome, _) =>
        {
            var answer = LinkAnswer.TryRead(outcome.Answer, out var read) ? read : null;
            var code = answer is null ? "" : LinkedCopy.Code(self.Space, target.Device, self.Device, request.Body.Span, answer.Nonce.Span);
            done(new LinkReply(outcome.Status, answer, code));
        });
    }

    /// <summary>Who this copy is by an answer that was granted; false where its cards are not what was asked for.</summary>
    public bool TryIdentity(LinkAnswer answer, SpaceCard space, [NotNullWhen(true)] out LinkedIdentity? who)
    {
        var cards = new List<DeviceCard>();
        foreach (var (bytes, key) in answer.Cards.Zip(_keys))
        {
            if (DeviceCard.TryRead(space.Space, bytes, out var card) && card.Account == _link.Account && card.Device.Value == key.Public.Fingerprint && card.Copy == _copy.Copy)
            {
                cards.Add(card);
            }
        }

        who = cards.Count == _keys.Count ? new LinkedIdentity(answer.Name, _copy.Name, _keys, cards) : null;
        return who is not null;
    }
}
