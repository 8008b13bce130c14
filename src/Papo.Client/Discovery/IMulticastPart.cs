// Owns: what announcing and browsing have in common for the loop that drives them.
// Must never: name a socket, a clock or a thread: all of it runs on times it is told.
namespace Papo.Client.Discovery;

/// <summary>A state machine of multicast DNS. Times count from the start of its loop and never go back.</summary>
internal interface IMulticastPart
{
    /// <summary>When it wants to be woken, or null.</summary>
    TimeSpan? NextAt { get; }

    /// <summary>These links are there now, and no others.</summary>
    void LinksAre(IReadOnlyList<Link> links, TimeSpan now);

    /// <summary>A message arrived.</summary>
    void Take(Arrived arrived, TimeSpan now);

    /// <summary>Does what is due.</summary>
    void Wake(TimeSpan now);

    /// <summary>The end: says what others must know at once.</summary>
    void Close();
}
