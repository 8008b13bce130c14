// Owns: comparing keys by emoji, on either side: who has asked whom, the promise, the two keys, and how long each may take.
// Must never: use a key for two comparisons, show its key before the promise of the other's is here, or begin unless this user has asked for it.
using System.Security.Cryptography;
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Comparing by emoji (docs/PROTOCOL.md, Seven emoji). It lives as long as this engine, one at a time.</summary>
internal sealed class EmojiComparing(EngineContext context)
{
    private const long RevealPatience = 30_000;
    private const int MostDevices = 16;
    private const int MostTries = 3; // answers are lost; asked again, a device gives the same one
    private readonly EmojiCalls _calls = new(context);
    private Wish? _wish;
    private (DeviceId Device, ReadOnlyMemory<byte> Key)? _revealed;

    /// <summary>This user has asked.</summary>
    private sealed class Wish(AccountId account, long until)
    {
        public AccountId Account { get; } = account;

        public long Until { get; set; } = until;

        public ReadOnlyMemory<byte> Value { get; } = RandomNumberGenerator.GetBytes(CompareRequest.AskSize);

        /// <summary>Both have asked.</summary>
        public Run? Run { get; set; }

        /// <summary>Devices whose program does not know of comparing.</summary>
        public HashSet<DeviceId> Old { get; } = [];
    }

    private sealed record Run(DeviceCard Peer, ExchangeKeyPair Pair, ReadOnlyMemory<byte> Commitment);

    /// <summary>When a comparison has taken too long.</summary>
    public long NextAt => _wish?.Until ?? long.MaxValue;

    /// <summary>The user wants to compare with somebody; null where nobody else is known under this name.</summary>
    public EmojiBegun? Begin(string name)
    {
        if (Comparing.Find(context, name) is not var (account, _))
        {
            return null;
        }

        if (_wish is { } before && before.Account != account)
        {
            End(before, EmojiEnd.Replaced);
        }

        _wish = new Wish(account, context.Now + EmojiCalls.Lifetime);
        var call = _calls.Of(account);
        if (call is not null && IsFirst(account))
        {
            Commit(_wish, call.Device);
        }
        else
        {
            Ask(_wish);
        }

        return new EmojiBegun(context.Roster.AuthorOf(account, null), call is not null);
    }

    /// <summary>The connection is up.</summary>
    public void Up()
    {
        if (_wish is { Run: null } wish)
        {
            Ask(wish);
        }
    }

    /// <summary>A device has come: perhaps of whom this user waits for.</summary>
    public void Came(DeviceCard card)
    {
        if (_wish is { Run: null } wish && wish.Account == card.Account)
        {
            Ask(wish, card);
        }
    }

    /// <summary>A device of somebody else says something about comparing.</summary>
    public ReplyStatus Take(DeviceCard asker, CompareRequest request, out ReadOnlyMemory<byte> answer)
    {
        answer = default;
        if (context.Options.Hub is not null)
        {
            return ReplyStatus.UnknownOp; // nobody looks at a hub's screen
        }

        if (asker.Account == context.Self!.Account || context.DeviceLists.IsRemoved(asker))
        {
            return ReplyStatus.Denied;
        }

        return request.Step switch
        {
            CompareStep.Ask => TakeAsk(asker, request.Value),
            CompareStep.Commit => TakeCommit(asker, request.Value, out answer),
            _ => TakeReveal(asker, request.Value),
        };
    }

    /// <summary>Ends what has taken too long.</summary>
    public void Tick(long now)
    {
        if (_wish is { } wish && now >= wish.Until)
        {
            End(wish, wish.Run is null ? EmojiEnd.NoAnswer : EmojiEnd.Interrupted);
        }
    }

    private ReplyStatus TakeAsk(DeviceCard asker, ReadOnlyMemory<byte> value)
    {
        var known = _calls.Of(asker.Account);
        if (known is not null && known.Device.Device == asker.Device && known.Value.Span.SequenceEqual(value.Span))
        {
            return ReplyStatus.Ok; // my answer was lost
        }

        if (known is null && !_calls.HasRoom)
        {
            return ReplyStatus.Busy;
        }

        var wish = _wish?.Account == asker.Account ? _wish : null;
        if (wish?.Run is { } run)
        {
            if (run.Peer.Device != asker.Device)
            {
                return ReplyStatus.Busy;
            }

            End(wish, EmojiEnd.Interrupted); // it has begun anew
            wish = null;
        }

        _calls.Add(asker, value, isAwaited: wish is not null);
        if (wish is not null && IsFirst(asker.Account))
        {
            Commit(wish, asker);
        }
        else if (wish is not null)
        {
            Ask(wish, asker); // who promises may have begun anew, and know nothing of this user's wish
        }

        return ReplyStatus.Ok;
    }

