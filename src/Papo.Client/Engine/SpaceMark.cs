// Owns: the mark of the space on the broker: which one was seen and which one made, whether ours stands, and putting ours back.
// Must never: mix spaces; another space on the broker ends this engine.
using System.Security.Cryptography;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Finding and guarding the space (docs/PROTOCOL.md, Spaces).</summary>
internal sealed class SpaceMark(EngineContext context, Action<EngineEnd> end)
{
    private const long RestoreEvery = 5_000;
    private long _restoredAt = long.MinValue / 2;
    private SpaceCard? _seen;
    private SpaceCard? _made;
    private SpaceCard? _last;
    private SpaceId? _challenged;
    private bool _challengeHeard;

    /// <summary>Whether this connection has brought no mark so far.</summary>
    public bool IsUnseen => _seen is null;

    /// <summary>When a mark that could not be put back at once is put back.</summary>
    public long NextAt { get; private set; } = long.MaxValue;

    /// <summary>A connection came up: what its broker carries is not known yet.</summary>
    public void Forget()
    {
        _seen = _made = _last = null;
        NextAt = long.MaxValue;
    }

    /// <summary>Puts back what had to wait.</summary>
    public void Tick(long now)
    {
        if (now >= NextAt)
        {
            NextAt = long.MaxValue;
            Guard(_last);
        }
    }

    /// <summary>Puts our mark there; a new one where this device has no space yet.</summary>
    public void Make(bool wasUp)
    {
        var own = context.Self?.SpaceCard;
        _made = own ?? new SpaceCard(new SpaceId(Hashing.First16(RandomNumberGenerator.GetBytes(16))), context.Wall);
        if (own is not null && wasUp)
        {
            context.Emit(new Noticed(new Notice(NoticeKind.SpaceRestored)));
        }

        Put(_made);
    }

    /// <summary>Settles which space stands; false when it is not ours, and then the engine ends.</summary>
    public bool TrySettle(bool wasUp)
    {
        var own = context.Self?.SpaceCard;
        var standing = _seen is null ? _made! : _made is null ? _seen : SpaceCard.Standing(_seen, _made);
        if (own is null || (standing.Space != own.Space && !TryReclaim(own, standing, wasUp)))
        {
            end(new EngineEnd.OtherSpace(standing));
            return false;
        }

        if (standing.Space == own.Space && _last is { } last && last.Space != own.Space)
        {
            Put(own); // somebody's younger mark came after ours
        }

        return true;
    }

    /// <summary>Looks at what came between settling and coming up; false when it is another space that stands, and then the engine ends.</summary>
    public bool StillStands() => _last is null || Guard(_last);

    /// <summary>A mark came.</summary>
    public void Take(InboundMessage message)
    {
        context.AcknowledgeAfterCommit(message);
        if (!SpaceCard.TryRead(message.Payload, out var card))
        {
            _last = null;
            Guard(null);
            return;
        }

        _last = card;
        _challengeHeard |= card.Space == context.Self?.SpaceCard?.Space;
        _seen = _seen is null || context.IsUp ? card : SpaceCard.Standing(_seen, card);
        Guard(card);
    }

    // The broker lost our mark, and somebody who came first made a new one. Who was here before that, or whose broker this is, knows it: the
    // older community stands, and so does one in which somebody has spoken, whatever date another mark bears: anybody can write an old date
    // there. Who comes back only now cannot tell that newcomer from strangers at home behind the same address: he asks them, once, by
    // putting the older mark there, and only where theirs was made just now.
    private bool TryReclaim(SpaceCard own, SpaceCard other, bool wasUp)
    {
        var isOlder = SpaceCard.Standing(own, other) == own;
        if (wasUp || context.Options.Hub is { OwnsBroker: true })
        {
            if ((!isOlder && !HoldsOthers()) || Refuses(other))
            {
                return false;
            }
        }
        else if (isOlder && IsYoung(other))
        {
            (_challenged, _challengeHeard) = (other.Space, false);
        }
        else
        {
            return false;
        }

        context.Emit(new Noticed(new Notice(NoticeKind.SpaceRestored)));
        Put(own);
        return true;
    }

    // While up: a mark that was wiped or replaced is put back, unless ours is young and lost a race, or was put there once and not wanted.
    private bool Guard(SpaceCard? card)
    {
        if (!context.IsUp || context.Self?.SpaceCard is not { } own || card?.Space == own.Space)
        {
            return true;
        }

        if (card is not null && (Refuses(card) || (IsYoung(own) && SpaceCard.Standing(own, card) == card && !HoldsOthers())))
        {
            end(new EngineEnd.OtherSpace(card));
            return false;
        }

        if (context.Now - _restoredAt >= RestoreEvery)
        {
            Put(own);
        }
        else
        {
            NextAt = _restoredAt + RestoreEvery;
        }

        return true;
    }

    // Those over whose mark we put ours have put theirs back: they are at home here. What is not an answer to ours came before its echo.
    private bool Refuses(SpaceCard card) => card.Space == _challenged && _challengeHeard;

    private bool IsYoung(SpaceCard card) => context.Wall - card.MadeAt < SpaceChange.YoungMilliseconds;

    private bool HoldsOthers() => context.Rooms.Joined.SelectMany(static room => room.Book.Logs).Any(log => log.Account != context.Self?.Account && log.Newest >= log.Base);

    private void Put(SpaceCard card)
    {
        _restoredAt = context.Now;
        context.Publish(new PublishMessage(context.Topics.Space, card.Encode()) { Qos = 0, Retain = true }, null);
    }
}
