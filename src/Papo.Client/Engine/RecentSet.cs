// Owns: remembering the last so many of something.
// Must never: grow without bound.
namespace Papo.Client.Engine;

/// <summary>A set that forgets its oldest member when one more would be too many.</summary>
/// <param name="most">How many it remembers.</param>
internal sealed class RecentSet<T>(int most)
{
    private readonly HashSet<T> _members = [];
    private readonly Queue<T> _order = [];

    /// <summary>Takes one in; false when it is remembered already.</summary>
    public bool Add(T member)
    {
        if (!_members.Add(member))
        {
            return false;
        }

        _order.Enqueue(member);
        if (_order.Count > most)
        {
            _members.Remove(_order.Dequeue());
        }

        return true;
    }
}
