// Owns: who has asked this device to compare by emoji, for how long that counts, and how often the user hears of it.
// Must never: grow with the number of those who ask.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Somebody has asked, from a device; the value is another one each time that he says so.</summary>
internal sealed record EmojiCall(DeviceCard Device, ReadOnlyMemory<byte> Value, long Until, long QuietUntil);

/// <summary>All who have asked.</summary>
internal sealed class EmojiCalls(EngineContext context)
{
    /// <summary>How long asking counts.</summary>
    public const long Lifetime = 10 * 60_000;

    private const long Quiet = 15_000; // between two notices about one person
    private const int Most = 16;
    private readonly Dictionary<AccountId, EmojiCall> _calls = [];

    /// <summary>Whether there is room for one more.</summary>
    public bool HasRoom => _calls.Count < Most;

    /// <summary>Whether this account has asked, and it still counts.</summary>
    public EmojiCall? Of(AccountId account)
    {
        foreach (var (old, _) in _calls.Where(pair => context.Now >= pair.Value.Until).ToList())
        {
            _calls.Remove(old);
        }

        return _calls.GetValueOrDefault(account);
    }

    /// <summary>Somebody asks; the user is told unless he waits for this very person.</summary>
    public void Add(DeviceCard asker, ReadOnlyMemory<byte> value, bool isAwaited)
    {
        var quietUntil = Of(asker.Account)?.QuietUntil ?? 0;
        if (!isAwaited && context.Now >= quietUntil)
        {
            quietUntil = context.Now + Quiet;
            context.Emit(new EmojiAsked(context.Roster.AuthorOf(asker.Account, null)));
        }

        _calls[asker.Account] = new EmojiCall(asker, value, context.Now + Lifetime, quietUntil);
    }

    /// <summary>The comparison is over.</summary>
    public void Remove(AccountId account) => _calls.Remove(account);
}
