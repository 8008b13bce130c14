// Owns: who is asked for what was said before, one after the other, and whether an answer may be all there is.
// Must never: take the past of one member for the past of a room.
using Papo.Protocol;

namespace Papo.Client.Engine;

/// <summary>
/// A member that came late holds a room from its own coming on, and nothing in its answer says so. A hub holds all that was said, and an account's other
/// computers what this one may read; of anybody else a page that is shorter than it could be is only a beginning.
/// </summary>
internal sealed class Elders(EngineContext context)
{
    private const int MostPeers = 3;

    /// <summary>Who is to be asked next; null when nobody is left, or enough have been asked.</summary>
    public DeviceCard? Next(Room room, HashSet<DeviceId> asked) => asked.Count >= MostPeers ? null : context.Roster.Reachable(room)
        .OrderByDescending(card => context.Hubs.Replica(card.Device) is not null || (room.IsPrivate && card.Account == context.Self!.Account))
        .FirstOrDefault(card => !asked.Contains(card.Device));

    /// <summary>Whether an answer is not a shorter one than others may give.</summary>
    /// <param name="peer">Who gave it.</param>
    /// <param name="outcome">How the question ended.</param>
    /// <param name="wanted">Messages that were wanted.</param>
    public bool IsWhole(DeviceCard peer, AskOutcome outcome, int wanted) =>
        outcome.Status == ReplyStatus.Ok && (outcome.More || outcome.Count >= wanted || context.Hubs.Replica(peer.Device) is not null);
}
