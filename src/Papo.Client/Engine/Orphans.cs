// Owns: which entries of a room are missing that amendments are about.
// Must never: deny that an entry was amended before, unless it is sure.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>Entries that an edit, a reaction or a deletion names and that are not here.</summary>
internal sealed class Orphans
{
    private readonly HashSet<EntryId> _targets = [];

    /// <summary>What earlier runs left is known too, see <see cref="OrphanSearch"/>.</summary>
    public bool AreComplete { get; set; }

    /// <summary>Somebody amended what is not here.</summary>
    public void Add(EntryId target) => _targets.Add(target);

    /// <summary>An entry came: whether it was amended before.</summary>
    public bool Remove(EntryId entry) => _targets.Remove(entry);

    /// <summary>Whether an entry that comes now may have been amended before.</summary>
    public bool MayHold(EntryId entry) => !AreComplete || _targets.Contains(entry);
}

/// <summary>Looks once, a little at a time, for amendments of earlier runs whose entry never came.</summary>
internal sealed class OrphanSearch(EngineContext context)
{
    private const long Pause = 20;
    private const int AtATime = 128;
    private EntryId _last;

    /// <summary>When to look on. A hub shows nothing to anybody, and a command is gone before it would know.</summary>
    public long NextAt { get; private set; } = context.Options.Hub is null && !context.Options.OneShot ? Pause : long.MaxValue;

    /// <summary>Looks at some when it is time.</summary>
    public void Tick(long now)
    {
        if (now < NextAt)
        {
            return;
        }

        var looked = context.Store.Entries.Amended(_last, AtATime);
        foreach (var (target, room, isHere) in looked)
        {
            if (!isHere)
            {
                context.Rooms.ByNo(room)?.Orphans.Add(target);
            }
        }

        if (looked.Count == AtATime)
        {
            _last = looked[^1].Target;
            NextAt = now + Pause;
            return;
        }

        NextAt = long.MaxValue;
        foreach (var room in context.Rooms.Joined)
        {
            room.Orphans.AreComplete = true;
        }
    }
}