    private ReplyStatus TakeCommit(DeviceCard asker, ReadOnlyMemory<byte> commitment, out ReadOnlyMemory<byte> answer)
    {
        answer = default;
        if (_wish is not { } wish || wish.Account != asker.Account || IsFirst(asker.Account) || context.Now >= wish.Until)
        {
            return ReplyStatus.Gone;
        }

        if (wish.Run is null)
        {
            wish.Run = new Run(asker, ExchangeKeyPair.Generate(), commitment);
            wish.Until = context.Now + RevealPatience;
        }
        else if (wish.Run.Peer.Device != asker.Device || !wish.Run.Commitment.Span.SequenceEqual(commitment.Span))
        {
            return ReplyStatus.Used; // a second promise would be a second guess
        }

        answer = wish.Run.Pair.Public.Bytes;
        return ReplyStatus.Ok;
    }

    private ReplyStatus TakeReveal(DeviceCard asker, ReadOnlyMemory<byte> value)
    {
        if (_revealed is { } last && last.Device == asker.Device && last.Key.Span.SequenceEqual(value.Span))
        {
            return ReplyStatus.Ok; // my answer was lost
        }

        if (_wish is not { Run: { } run } wish || run.Peer.Device != asker.Device || IsFirst(asker.Account))
        {
            return ReplyStatus.Gone;
        }

        if (!ExchangeKey.TryRead(value.Span, out var key) || !EmojiCode.IsPromised(run.Commitment.Span, key))
        {
            End(wish, EmojiEnd.Doubtful);
            return ReplyStatus.Denied;
        }

        _revealed = (asker.Device, value);
        Show(wish, run, key);
        return ReplyStatus.Ok;
    }

    // Who has asked is told by that; all others hear it, as nobody knows at which computer the person sits.
    private void Ask(Wish wish)
    {
        var calling = _calls.Of(wish.Account)?.Device is { } device && context.Roster.IsReachable(device.Device) ? device : null;
        foreach (var card in calling is not null ? [calling] : context.Roster.DevicesOf(wish.Account).Where(card => context.Roster.IsReachable(card.Device)).Take(MostDevices).ToList())
        {
            Ask(wish, card);
        }
    }

    private void Ask(Wish wish, DeviceCard device, int left = MostTries)
    {
        if (!context.IsUp)
        {
            return;
        }

        context.Asking.Ask(device, new CompareRequest(CompareStep.Ask, wish.Value), (outcome, _) =>
        {
            if (_wish == wish && wish.Run is null && outcome.Status is null && left > 1)
            {
                Ask(wish, device, left - 1);
            }
            else if (_wish == wish && wish.Run is null && outcome.Status == ReplyStatus.UnknownOp && wish.Old.Add(device.Device) && context.Roster.ReachableOf(wish.Account).All(card => wish.Old.Contains(card.Device)))
            {
                End(wish, EmojiEnd.TooOld);
            }
        });
    }

    private void Commit(Wish wish, DeviceCard peer)
    {
        var pair = ExchangeKeyPair.Generate();
        var run = wish.Run = new Run(peer, pair, EmojiCode.Commit(pair.Public));
        Put(wish, run, CompareStep.Commit, run.Commitment, answer =>
        {
            if (!ExchangeKey.TryRead(answer.Span, out var key))
            {
                End(wish, EmojiEnd.Doubtful);
                return;
            }

            Put(wish, run, CompareStep.Reveal, pair.Public.Bytes, _ => Show(wish, run, key));
        });
    }

    private void Put(Wish wish, Run run, CompareStep step, ReadOnlyMemory<byte> value, Action<ReadOnlyMemory<byte>> done, int left = MostTries)
    {
        if (!context.IsUp)
        {
            End(wish, EmojiEnd.Interrupted);
            return;
        }

        context.Asking.Ask(run.Peer, new CompareRequest(step, value), (outcome, _) =>
        {
            if (_wish != wish || wish.Run != run)
            {
                return;
            }

            switch (outcome.Status)
            {
                case ReplyStatus.Ok:
                    done(outcome.Answer);
                    break;
                case null when left > 1:
                    Put(wish, run, step, value, done, left - 1);
                    break;
                default:
                    End(wish, outcome.Status == ReplyStatus.Denied ? EmojiEnd.Doubtful : EmojiEnd.Interrupted);
                    break;
            }
        });
    }

    private void Show(Wish wish, Run run, ExchangeKey theirs)
    {
        var self = context.Self!;
        var own = new EmojiParty(self.Card.AccountKey, self.Device, run.Pair.Public);
        var other = new EmojiParty(run.Peer.AccountKey, run.Peer.Device, theirs);
        var isFirst = IsFirst(wish.Account);
        Forget(wish);
        context.Emit(new EmojiShown(context.Roster.AuthorOf(wish.Account, null), EmojiCode.Of(self.Space, isFirst ? own : other, isFirst ? other : own, run.Pair)));
    }

    private void End(Wish wish, EmojiEnd why)
    {
        Forget(wish);
        context.Emit(new EmojiEnded(context.Roster.AuthorOf(wish.Account, null), why));
    }

    private void Forget(Wish wish)
    {
        _wish = null;
        _calls.Remove(wish.Account);
    }

    // Whether this side promises. By the accounts, so that it is clear also where both ask at the same moment.
    private bool IsFirst(AccountId peer) => context.Self!.Account.Value < peer.Value;
}
