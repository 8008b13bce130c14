// Owns: counting what was refused, and saying so once a kind and then at most once a minute.
// Must never: let an attacker fill the screen or the log.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Counts of refused data.</summary>
internal sealed class Refusals(EngineContext context)
{
    private readonly Dictionary<NoticeKind, (long Count, long SaidAt)> _counts = [];

    /// <summary>How many of a kind so far.</summary>
    public long Of(NoticeKind kind) => _counts.GetValueOrDefault(kind).Count;

    public void Count(NoticeKind kind, Room? room)
    {
        var (count, saidAt) = _counts.GetValueOrDefault(kind, (0, long.MinValue / 2));
        count++;
        if (context.Now - saidAt >= 60_000)
        {
            saidAt = context.Now;
            context.Emit(new Noticed(new Notice(kind, room, null, count)));
        }

        _counts[kind] = (count, saidAt);
    }
}
