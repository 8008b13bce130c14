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

    /// <summary>False when it was told before.</summary>
    public bool Add(EntryId id)
    {
        if (!_ids.Add(id))
        {
            return false;
        }

        _order.Enqueue(id);
        if (_order.Count > Most)
        {
            _ids.Remove(_order.Dequeue());
        }

        return true;
    }
}
