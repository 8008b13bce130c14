// Owns: which entries were told lately; survives a restart of the engine inside one process.
// Must never: grow without bound; a log keeps older ones from being told again.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>The last entries told to the caller.</summary>
internal sealed class Told
{
    private const int Most = 20_000;
    private readonly HashSet<EntryId> _ids = [];
    private readonly Queue<EntryId> _order = [];
    private readonly List<EntryId> _batch = [];

    /// <summary>False when it was told before.</summary>
    public bool Add(EntryId id)
    {
        if (!_ids.Add(id))
        {
            return false;
        }

        _batch.Add(id);
        return true;
    }

    /// <summary>What was added is durable and has been told.</summary>
    public void Keep()
    {
        foreach (var id in _batch)
        {
            _order.Enqueue(id);
        }

        _batch.Clear();
        while (_order.Count > Most)
        {
            _ids.Remove(_order.Dequeue());
        }
    }

    /// <summary>What was added since was neither kept nor told: it comes again.</summary>
    public void Undo()
    {
        _batch.ForEach(id => _ids.Remove(id));
        _batch.Clear();
    }
}
