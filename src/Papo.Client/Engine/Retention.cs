// Owns: taking texts away whose time is over, as a hub that was told for how long to keep them.
// Must never: hold the loop up: a little at a time.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Expiry of the archive, oldest first; does nothing without a time to keep.</summary>
internal sealed class Retention(EngineContext context)
{
    private const int AtATime = 200;
    private const long Pause = 50;
    private const long Round = 60_000;
    private readonly TimeSpan? _kept = context.Options.Hub?.Retention;

    /// <summary>When to look again.</summary>
    public long NextAt { get; private set; } = context.Options.Hub?.Retention is null ? long.MaxValue : 0;

    /// <summary>Takes some away when it is time.</summary>
    public void Tick(long now)
    {
        if (now < NextAt || _kept is not { } kept)
        {
            return;
        }

        var before = Hlc.At(Math.Max(1, context.Wall - (long)kept.TotalMilliseconds));
        var left = AtATime;
        foreach (var room in context.Rooms.Joined)
        {
            left -= left > 0 ? context.Store.Entries.Expire(room.No, before, left) : 0;
        }

        NextAt = now + (left > 0 ? Round : Pause);
    }
}
