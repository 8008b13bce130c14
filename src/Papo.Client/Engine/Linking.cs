// Owns: linking one more copy to this account, on the side that holds the account's key: the token, who came with it, and a person's word.
// Must never: certify a device before a person has typed the code that the device's owner sees; or write anything down before that.
using System.Security.Cryptography;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Linking (docs/PROTOCOL.md, Linked copies). It lives as long as this engine: who is killed in the middle has linked nobody.</summary>
internal sealed class Linking(EngineContext context)
{
    private const long Lifetime = 10 * 60_000;
    private const long Finishing = 60_000; // it asks twice a second, and stores what it gets at once
    private const int MostTries = 3;
    private LinkToken? _token;
    private Claimed? _claim;
    private LinkingStage _stage;
    private IReadOnlyList<ReadOnlyMemory<byte>> _cards = [];
    private long _until;
    private int _tries;

    private sealed record Claimed(DeviceId Asker, ReadOnlyMemory<byte> Body, LinkedCopy Copy, byte[] Nonce);

    /// <summary>How it stands.</summary>
    public LinkingState State
    {
        get
        {
            if (_stage is LinkingStage.Open or LinkingStage.Asked or LinkingStage.WrongCode && context.Now > _until)
            {
                _stage = LinkingStage.Ended;
            }

            if (_stage == LinkingStage.Confirmed && context.Now > _until)
            {
                _stage = LinkingStage.Silent;
            }

            return new LinkingState(_stage, _claim?.Copy.Name.Text);
        }
    }

    /// <summary>Begins anew; null where this copy cannot certify anybody.</summary>
    public LinkToken? Open()
    {
        if (context.Options.Profile.IsLinked)
        {
            return null;
        }

        (_token, _claim, _cards, _tries) = (LinkToken.Generate(), null, [], 0);
        (_stage, _until) = (LinkingStage.Open, context.Now + Lifetime);
        return _token;
    }

    /// <summary>A person says which code the new copy shows.</summary>
    public LinkingState Confirm(string code)
    {
        if (State.Stage is not (LinkingStage.Asked or LinkingStage.WrongCode) || _claim is not { } claim)
        {
            return State;
        }

        var self = context.Self!;
        var right = LinkedCopy.Code(self.Space, self.Device, claim.Asker, claim.Body.Span, claim.Nonce);
        if (Digits(code) != Digits(right))
        {
            _stage = ++_tries < MostTries ? LinkingStage.WrongCode : LinkingStage.Ended;
            return State;
        }

        var profile = context.Options.Profile;
        _cards = [.. claim.Copy.Devices.Select(device => DeviceCard.Make(self.Space, profile.AccountKey!, device, profile.Name, context.Wall, claim.Copy.Copy).Bytes)];
        (_stage, _until) = (LinkingStage.Confirmed, context.Now + Finishing);
        context.Options.Fault?.Invoke(FaultPoints.Confirmed);
        return State;
    }

    /// <summary>Nobody is to be linked by this link any more.</summary>
    public LinkingState Refuse()
    {
        if (_stage is LinkingStage.Open or LinkingStage.Asked or LinkingStage.WrongCode)
        {
            _stage = LinkingStage.Ended;
        }

        return State;
    }

    /// <summary>A device that says to be a new copy asks, first to be known and then again until a person has decided.</summary>
    public ReplyStatus Claim(DeviceCard asker, LinkRequest request, ReplySpace space, out ReadOnlyMemory<byte> answer)
    {
        answer = default;
        var self = context.Self!;
        if (_token is not { } token || token.Id != request.Token || !request.Knows(token, self.Space, self.Device, asker.Device) || !LinkedCopy.TryRead(request.Body, out var copy))
        {
            return ReplyStatus.Gone;
        }

        if (_claim is not null && (_claim.Asker != asker.Device || !_claim.Body.Span.SequenceEqual(request.Body.Span)))
        {
            return ReplyStatus.Used;
        }

        if (State.Stage == LinkingStage.Ended)
        {
            return ReplyStatus.Expired;
        }

        if (_claim is null)
        {
            _claim = new Claimed(asker.Device, request.Body, copy, RandomNumberGenerator.GetBytes(LinkAnswer.NonceSize));
            _stage = LinkingStage.Asked;
            context.Emit(new Noticed(new Notice(NoticeKind.DeviceAsks, null, copy.Name.Text)));
        }

        answer = new LinkAnswer(_claim.Nonce, context.Options.Profile.Name, _cards, _cards.Count > 0 ? context.OwnRooms.All() : []).Encode(space.Whole);
        return ReplyStatus.Ok;
    }

    /// <summary>A linked copy stands in the account's list.</summary>
    public void Listed(CopyId copy)
    {
        if (_stage is LinkingStage.Confirmed or LinkingStage.Silent && _claim?.Copy.Copy == copy)
        {
            _stage = LinkingStage.Linked;
            context.Emit(new Noticed(new Notice(NoticeKind.DeviceLinked, null, _claim.Copy.Name.Text)));
        }
    }

    private static string Digits(string code) => string.Concat(code.Where(char.IsAsciiDigit));
}
