// Owns: the mark of the space on the broker: which one was seen and which one made, whether ours stands, and putting ours back.
// Must never: mix spaces; another space on the broker ends this engine.
using System.Security.Cryptography;
using Papo.Client.Wire;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Finding and guarding the space (docs/PROTOCOL.md, Spaces).</summary>
internal sealed class SpaceMark(EngineContext context, Action<EngineEnd> end)
{
    private const long YoungSpace = 10 * 60_000;
    private const long RestoreEvery = 5_000;
    private long _restoredAt = long.MinValue / 2;
    private SpaceCard? _seen;
    private SpaceCard? _made;
    private SpaceCard? _last;

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
        if (own is null || (standing.Space != own.Space && !RestoresOver(own, standing, wasUp)))
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
        _seen = _seen is null || context.IsUp ? card : SpaceCard.Standing(_seen, card);
        Guard(card);
    }

    // We were here, the broker lost our mark, and somebody who came first made a new one: the older community stands. So does one in which
    // somebody has spoken, whatever date another mark bears: anybody can write an old date there.
    private bool RestoresOver(SpaceCard own, SpaceCard other, bool wasUp)
    {
        if (!wasUp || (SpaceCard.Standing(own, other) != own && !HoldsOthers()))
        {
            return false;
        }

        context.Emit(new Noticed(new Notice(NoticeKind.SpaceRestored)));
        Put(own);
        return true;
    }

    // While up: a mark that was wiped or replaced is put back, unless ours is young and lost a race.
    private void Guard(SpaceCard? card)
    {
        if (!context.IsUp || context.Self?.SpaceCard is not { } own || card?.Space == own.Space)
        {
            return;
        }

        if (card is not null && context.Wall - own.MadeAt < YoungSpace && SpaceCard.Standing(own, card) == card && !HoldsOthers())
        {
            end(new EngineEnd.OtherSpace(card));
        }
        else if (context.Now - _restoredAt >= RestoreEvery)
        {
            Put(own);
        }
        else
        {
            NextAt = _restoredAt + RestoreEvery;
        }
    }

    private bool HoldsOthers() => context.Rooms.Joined.SelectMany(static room => room.Book.Logs).Any(log => log.Account != context.Self?.Account && log.Newest >= log.Base);

    private void Put(SpaceCard card)
    {
        _restoredAt = context.Now;
        context.Publish(new PublishMessage(context.Topics.Space, card.Encode()) { Qos = 0, Retain = true }, null);
    }
}
